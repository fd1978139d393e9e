import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { DIGEST_ALGORITHMS, type DigestAlgorithm } from '../../domain/checksum/digest.js';
import { TransferFault } from './watchdog.js';

/** What S3 knows of an object without its bytes. */
export interface ObjectHead {
  /** In bytes. */
  readonly size: number;
  /** As S3 gives it, with quotes. */
  readonly eTag: string;
  readonly versionId?: string;
  readonly lastModified?: Date;
  /** A digest of the whole object, where S3 has one. */
  readonly checksum?: { readonly algorithm: DigestAlgorithm; readonly base64: string };
}

/** Throws `TransferFault` for an answer without size or entity tag. */
export function objectHead(bucket: string, output: HeadObjectCommandOutput): ObjectHead {
  if (output.ContentLength === undefined || output.ETag === undefined) throw new TransferFault('S3 answered HEAD without size or entity tag');
  const checksum = fullObjectChecksum(output) ?? md5OfETag(bucket, output);
  return {
    size: output.ContentLength,
    eTag: output.ETag,
    ...(output.VersionId !== undefined && { versionId: output.VersionId }),
    ...(output.LastModified !== undefined && { lastModified: output.LastModified }),
    ...(checksum && { checksum }),
  };
}

/**
 * A composite checksum, `…-N`, is one of the parts' checksums and says nothing without their sizes. Of an object sent
 * in parts, only one that is called FULL_OBJECT counts: stores that know no checksum types answer composite ones bare.
 */
function fullObjectChecksum(output: HeadObjectCommandOutput): ObjectHead['checksum'] {
  const isInParts = /-\d+"?$/.test(output.ETag ?? '');
  if (output.ChecksumType === 'COMPOSITE' || (isInParts && output.ChecksumType !== 'FULL_OBJECT')) return undefined;
  for (const algorithm of DIGEST_ALGORITHMS) {
    if (algorithm === 'MD5') continue;
    const base64 = output[`Checksum${algorithm}`];
    if (base64 !== undefined && !base64.includes('-')) return { algorithm, base64 };
  }
  return undefined;
}

/**
 * Amazon S3 API Reference, "Object": the entity tag is the MD5 of the bytes only for an object sent in one piece that is not encrypted
 * with a KMS or a client's key. In directory buckets (`…--x-s3`) it never is.
 */
function md5OfETag(bucket: string, output: HeadObjectCommandOutput): ObjectHead['checksum'] {
  const hex = /^"([0-9a-f]{32})"$/.exec(output.ETag ?? '')?.[1];
  const encryption = output.ServerSideEncryption;
  if (hex === undefined || bucket.endsWith('--x-s3') || output.SSECustomerAlgorithm !== undefined) return undefined;
  if (encryption !== undefined && encryption !== 'AES256') return undefined;
  return { algorithm: 'MD5', base64: Buffer.from(hex, 'hex').toString('base64') };
}
