import type { S3Action } from '../s3-request.js';

/** 204 whether or not there was an object. */
export const deleteObject: S3Action = (request, { store }) => {
  store.bucket(request.bucket).remove(request.key);
  return { status: 204, headers: {} };
};
