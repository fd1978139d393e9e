import type { S3Action } from '../s3-request.js';

/** A location constraint is passed over: there is one place only. */
export const createBucket: S3Action = (request, { store }) => {
  store.createBucket(request.bucket);
  return { status: 200, headers: { Location: `/${request.bucket}` } };
};
