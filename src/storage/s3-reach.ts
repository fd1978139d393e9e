import { HeadBucketCommand, ListBucketsCommand, type S3Client } from '@aws-sdk/client-s3';
import { messageOf, ViewpointError } from '../domain/errors.js';
import { httpStatusOf } from './download/s3-failure.js';

/**
 * Finds out whether S3 answers. An answer that denies the request is one: which buckets may be read shows with each image.
 * @param bucket one that images come from, where such a one is known.
 * @throws ViewpointError `dependency_unavailable`.
 */
export async function checkS3Reach(s3: S3Client, bucket: string | undefined, signal?: AbortSignal): Promise<void> {
  const options = signal === undefined ? {} : { abortSignal: signal };
  try {
    if (bucket === undefined) await s3.send(new ListBucketsCommand({}), options);
    else await s3.send(new HeadBucketCommand({ Bucket: bucket }), options);
  } catch (error) {
    const status = httpStatusOf(error);
    if (status !== undefined && status < 500 && status !== 429) return;
    throw new ViewpointError('dependency_unavailable', `S3 cannot be used: ${messageOf(error)}`, { cause: error });
  }
}
