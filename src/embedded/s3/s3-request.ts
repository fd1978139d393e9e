import type { IncomingHttpHeaders } from 'node:http';
import type { MultipartUploads } from './multipart-uploads.js';
import type { ObjectStore } from './object-store.js';
import type { S3Answer } from './s3-answer.js';

export const S3_OPERATIONS = [
  'ListBuckets',
  'CreateBucket',
  'HeadBucket',
  'ListObjectsV2',
  'DeleteObjects',
  'PutObject',
  'HeadObject',
  'GetObject',
  'DeleteObject',
  'CreateMultipartUpload',
  'UploadPart',
  'CompleteMultipartUpload',
  'AbortMultipartUpload',
] as const;
export type S3Operation = (typeof S3_OPERATIONS)[number];

/** Where a request goes. `bucket` and `key` are empty when the operation is not about one. */
export interface S3Route {
  readonly operation: S3Operation;
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
}

export interface S3Request extends S3Route {
  readonly headers: IncomingHttpHeaders;
  readonly body: AsyncIterable<Buffer>;
}

export interface ActionContext {
  readonly store: ObjectStore;
  readonly uploads: MultipartUploads;
}

/** One API operation. Throws `S3Error` for what the client is to be told. */
export type S3Action = (request: S3Request, context: ActionContext) => S3Answer | Promise<S3Answer>;
