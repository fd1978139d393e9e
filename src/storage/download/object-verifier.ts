import { combineCrcs, createCrc, type CrcAlgorithm } from '../../domain/checksum/crc.js';
import { createDigest, type DigestAlgorithm } from '../../domain/checksum/digest.js';
import type { PartFile } from './part-file.js';
import type { Part } from './part-plan.js';

/** Computes the digest of a whole object whose parts come at the same time. */
export interface ObjectVerifier {
  /** For each part: takes its bytes in order, and is told when it is complete. */
  readonly parts: readonly { update(bytes: Uint8Array): void; complete(): void }[];
  /** The digest, once all parts are complete. */
  digest(): Promise<Buffer>;
  /** Resolves when nothing more is read from the file, however the download went. */
  stop(): Promise<void>;
}

export function createVerifier(algorithm: DigestAlgorithm, parts: readonly Part[], file: PartFile): ObjectVerifier {
  switch (algorithm) {
    case 'CRC32':
    case 'CRC32C':
    case 'CRC64NVME':
      return combiningVerifier(algorithm, parts);
    case 'SHA1':
    case 'SHA256':
    case 'MD5':
      return followingVerifier(algorithm, parts, file);
  }
}

/** The CRC of the whole follows from those of the parts. */
function combiningVerifier(algorithm: CrcAlgorithm, parts: readonly Part[]): ObjectVerifier {
  const crcs = parts.map(() => createCrc(algorithm));
  return {
    parts: crcs.map((crc) => ({ update: (bytes) => crc.update(bytes), complete: () => undefined })),
    digest: () => {
      const empty: Buffer = createCrc(algorithm).digest();
      return Promise.resolve(crcs.reduce((whole, crc, index) => combineCrcs(algorithm, whole, crc.digest(), parts[index]?.sizeBytes ?? 0), empty));
    },
    stop: () => Promise.resolve(),
  };
}

const READ_BYTES = 1024 * 1024;

/** A hash takes the bytes in the object's order, so it follows behind the parts and reads them, still in memory, from the file. */
function followingVerifier(algorithm: DigestAlgorithm, parts: readonly Part[], file: PartFile): ObjectVerifier {
  const hash = createDigest(algorithm);
  const complete = new Set<number>();
  const stopping = new AbortController();
  let next = 0;
  let following = Promise.resolve();

  const follow = async (part: Part): Promise<void> => {
    const buffer = Buffer.allocUnsafe(Math.min(READ_BYTES, part.sizeBytes));
    const end = part.startByte + part.sizeBytes;
    for (let position = part.startByte; position < end && !stopping.signal.aborted; ) {
      const bytesRead = await file.read(buffer.subarray(0, end - position), position);
      if (bytesRead === 0) throw new Error('The file is shorter than what was written to it.');
      hash.update(buffer.subarray(0, bytesRead));
      position += bytesRead;
    }
  };

  return {
    parts: parts.map((_, index) => ({
      update: () => undefined,
      complete: () => {
        complete.add(index);
        for (let part = parts[next]; part !== undefined && complete.has(next); part = parts[++next]) {
          const ready = part;
          following = following.then(() => follow(ready));
        }
        // Reported by `digest`; a download that fails first never asks.
        following.catch(() => undefined);
      },
    })),
    digest: async () => {
      await following;
      return hash.digest();
    },
    stop: async () => {
      stopping.abort();
      await following.catch(() => undefined);
    },
  };
}
