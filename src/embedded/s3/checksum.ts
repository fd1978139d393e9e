import type { IncomingHttpHeaders } from 'node:http';
import { S3Error } from './s3-error.js';

export const CHECKSUM_ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

/** A checksum as it is kept with an object or a part: base64, with `-N` behind it when it is the checksum of N checksums. */
export interface StoredChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
  readonly value: string;
}

export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** Throws `InvalidRequest` for an algorithm that is not one of the five. */
export function parseChecksumAlgorithm(name: string): ChecksumAlgorithm {
  const found = CHECKSUM_ALGORITHMS.find((algorithm) => algorithm === name.toUpperCase());
  if (found === undefined) throw new S3Error('InvalidRequest', { message: `Checksum algorithm ${name} is not supported.` });
  return found;
}

/** What the client says about the checksum of the body it sends; `value` is absent while it is still to come in the trailer. */
export interface AnnouncedChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly value?: string;
}

/**
 * The checksum announced by `x-amz-checksum-*`, `x-amz-trailer` or `x-amz-sdk-checksum-algorithm`.
 * Throws `InvalidRequest` for more than one value or an unknown algorithm.
 */
export function announcedChecksum(headers: IncomingHttpHeaders): AnnouncedChecksum | undefined {
  const names = Object.keys(headers).filter((name) => /^x-amz-checksum-(?!type$|mode$|algorithm$)/.test(name));
  if (names.length > 1) throw new S3Error('InvalidRequest', { message: 'Expecting a single x-amz-checksum- header.' });
  const [name] = names;
  if (name !== undefined) return { algorithm: parseChecksumAlgorithm(name.slice('x-amz-checksum-'.length)), value: String(headers[name]) };
  const trailer = headers['x-amz-trailer'];
  if (typeof trailer === 'string' && trailer.startsWith('x-amz-checksum-')) {
    return { algorithm: parseChecksumAlgorithm(trailer.slice('x-amz-checksum-'.length)) };
  }
  const wanted = headers['x-amz-sdk-checksum-algorithm'];
  return typeof wanted === 'string' ? { algorithm: parseChecksumAlgorithm(wanted) } : undefined;
}

/** The headers with which an answer tells a stored checksum. */
export function checksumHeaders(checksum: StoredChecksum | undefined): Record<string, string> {
  if (checksum === undefined) return {};
  return { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type };
}
