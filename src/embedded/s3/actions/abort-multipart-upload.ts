import type { S3Action } from '../s3-request.js';

export const abortMultipartUpload: S3Action = (request, { uploads }) => {
  const upload = uploads.find(request.query.get('uploadId') ?? '', request.bucket, request.key);
  uploads.end(upload);
  upload.bucket.discard([...upload.parts.values()]);
  return { status: 204, headers: {} };
};
