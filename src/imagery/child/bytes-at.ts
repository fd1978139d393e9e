import type { FileHandle } from 'node:fs/promises';

/** More than any header or directory takes. */
const MOST_BYTES = 1 << 28;

/** Bytes of a file; null when it ends before, and when more are asked for than a header holds. */
export async function bytesAt(file: FileHandle, offset: number, length: number): Promise<Buffer | null> {
  if (!Number.isSafeInteger(offset) || length > MOST_BYTES) return null;
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, offset);
  return bytesRead === length ? buffer : null;
}
