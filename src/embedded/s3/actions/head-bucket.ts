import type { S3Action } from '../s3-request.js';

export const headBucket: S3Action = (request, { store }) => {
  store.bucket(request.bucket);
  return { status: 200, headers: {} };
};
