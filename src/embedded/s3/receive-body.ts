import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createDigest } from '../../domain/checksum/digest.js';
import { decodeAwsChunked } from './aws-chunked.js';
import { announcedChecksum, checksumHeader, type ChecksumAlgorithm } from './checksum.js';
import { S3Error } from './s3-error.js';
import type { S3Request } from './s3-request.js';

export interface ReceivedBody {
  readonly sizeBytes: number;
  /** In hexadecimal digits. */
  readonly md5: string;
  /** In base64; there when the client or the caller wanted one. */
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly value: string };
}

/** Amazon S3 User Guide, "Amazon S3 multipart upload limits". */
const MAX_BODY_BYTES = 5 * 1024 ** 3;
const WRITE_BUFFER_BYTES = 1024 * 1024;

/**
 * Streams a request's body into a new file and checks everything the client said about it: length, Content-MD5,
 * x-amz-content-sha256 and x-amz-checksum-*. `wanted` is computed when the client announced no checksum.
 * On any failure the file is removed. Throws `MissingContentLength`, `EntityTooLarge`, `IncompleteBody`, `BadDigest`,
 * `InvalidDigest`, `InvalidRequest` or `XAmzContentSHA256Mismatch`.
 */
export async function receiveBody(request: S3Request, filePath: string, wanted?: ChecksumAlgorithm): Promise<ReceivedBody> {
  const { headers } = request;
  const payloadHash = headers['x-amz-content-sha256'];
  const chunked = typeof payloadHash === 'string' && payloadHash.startsWith('STREAMING-');
  const expectedBytes = declaredLength(headers, chunked);
  const announced = announcedChecksum(headers) ?? (wanted === undefined ? undefined : { algorithm: wanted });
  const contentMd5 = headers['content-md5'];
  if (contentMd5 !== undefined && !isBase64OfBytes(String(contentMd5), 16)) throw new S3Error('InvalidDigest');

  const trailers = new Map<string, string>();
  const md5 = createHash('md5');
  const sha256 = typeof payloadHash === 'string' && /^[0-9a-f]{64}$/.test(payloadHash) ? createHash('sha256') : undefined;
  const checksum = announced === undefined ? undefined : createDigest(announced.algorithm);
  let sizeBytes = 0;

  const digested = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of chunked ? decodeAwsChunked(request.body, trailers) : request.body) {
      sizeBytes += chunk.length;
      if (sizeBytes > expectedBytes) throw new S3Error('IncompleteBody');
      md5.update(chunk);
      sha256?.update(chunk);
      checksum?.update(chunk);
      yield chunk;
    }
  };

  try {
    await pipeline(digested, createWriteStream(filePath, { flags: 'wx', highWaterMark: WRITE_BUFFER_BYTES }));
    if (sizeBytes !== expectedBytes) throw new S3Error('IncompleteBody');
    const md5Digest = md5.digest();
    if (contentMd5 !== undefined && md5Digest.toString('base64') !== contentMd5) throw new S3Error('BadDigest');
    if (sha256 !== undefined && sha256.digest('hex') !== payloadHash) throw new S3Error('XAmzContentSHA256Mismatch');
    const received = { sizeBytes, md5: md5Digest.toString('hex') };
    if (announced === undefined || checksum === undefined) return received;

    const value = checksum.digest().toString('base64');
    const claimed = announced.value ?? trailers.get(checksumHeader(announced.algorithm));
    if (claimed === undefined && headers['x-amz-trailer'] !== undefined) {
      throw new S3Error('InvalidRequest', { message: 'The trailer that x-amz-trailer announces is missing.' });
    }
    if (claimed !== undefined && claimed !== value) {
      throw new S3Error('BadDigest', { message: `The ${announced.algorithm} you specified did not match the calculated checksum.` });
    }
    return { ...received, checksum: { algorithm: announced.algorithm, value } };
  } catch (error) {
    await rm(filePath, { force: true });
    throw error;
  }
}

function declaredLength(headers: IncomingHttpHeaders, chunked: boolean): number {
  const declared = chunked ? headers['x-amz-decoded-content-length'] : headers['content-length'];
  if (typeof declared !== 'string' || !/^\d{1,15}$/.test(declared)) throw new S3Error('MissingContentLength');
  const length = Number(declared);
  if (length > MAX_BODY_BYTES) throw new S3Error('EntityTooLarge', { details: { ProposedSize: declared, MaxSizeAllowed: String(MAX_BODY_BYTES) } });
  return length;
}

function isBase64OfBytes(text: string, length: number): boolean {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === length && bytes.toString('base64') === text;
}
