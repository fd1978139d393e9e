import { createHash } from 'node:crypto';
import { createDigest } from '../../domain/checksum/digest.js';
import { announcedChecksum } from './checksum.js';
import { decodeAwsChunked } from './aws-chunked.js';
import { S3Error } from './s3-error.js';
import type { S3Request } from './s3-request.js';
import { parseXml, type ParsedElement } from './xml.js';

const MAX_DOCUMENT_BYTES = 8 * 1024 * 1024;


/**
 * Reads the XML body of a request, at most 8 MiB, checking Content-MD5 and, unless `checkChecksum` is false (where the
 * `x-amz-checksum-*` header speaks of something else than this body), the announced checksum.
 * Throws `MalformedXML` or `BadDigest`.
 */
export async function readDocument(request: S3Request, options: { checkChecksum: boolean }): Promise<ParsedElement> {
  const payloadHash = request.headers['x-amz-content-sha256'];
  const chunked = typeof payloadHash === 'string' && payloadHash.startsWith('STREAMING-');
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of chunked ? decodeAwsChunked(request.body, new Map()) : request.body) {
    sizeBytes += chunk.length;
    if (sizeBytes > MAX_DOCUMENT_BYTES) throw new S3Error('MalformedXML');
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const contentMd5 = request.headers['content-md5'];
  if (contentMd5 !== undefined && createHash('md5').update(bytes).digest('base64') !== contentMd5) throw new S3Error('BadDigest');
  const announced = options.checkChecksum ? announcedChecksum(request.headers) : undefined;
  if (announced?.value !== undefined) {
    const checksum = createDigest(announced.algorithm);
    checksum.update(bytes);
    if (checksum.digest().toString('base64') !== announced.value) throw new S3Error('BadDigest');
  }
  return parseXml(bytes.toString('utf8'));
}
