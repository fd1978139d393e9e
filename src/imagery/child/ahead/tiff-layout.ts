import { blocksOf, type TiffBlocks } from '../tiff-blocks.js';
import { tiffDirectories, type TiffDirectory } from '../tiff-directories.js';
import type { ArrivingBytes } from './arriving-bytes.js';
import { hull, type ByteSpan, type ImageLayout } from './image-layout.js';

/** Tags of TIFF 6.0, sections 8, 14, 15 and 21. */
const TAGS = { width: 256, height: 257, bits: 258, compression: 259, photometric: 262, samples: 277, rowsPerStrip: 278, planes: 284, tileWidth: 322, tileHeight: 323 } as const;
const UNCOMPRESSED = 1;
/** Kinds of compression by which a block holds all that is needed to decode it, but for tables in the directory; not so the first one of JPEG (6). */
const BLOCKWISE_COMPRESSIONS = [UNCOMPRESSED, 2, 3, 4, 5, 7, 8, 32_773, 32_946, 34_887, 34_925, 50_000, 50_001, 50_002];
const YCBCR = 6;
const SEPARATE_PLANES = 2;

/** The picture's own blocks, as the file has them. */
interface Grid extends TiffBlocks {
  across: number;
  down: number;
  blockRows: number;
  hasPlanes: boolean;
  /** Of one row of a block whose rows lie one behind the other; null where a block can only be read as a whole. */
  rowBytes: number | null;
}

/**
 * Where the pixels of a TIFF's first picture lie, by its own directory. All that GDAL may read before the pixels is there
 * afterwards, the other directories and what they refer to included. Null for a file that is not a whole TIFF.
 */
export async function tiffLayout({ read, until }: ArrivingBytes): Promise<ImageLayout | null> {
  let first: TiffDirectory | undefined;
  for await (const directory of tiffDirectories(read)) {
    if (directory === null) return null;
    first ??= directory;
    for (const { place } of directory.entries) if (place !== null) await until(place.offset, place.offset + place.length);
  }
  return first === undefined ? null : layoutOf(first);
}

async function layoutOf(directory: TiffDirectory): Promise<ImageLayout | null> {
  const { entries } = directory;
  // Which of two is meant, of one tag or of strips and tiles, nobody says.
  if (new Set(entries.map(({ tag }) => tag)).size < entries.length) return null;
  const number = async (tag: number, standard = Number.NaN): Promise<number> => Math.max(...((await entries.find((entry) => entry.tag === tag)?.values()) ?? [standard]));
  const [width, height] = [await number(TAGS.width), await number(TAGS.height)];
  const blockColumns = await number(TAGS.tileWidth, width);
  const blockRows = Math.min(height, await number(TAGS.tileHeight, await number(TAGS.rowsPerStrip, height)));
  const samples = await number(TAGS.samples, 1);
  const hasPlanes = samples > 1 && (await number(TAGS.planes, 1)) === SEPARATE_PLANES;
  const compression = await number(TAGS.compression, UNCOMPRESSED);
  const isPlain = compression === UNCOMPRESSED && (await number(TAGS.photometric)) !== YCBCR;
  const rowBytes = Math.ceil((blockColumns * (hasPlanes ? 1 : samples) * (await number(TAGS.bits, 1))) / 8);
  const [across, down] = [Math.ceil(width / blockColumns), Math.ceil(height / blockRows)];
  if (![across, down, blockRows, samples].every((count) => Number.isSafeInteger(count) && count > 0)) return null;
  const blocks = await blocksOf(directory);
  if (blocks?.offsets.length !== across * down * (hasPlanes ? samples : 1) || !BLOCKWISE_COMPRESSIONS.includes(compression)) return null;
  const grid = { ...blocks, across, down, blockRows, hasPlanes, rowBytes: isPlain ? rowBytes : null };
  return hasTrueLengths(grid, height) ? { width, height, spanOf: spanOf(grid) } : null;
}

/** Lengths that cannot be true are ignored by whoever reads the pixels, and say nothing of where these end. */
function hasTrueLengths({ offsets, lengths, across, down, blockRows, rowBytes }: Grid, height: number): boolean {
  return offsets.every((offset, block) => {
    const length = lengths[block] ?? 0;
    // A block that is not in the file has neither.
    if (offset === 0 || length === 0) return offset === length;
    const firstRow = (Math.floor(block / across) % down) * blockRows;
    return rowBytes === null || length >= rowBytes * Math.min(blockRows, height - firstRow);
  });
}

function spanOf({ offsets, lengths, across, down, blockRows, hasPlanes, rowBytes }: Grid): ImageLayout['spanOf'] {
  /** The rows of a block that are among those wanted. */
  function spanInBlock(block: number, firstRow: number, endRow: number): ByteSpan {
    const [offset, length] = [offsets[block] ?? 0, lengths[block] ?? 0];
    // A block that is not in the file has nothing to wait for.
    if (offset === 0) return { start: Infinity, end: 0 };
    if (rowBytes === null) return { start: offset, end: offset + length };
    return { start: offset + Math.min(length, Math.max(0, firstRow) * rowBytes), end: offset + Math.min(length, endRow * rowBytes) };
  }

  return (bandNumbers, firstRow, rowCount) => {
    const spans: ByteSpan[] = [];
    for (const plane of hasPlanes ? bandNumbers.map((bandNumber) => bandNumber - 1) : [0]) {
      for (let row = Math.floor(firstRow / blockRows); row * blockRows < firstRow + rowCount; row++) {
        for (let column = 0; column < across; column++) {
          spans.push(spanInBlock((plane * down + row) * across + column, firstRow - row * blockRows, Math.min(blockRows, firstRow + rowCount - row * blockRows)));
        }
      }
    }
    return hull(spans);
  };
}
