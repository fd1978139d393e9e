import { ViewpointError } from '../domain/errors.js';
import type { ObjectDownloader } from './s3-download.js';

/**
 * The downloader, for images of the allowed buckets alone, whoever requested them: a row that the tile server wrote is
 * held to the list as well. Its methods throw ViewpointError `bucket_not_allowed`.
 */
export function onlyAllowedBuckets(downloader: ObjectDownloader, allowedBuckets: readonly string[] | null): ObjectDownloader {
  if (allowedBuckets === null) return downloader;
  const refuse = (bucket: string) => {
    if (!allowedBuckets.includes(bucket)) throw new ViewpointError('bucket_not_allowed', `Images from the bucket "${bucket}" are not allowed. ALLOWED_BUCKETS names those that are.`);
  };
  return {
    async head(bucket, key, signal) {
      refuse(bucket);
      return await downloader.head(bucket, key, signal);
    },
    async download(request) {
      refuse(request.bucket);
      await downloader.download(request);
    },
  };
}
