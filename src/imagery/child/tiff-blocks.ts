import { open } from 'node:fs/promises';
import { bytesAt } from './bytes-at.js';
import { tiffDirectories, type TiffDirectory } from './tiff-directories.js';

/** Where the blocks of a picture lie: strips (TIFF 6.0, section 8) or tiles (section 15). */
const OFFSET_TAGS = [273, 324];
const LENGTH_TAGS = [279, 325];

/** Offsets and lengths of the blocks of a picture, in bytes, in the order of the file format. */
export interface TiffBlocks {
  readonly offsets: readonly number[];
  readonly lengths: readonly number[];
}

/**
 * Whether every block of every picture in a TIFF is there: none is without pixels and none reaches beyond the end of
 * the file. GDAL reads a block that was never written as zeros.
 */
export async function hasAllBlocks(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    for await (const directory of tiffDirectories((offset, length) => bytesAt(file, offset, length))) {
      const blocks = directory === null ? null : await blocksOf(directory);
      if (blocks === null || !isWhole(blocks, size)) return false;
    }
    return true;
  } finally {
    await file.close();
  }
}

/** Null when the directory does not tell. */
export async function blocksOf({ entries }: TiffDirectory): Promise<TiffBlocks | null> {
  const [withOffsets, another] = entries.filter(({ tag }) => OFFSET_TAGS.includes(tag));
  if (another !== undefined) return null;
  const offsets = await withOffsets?.values();
  const lengths = await entries.find(({ tag }) => LENGTH_TAGS.includes(tag))?.values();
  return offsets != null && lengths != null && offsets.length === lengths.length ? { offsets, lengths } : null;
}

function isWhole({ offsets, lengths }: TiffBlocks, fileBytes: number): boolean {
  return offsets.every((offset, index) => {
    const length = lengths[index] ?? 0;
    return offset > 0 && length > 0 && offset + length <= fileBytes;
  });
}
