import type { FileHandle } from 'node:fs/promises';
import { bytesAt } from '../bytes-at.js';
import type { ReadBytes } from '../tiff-directories.js';
import type { Arrival } from './arrival.js';

/** A file whose bytes are still on their way. */
export interface ArrivingBytes {
  /** Reads bytes once they are there; null where the file ends before, and for more than a header takes. */
  readonly read: ReadBytes;
  readonly until: Arrival['until'];
}

/** Offsets of the blocks of 64 terapixels take as much. */
const MOST_BYTES = 32 * 1024 * 1024;

export function arrivingBytes(file: FileHandle, until: Arrival['until']): ArrivingBytes {
  return {
    until,
    async read(offset, length) {
      if (length > MOST_BYTES) return null;
      await until(offset, offset + length);
      return bytesAt(file, offset, length);
    },
  };
}
