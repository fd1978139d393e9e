import { messageOf, ViewpointError, type ErrorCode } from '../../domain/errors.js';

/** What a failed request means: the error to end with, and whether the same request may succeed a moment later. */
export interface S3Failure {
  readonly error: ViewpointError;
  readonly passing: boolean;
}

export interface ObjectName {
  readonly bucket: string;
  readonly key: string;
}

/** Codes with a status that says otherwise, but which pass by themselves. */
const PASSING_CODES = new Set(['RequestTimeout', 'ExpiredToken', 'RequestTimeTooSkewed', 'SlowDown', 'InternalError', 'ServiceUnavailable']);

/**
 * Goes by the HTTP status, since the body of an error may be anything or, for HEAD, nothing; the code only tells apart what shares
 * a status. No status at all is a network that failed. A ViewpointError stays what it is.
 */
export function s3Failure(thrown: unknown, { bucket, key }: ObjectName): S3Failure {
  if (thrown instanceof ViewpointError) return { error: thrown, passing: false };
  const status = httpStatusOf(thrown);
  const code = thrown instanceof Error ? thrown.name : '';
  const described = PASSING_CODES.has(code) ? undefined : finalFailure(status, code, { bucket, key });
  if (described !== undefined) return { error: new ViewpointError(described.code, described.message, { cause: thrown }), passing: false };
  const message = `The object "${key}" in bucket "${bucket}" could not be downloaded: ${messageOf(thrown)}`;
  return {
    error: new ViewpointError('download_failed', message, { cause: thrown }),
    passing: status === undefined || status < 300 || status === 408 || status === 429 || status >= 500 || PASSING_CODES.has(code),
  };
}

function finalFailure(status: number | undefined, code: string, { bucket, key }: ObjectName): { code: ErrorCode; message: string } | undefined {
  if (code === 'NoSuchBucket') return { code: 'no_such_bucket', message: `There is no bucket "${bucket}". Check the bucket name.` };
  if (code === 'InvalidObjectState') {
    return { code: 'object_archived', message: `The object "${key}" in bucket "${bucket}" is archived. Restore it and process the viewpoint again.` };
  }
  if (status === 401 || status === 403) {
    return {
      code: 'access_denied',
      message:
        `S3 denies access to the object "${key}" in bucket "${bucket}". Let this service's role read it; ` +
        'without s3:ListBucket on the bucket S3 also answers so for an object that does not exist.',
    };
  }
  if (status === 404) return { code: 'no_such_key', message: `The bucket "${bucket}" holds no object "${key}". Check the object key.` };
  if (status === 412 || status === 416) return { code: 'object_changed', message: objectChanged({ bucket, key }) };
  if (status === 301 || status === 307) {
    return { code: 'download_failed', message: `The bucket "${bucket}" is in another region than the one this service's S3 client uses.` };
  }
  return undefined;
}

export function objectChanged({ bucket, key }: ObjectName): string {
  return `The object "${key}" in bucket "${bucket}" was replaced while it was being downloaded.`;
}

/** The status of the answer that an SDK error is about. One whose body could not be parsed carries the raw answer only. */
export function httpStatusOf(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const { $metadata, $response } = thrown as { $metadata?: { httpStatusCode?: number }; $response?: { statusCode?: number } };
  return $metadata?.httpStatusCode ?? $response?.statusCode;
}
