import { abortMultipartUpload } from './actions/abort-multipart-upload.js';
import { completeMultipartUpload } from './actions/complete-multipart-upload.js';
import { createBucket } from './actions/create-bucket.js';
import { createMultipartUpload } from './actions/create-multipart-upload.js';
import { deleteObject } from './actions/delete-object.js';
import { deleteObjects } from './actions/delete-objects.js';
import { getObject } from './actions/get-object.js';
import { headBucket } from './actions/head-bucket.js';
import { headObject } from './actions/head-object.js';
import { listBuckets } from './actions/list-buckets.js';
import { listObjectsV2 } from './actions/list-objects-v2.js';
import { putObject } from './actions/put-object.js';
import { uploadPart } from './actions/upload-part.js';
import type { S3Action, S3Operation } from './s3-request.js';

/** Everything this endpoint can do. */
export const ACTIONS: Readonly<Record<S3Operation, S3Action>> = {
  ListBuckets: listBuckets,
  CreateBucket: createBucket,
  HeadBucket: headBucket,
  ListObjectsV2: listObjectsV2,
  DeleteObjects: deleteObjects,
  PutObject: putObject,
  HeadObject: headObject,
  GetObject: getObject,
  DeleteObject: deleteObject,
  CreateMultipartUpload: createMultipartUpload,
  UploadPart: uploadPart,
  CompleteMultipartUpload: completeMultipartUpload,
  AbortMultipartUpload: abortMultipartUpload,
};
