import { availableParallelism } from 'node:os';
import type gdal from 'gdal-async';
import { overviewFactors } from '../../../domain/overview-levels.js';
import { cascadeBytes, CHUNK_ROWS, marginColumns, type CascadeShape, type Panel } from './cascade.js';
import { allocatedBytes } from './kernel.js';

/** How an image is read, and in what memory. */
export interface PyramidPlan {
  width: number;
  height: number;
  bytesPerPixel: 1 | 2;
  factors: number[];
  /** Bands that are read together, since the file stores them together; by number, from 1. */
  bandGroups: number[][];
  panels: Panel[];
  /** Rows read at a time, whole blocks of them. */
  stripRows: number;
  /** Datasets that strips are read through, in turns; as many strips are read at a time. */
  readers: number;
  /** Threads that GDAL may decode with in each of them, as GDAL_NUM_THREADS has it. */
  readerThreads: '1' | 'ALL_CPUS';
  /** Strips held at a time: those that are read and one that is worked on. */
  strips: number;
  /** For the largest panel. */
  memoryBytes: number;
}

export interface StripLimits {
  /** A strip grows to this, in bytes, where the image's blocks are small. */
  wantedBytes: number;
  /** Above this a strip is cut into panels. */
  mostBytes: number;
}

const STRIP_LIMITS: StripLimits = { wantedBytes: 4 * 1024 * 1024, mostBytes: 20 * 1024 * 1024 };
/** Two decode side by side; pixels that need no decoding come faster than they are worked on. */
const READERS = { decoding: 2, plain: 1 };
/** Below this, in bytes, a block is decoded before a thread for it has got ready. */
const THREADED_BLOCK_BYTES = 64 * 1024;
/** Formats whose blocks are decoded each by itself; a reader of another may have to decode what another one has. */
const BLOCKWISE_DRIVERS = ['GTiff', 'NITF'];
const MOST_MEMORY_BYTES = 192 * 1024 * 1024;
/** GMF_ALL_VALID of GDAL's mask flags. */
const ALL_VALID = 1;
const BYTES_PER_PIXEL: Record<string, 1 | 2> = { Byte: 1, UInt16: 2 };

/**
 * Plans the pyramid of an image of bytes or 16-bit words that are all valid and mean brightness; null for any other,
 * for one that needs no overviews, and for one whose blocks are so large that GDAL's own way takes no more memory.
 */
export function planPyramid(dataset: gdal.Dataset, { wantedBytes, mostBytes }: StripLimits = STRIP_LIMITS): PyramidPlan | null {
  const { x: width, y: height } = dataset.rasterSize;
  const bands = [...dataset.bands];
  const first = dataset.bands.get(1);
  const factors = overviewFactors(width, height);
  const bytesPerPixel = BYTES_PER_PIXEL[first.dataType ?? ''];
  if (factors.length === 0 || bytesPerPixel === undefined || !bands.every((band) => isPlain(band, first))) return null;

  const { INTERLEAVE, COMPRESSION } = dataset.getMetadata('IMAGE_STRUCTURE') as Record<string, string | undefined>;
  const isInterleaved = INTERLEAVE === 'PIXEL';
  const decodesBlocks = COMPRESSION !== undefined && BLOCKWISE_DRIVERS.includes(dataset.driver.description);
  const readers = decodesBlocks ? READERS.decoding : READERS.plain;
  const bandNumbers = bands.map((_, index) => index + 1);
  const bandGroups = isInterleaved ? [bandNumbers] : bandNumbers.map((bandNumber) => [bandNumber]);
  const bandsPerStrip = isInterleaved ? bands.length : 1;

  const block = first.blockSize;
  const blockRows = Math.min(block.y, height);
  const bytesPerColumn = blockRows * bytesPerPixel * bandsPerStrip;
  // The readers alone keep two cores busy.
  const helpers = decodesBlocks && availableParallelism() > READERS.decoding && block.x * bytesPerColumn >= THREADED_BLOCK_BYTES;
  const panels = panelsOf(width, factors.length, Math.floor(mostBytes / bytesPerColumn));
  // Blocks as wide as the image would be decoded for each panel anew.
  if (panels === null || (panels.length > 1 && block.x * 2 > width)) return null;

  const widest = panels.reduce((most, panel) => (columnsHeld(panel) > columnsHeld(most) ? panel : most));
  const blocksPerStrip = Math.max(1, Math.floor(wantedBytes / (bytesPerColumn * columnsHeld(widest))));
  const stripRows = Math.min(height, blockRows * blocksPerStrip);
  const shape: CascadeShape = { width, height, bytesPerPixel, levelCount: factors.length, panel: widest };
  const stripBytes = allocatedBytes(columnsHeld(widest) * bytesPerPixel * stripRows * bandsPerStrip);
  const memoryBytes = (readers + 1) * stripBytes + bandsPerStrip * cascadeBytes(shape);
  if (memoryBytes > MOST_MEMORY_BYTES) return null;
  return { width, height, bytesPerPixel, factors, bandGroups, panels, stripRows, readers, readerThreads: helpers ? 'ALL_CPUS' : '1', strips: readers + 1, memoryBytes };
}

export function columnsHeld({ held }: Panel): number {
  return held.to - held.from;
}

/** Like the first band, valid throughout, neither indices into a colour table nor signed, and not opacity. */
function isPlain(band: gdal.RasterBand, first: gdal.RasterBand): boolean {
  return (
    band.dataType === first.dataType &&
    band.blockSize.x === first.blockSize.x &&
    band.blockSize.y === first.blockSize.y &&
    (band.getMaskFlags() & ALL_VALID) !== 0 &&
    band.noDataValue === null &&
    !['Palette', 'Alpha'].includes(band.colorInterpretation ?? '') &&
    (band.getMetadata('IMAGE_STRUCTURE') as Record<string, string | undefined>).PIXELTYPE !== 'SIGNEDBYTE'
  );
}

/**
 * Cuts an image into panels of at most so many columns, margins included, at borders of pixels of the smallest level
 * and, where that is not too much, of its blocks; null when even one such pixel is wider.
 */
function panelsOf(width: number, levelCount: number, mostColumns: number): Panel[] | null {
  if (width <= mostColumns) return [{ own: { from: 0, to: width }, held: { from: 0, to: width } }];
  const margin = marginColumns(levelCount);
  const columns = wholeMultiple(mostColumns - 2 * margin, 2 ** levelCount);
  const step = wholeMultiple(columns, CHUNK_ROWS * 2 ** levelCount) || columns;
  // Margins that are read for nothing would outweigh the rest.
  if (step < 2 * margin) return null;
  const panels: Panel[] = [];
  for (let from = 0; from < width; from += step) {
    const to = Math.min(width, from + step);
    panels.push({ own: { from, to }, held: { from: Math.max(0, from - margin), to: Math.min(width, to + margin) } });
  }
  return panels;
}

function wholeMultiple(value: number, unit: number): number {
  return Math.floor(value / unit) * unit;
}
