import { createHash } from 'node:crypto';
import { createCrc, type RunningDigest } from './crc.js';

/** Of S3's checksum algorithms those that are computed here, and MD5, which the entity tag of most objects is. */
export const DIGEST_ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256', 'MD5'] as const;
export type DigestAlgorithm = (typeof DIGEST_ALGORITHMS)[number];

export function createDigest(algorithm: DigestAlgorithm): RunningDigest {
  switch (algorithm) {
    case 'CRC32':
    case 'CRC32C':
    case 'CRC64NVME':
      return createCrc(algorithm);
    case 'SHA1':
    case 'SHA256':
    case 'MD5': {
      const hash = createHash(algorithm.toLowerCase());
      return { update: (chunk) => void hash.update(chunk), digest: () => hash.digest() };
    }
  }
}
