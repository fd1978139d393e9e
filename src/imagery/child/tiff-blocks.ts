import { open, type FileHandle } from 'node:fs/promises';

/** Tags that tell where the blocks of a picture lie and how long they are (TIFF 6.0, sections 8 and 15). */
const OFFSET_TAGS = new Set([273, 324]);
const LENGTH_TAGS = new Set([279, 325]);
/** Bytes of one value by its field type: SHORT, LONG (TIFF 6.0, section 2) and LONG8 (BigTIFF). */
const VALUE_BYTES: Record<number, number> = { 3: 2, 4: 4, 16: 8 };
const MOST_DIRECTORIES = 64;

/** How classic TIFF (magic 42) and BigTIFF (43) lay out a directory. */
const LAYOUTS = {
  42: { firstAt: 4, pointerBytes: 4, countBytes: 2, entryBytes: 12 },
  43: { firstAt: 8, pointerBytes: 8, countBytes: 8, entryBytes: 20 },
} as const;
type Layout = (typeof LAYOUTS)[keyof typeof LAYOUTS];

/**
 * Whether every block of every picture in a little-endian TIFF, such as GDAL writes on this machine, is there: none is
 * without pixels and none reaches beyond the end of the file. GDAL reads a block that was never written as zeros.
 */
export async function hasAllBlocks(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const header = await bytesAt(file, 0, 16);
    if (header === null || header.toString('latin1', 0, 2) !== 'II') return false;
    const layout = LAYOUTS[header.readUInt16LE(2) as keyof typeof LAYOUTS] as Layout | undefined;
    if (layout === undefined) return false;
    let directoryAt = unsigned(header, layout.firstAt, layout.pointerBytes);
    for (let count = 0; directoryAt !== 0; count++) {
      const next = count < MOST_DIRECTORIES ? await checkDirectory(file, directoryAt, size, layout) : null;
      if (next === null) return false;
      directoryAt = next;
    }
    return true;
  } finally {
    await file.close();
  }
}

/** Where the next directory lies, 0 behind the last one; null when this one or a block of it is not whole. */
async function checkDirectory(file: FileHandle, at: number, fileBytes: number, { countBytes, entryBytes, pointerBytes }: Layout): Promise<number | null> {
  const head = await bytesAt(file, at, countBytes);
  if (head === null) return null;
  const entryCount = unsigned(head, 0, countBytes);
  const entries = await bytesAt(file, at + countBytes, entryCount * entryBytes + pointerBytes);
  if (entries === null) return null;
  let offsets: number[] | null = null;
  let lengths: number[] | null = null;
  for (let index = 0; index < entryCount; index++) {
    const entry = entries.subarray(index * entryBytes, (index + 1) * entryBytes);
    const tag = entry.readUInt16LE(0);
    if (OFFSET_TAGS.has(tag)) offsets = await valuesOf(file, entry, pointerBytes);
    if (LENGTH_TAGS.has(tag)) lengths = await valuesOf(file, entry, pointerBytes);
  }
  if (offsets === null || lengths === null || offsets.length !== lengths.length) return null;
  const isWhole = offsets.every((offset, index) => {
    const length = lengths[index] ?? 0;
    return offset > 0 && length > 0 && offset + length <= fileBytes;
  });
  return isWhole ? unsigned(entries, entryCount * entryBytes, pointerBytes) : null;
}

/** The values of a directory's entry, which stand in it where they fit; null when they cannot be read. */
async function valuesOf(file: FileHandle, entry: Buffer, pointerBytes: number): Promise<number[] | null> {
  const valueBytes = VALUE_BYTES[entry.readUInt16LE(2)];
  if (valueBytes === undefined) return null;
  const count = unsigned(entry, 4, pointerBytes);
  const place = entry.subarray(4 + pointerBytes);
  const bytes = count * valueBytes <= pointerBytes ? place : await bytesAt(file, unsigned(place, 0, pointerBytes), count * valueBytes);
  return bytes === null ? null : Array.from({ length: count }, (_, index) => unsigned(bytes, index * valueBytes, valueBytes));
}

function unsigned(bytes: Buffer, at: number, length: number): number {
  return length === 8 ? Number(bytes.readBigUInt64LE(at)) : bytes.readUIntLE(at, length);
}

/** null when the file ends before, or claims more than any directory holds. */
async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer | null> {
  if (!Number.isSafeInteger(at) || length > 1 << 28) return null;
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, at);
  return bytesRead === length ? buffer : null;
}
