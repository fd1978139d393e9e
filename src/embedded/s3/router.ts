import { S3Error } from './s3-error.js';
import type { S3Operation, S3Route } from './s3-request.js';

interface RouteRule {
  readonly method: string;
  readonly target: 'service' | 'bucket' | 'object';
  /** Query parameters that make the difference. */
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
  readonly operation: S3Operation;
}

const LIST_PARAMETERS = ['prefix', 'delimiter', 'max-keys', 'continuation-token', 'start-after', 'encoding-type', 'fetch-owner'];

/** The first rule that fits is taken, so the ones with required parameters come first. */
const RULES: readonly RouteRule[] = [
  { method: 'GET', target: 'service', optional: ['max-buckets', 'prefix', 'continuation-token', 'bucket-region'], operation: 'ListBuckets' },
  { method: 'PUT', target: 'bucket', operation: 'CreateBucket' },
  { method: 'HEAD', target: 'bucket', operation: 'HeadBucket' },
  { method: 'GET', target: 'bucket', required: ['list-type'], optional: LIST_PARAMETERS, operation: 'ListObjectsV2' },
  { method: 'POST', target: 'bucket', required: ['delete'], operation: 'DeleteObjects' },
  { method: 'PUT', target: 'object', required: ['uploadId', 'partNumber'], operation: 'UploadPart' },
  { method: 'PUT', target: 'object', operation: 'PutObject' },
  { method: 'POST', target: 'object', required: ['uploads'], operation: 'CreateMultipartUpload' },
  { method: 'POST', target: 'object', required: ['uploadId'], operation: 'CompleteMultipartUpload' },
  { method: 'DELETE', target: 'object', required: ['uploadId'], operation: 'AbortMultipartUpload' },
  { method: 'DELETE', target: 'object', operation: 'DeleteObject' },
  { method: 'HEAD', target: 'object', operation: 'HeadObject' },
  { method: 'GET', target: 'object', operation: 'GetObject' },
];

const MAX_KEY_BYTES = 1024;

/**
 * Tells the operation from a request line and Host header, path style (`/bucket/key`) or virtual-host style (`bucket.localhost`).
 * The path is taken apart by hand: `URL` would resolve the `..` that a key may hold.
 * Throws `InvalidURI`, `KeyTooLongError`, `MethodNotAllowed`, or `NotImplemented` for a subresource this endpoint does not know.
 */
export function routeRequest(method: string, host: string, url: string): S3Route {
  const mark = url.indexOf('?');
  const path = mark === -1 ? url : url.slice(0, mark);
  const query = new URLSearchParams(mark === -1 ? '' : url.slice(mark + 1));
  const { bucket, key } = addressedObject(host, path);
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw new S3Error('KeyTooLongError', { details: { MaxSizeAllowed: String(MAX_KEY_BYTES) } });

  const target = bucket === '' ? 'service' : key === '' ? 'bucket' : 'object';
  const rule = RULES.find(
    (candidate) => candidate.method === method && candidate.target === target && (candidate.required ?? []).every((name) => query.has(name)),
  );
  if (rule === undefined) throw new S3Error([...query.keys()].some(isSubresource) ? 'NotImplemented' : 'MethodNotAllowed');
  const known = new Set([...(rule.required ?? []), ...(rule.optional ?? [])]);
  const unknown = [...query.keys()].filter(isSubresource).find((name) => !known.has(name));
  if (unknown !== undefined) throw new S3Error('NotImplemented', { details: { Query: unknown } });
  return { operation: rule.operation, bucket, key, query };
}

/** Parameters of signed URLs (signature versions 2 and 4) and the SDK's own `x-id` change nothing. */
function isSubresource(name: string): boolean {
  return !['x-id', 'AWSAccessKeyId', 'Signature', 'Expires'].includes(name) && !name.toLowerCase().startsWith('x-amz-');
}

function addressedObject(host: string, path: string): { bucket: string; key: string } {
  const hostBucket = /^(.+)\.(?:localhost|s3[.-](?:[a-z0-9-]+\.)?amazonaws\.com)$/.exec(host.replace(/:\d+$/, ''))?.[1];
  if (!path.startsWith('/')) throw new S3Error('InvalidURI');
  const rest = path.slice(1);
  if (hostBucket !== undefined) return { bucket: hostBucket, key: decode(rest) };
  const slash = rest.indexOf('/');
  return slash === -1 ? { bucket: decode(rest), key: '' } : { bucket: decode(rest.slice(0, slash)), key: decode(rest.slice(slash + 1)) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    throw new S3Error('InvalidURI', { cause: error });
  }
}
