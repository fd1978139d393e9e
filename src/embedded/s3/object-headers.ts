import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { checksumHeaders } from './checksum.js';
import type { ObjectRecord } from './object-store.js';

const KEPT = ['cache-control', 'content-disposition', 'content-language', 'expires', 'x-amz-server-side-encryption-aws-kms-key-id'];
const ENCRYPTION = 'x-amz-server-side-encryption';

/** Of an upload's headers those that come back with the object. As in S3, objects are said to be encrypted with AES256 by default. */
export function headersToKeep(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = {
    'content-type': headers['content-type'] ?? 'binary/octet-stream',
    [ENCRYPTION]: String(headers[ENCRYPTION] ?? 'AES256'),
  };
  const encodings = (headers['content-encoding'] ?? '').split(',').map((encoding) => encoding.trim());
  const contentEncoding = encodings.filter((encoding) => encoding !== '' && encoding !== 'aws-chunked').join(',');
  if (contentEncoding !== '') kept['content-encoding'] = contentEncoding;
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string' && (KEPT.includes(name) || name.startsWith('x-amz-meta-'))) kept[name] = value;
  }
  return kept;
}

/** The entity tag of an object with these headers: as in S3, no digest of the bytes when a KMS key encrypts them. */
export function eTagFor(digest: string, headers: Readonly<Record<string, string>>): string {
  if (!headers[ENCRYPTION]?.startsWith('aws:kms')) return digest;
  return randomBytes(16).toString('hex') + (/-\d+$/.exec(digest)?.[0] ?? '');
}

/** Headers of an upload's answer that speak of the object's encryption. */
export function encryptionHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith(ENCRYPTION)));
}

/** Headers that tell of an object in the answers to GET and HEAD, without those about length and range. */
export function objectHeaders(record: ObjectRecord, options: { withChecksum: boolean }): Record<string, string> {
  return {
    ...record.headers,
    ETag: `"${record.eTag}"`,
    'Last-Modified': new Date(record.lastModified).toUTCString(),
    'Accept-Ranges': 'bytes',
    ...(options.withChecksum ? checksumHeaders(record.checksum) : {}),
  };
}
