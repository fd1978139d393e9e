import { combineCrcs, createCrc, type CrcAlgorithm } from '../../domain/checksum/crc.js';
import { createDigest, type DigestAlgorithm } from '../../domain/checksum/digest.js';
import type { PartFile } from './part-file.js';
import type { Part } from './part-plan.js';

/** Computes the digest of a whole object whose parts come at the same time. */
export interface ObjectVerifier {
  /** Takes note of a part. */
  begin(part: Part): PartVerifier;
  /** The digest, once parts that make up the object are complete. */
  digest(): Promise<Buffer>;
  /** Resolves when nothing more is read from the file, however the download went. */
  stop(): Promise<void>;
}

/** Takes the bytes of a part in order, and is told when it is complete. */
export interface PartVerifier {
  update(bytes: Uint8Array): void;
  complete(): void;
}

export function createVerifier(algorithm: DigestAlgorithm, file: PartFile): ObjectVerifier {
  switch (algorithm) {
    case 'CRC32':
    case 'CRC32C':
    case 'CRC64NVME':
      return combiningVerifier(algorithm);
    case 'SHA1':
    case 'SHA256':
    case 'MD5':
      return followingVerifier(algorithm, file);
  }
}

/** The CRC of the whole follows from those of the parts. */
function combiningVerifier(algorithm: CrcAlgorithm): ObjectVerifier {
  const parts: { part: Part; crc: ReturnType<typeof createCrc> }[] = [];
  return {
    begin(part) {
      const crc = createCrc(algorithm);
      parts.push({ part, crc });
      return { update: (bytes) => crc.update(bytes), complete: () => undefined };
    },
    digest: () => {
      const empty: Buffer = createCrc(algorithm).digest();
      const inOrder = [...parts].sort((a, b) => a.part.startByte - b.part.startByte);
      return Promise.resolve(inOrder.reduce((whole, { part, crc }) => combineCrcs(algorithm, whole, crc.digest(), part.sizeBytes), empty));
    },
    stop: () => Promise.resolve(),
  };
}

const READ_BYTES = 1024 * 1024;

/** A hash takes the bytes in the object's order, so it follows behind the parts and reads them, still in memory, from the file. */
function followingVerifier(algorithm: DigestAlgorithm, file: PartFile): ObjectVerifier {
  const hash = createDigest(algorithm);
  /** By where they begin. */
  const complete = new Map<number, Part>();
  const stopping = new AbortController();
  let nextByte = 0;
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
    begin: (begun) => ({
      update: () => undefined,
      complete: () => {
        complete.set(begun.startByte, begun);
        for (let part = complete.get(nextByte); part !== undefined; part = complete.get(nextByte)) {
          const ready = part;
          following = following.then(() => follow(ready));
          nextByte += ready.sizeBytes;
        }
        // Reported by `digest`; a download that fails first never asks.
        following.catch(() => undefined);
      },
    }),
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
