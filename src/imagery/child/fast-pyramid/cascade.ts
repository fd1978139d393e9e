import { allocatedBytes, type Kernel } from './kernel.js';
import { createLevel, halved, levelBytes, type Chunk, type Columns, type LevelShape } from './level.js';
import { emptyValueCounts, type ValueCounts } from '../../../domain/statistics/value-counts.js';

/** A strip of an image from top to bottom, in columns of full resolution. */
export interface Panel {
  /** Columns whose pixels, at every level, are this panel's. */
  own: Columns;
  /** Columns that are read: the same and a margin, since kernels reach beyond. */
  held: Columns;
}

export interface CascadeShape {
  width: number;
  height: number;
  bytesPerPixel: 1 | 2;
  levelCount: number;
  panel: Panel;
}

/** Pixels of one level, to be written. */
export interface LevelRows {
  /** From 0, the largest. */
  level: number;
  x: number;
  y: number;
  width: number;
  height: number;
  /** The first pixel, and the distance from one row to the next, in bytes. */
  address: number;
  rowBytes: number;
}

/** All levels of one band in one panel, and the counts of its pixels. */
export interface Cascade {
  /**
   * Takes the next rows of the image, of the columns that the panel holds: as many as `room` was asked for, and
   * MOST_ROWS at most.
   */
  push(address: number, rowCount: number): void;
  /** Resolves when the buffers that so many rows may lead to are written. */
  room(rowCount: number): Promise<void>;
  /** Resolves when everything is written. */
  end(): Promise<void>;
  /** Adds what was counted since the last time. */
  addCounts(counts: ValueCounts): void;
}

export interface CascadeOptions {
  kernel: Kernel;
  shape: CascadeShape;
  limit: number;
  write: (rows: LevelRows) => Promise<void>;
}

/** Rows of a level that are collected before they are written; GDAL's overviews have blocks of as many. */
export const CHUNK_ROWS = 128;
/** Rows that may be pushed at a time, so that no level fills more than one buffer. */
export const MOST_ROWS = CHUNK_ROWS;
/** Rows that a level may make beyond half of those that it takes: those that it waited for the end with. */
const LATE_ROWS = 4;

const TABLES = { 1: { values: 256, copies: 4 }, 2: { values: 65_536, copies: 2 } } as const;
const COUNTER_BYTES = 4;
/** Columns that a panel needs beyond its own, per pixel of the smallest level; see `targetColumns`. */
const MARGIN_PER_FACTOR = 8;
/** Columns of the next level whose kernels reach beyond what is held: four pixels, and one more in an odd width. */
const KERNEL_REACH = 3;

export function tableBytes(bytesPerPixel: 1 | 2): number {
  const { values, copies } = TABLES[bytesPerPixel];
  return values * copies * COUNTER_BYTES;
}

/** The memory that a cascade takes, in bytes. */
export function cascadeBytes(shape: CascadeShape): number {
  return levelShapes(shape).reduce((sum, level) => sum + levelBytes(level), allocatedBytes(tableBytes(shape.bytesPerPixel)));
}

/** Whole numbers of the values that pixels can have, none counted yet. */
export function emptyCounts(bytesPerPixel: 1 | 2): ValueCounts {
  return emptyValueCounts(0, TABLES[bytesPerPixel].values);
}

/** Columns to hold beyond a panel's own, at full resolution. */
export function marginColumns(levelCount: number): number {
  return MARGIN_PER_FACTOR * 2 ** levelCount;
}

export function createCascade({ kernel, shape, limit, write }: CascadeOptions): Cascade {
  const { width, height, bytesPerPixel, panel } = shape;
  const count = bytesPerPixel === 2 ? kernel.call.countWords : kernel.call.countBytes;
  const tablesAt = kernel.allocate(tableBytes(bytesPerPixel));
  const tables = new Uint32Array(kernel.buffer, tablesAt, tableBytes(bytesPerPixel) / COUNTER_BYTES).fill(0);
  const shapes = levelShapes(shape);
  const writing = shapes.map((): [Promise<void> | undefined, Promise<void> | undefined] => [undefined, undefined]);
  /** The buffer that each level fills, and how far. */
  const filling = shapes.map((): { buffer: 0 | 1; rowCount: number } => ({ buffer: 0, rowCount: 0 }));

  const levels = shapes.map((level, index) =>
    createLevel({
      kernel,
      shape: level,
      limit,
      onRow: (address) => {
        filled(index).rowCount++;
        levels[index + 1]?.push(address);
      },
      onChunk: (chunk) => {
        const pending = write(rowsOf(chunk, level, index));
        // A failure shows when it is waited for.
        pending.catch(() => undefined);
        const both = writing[index];
        if (both !== undefined) both[chunk.buffer] = pending;
        filling[index] = { buffer: chunk.buffer === 0 ? 1 : 0, rowCount: 0 };
      },
    }),
  );

  function filled(level: number): { buffer: 0 | 1; rowCount: number } {
    const buffer = filling[level];
    if (buffer === undefined) throw new RangeError(`no level ${level}`);
    return buffer;
  }

  function rowsOf({ address, firstRow, rowCount }: Chunk, { target, bytesPerPixel: size }: LevelShape, level: number): LevelRows {
    const factor = 2 ** (level + 1);
    const from = panel.own.from / factor;
    const to = panel.own.to === width ? target.to : panel.own.to / factor;
    return { level, x: from, y: firstRow, width: to - from, height: rowCount, address: address + (from - target.from) * size, rowBytes: (target.to - target.from) * size };
  }

  const heldBytes = (panel.held.to - panel.held.from) * bytesPerPixel;
  const ownBytes = (panel.own.to - panel.own.from) * bytesPerPixel;
  let rowsIn = 0;

  return {
    push(address, rowCount) {
      if (rowsIn + rowCount > height) throw new RangeError('more rows than the image has');
      rowsIn += rowCount;
      if (ownBytes === heldBytes) count(address, (ownBytes / bytesPerPixel) * rowCount, tablesAt);
      for (let row = 0; row < rowCount; row++) {
        const start = address + row * heldBytes;
        if (ownBytes !== heldBytes) count(start + (panel.own.from - panel.held.from) * bytesPerPixel, ownBytes / bytesPerPixel, tablesAt);
        levels[0]?.push(start);
      }
    },
    async room(rowsToCome) {
      for (const [level, [first, second]] of writing.entries()) {
        const { buffer, rowCount } = filled(level);
        await (buffer === 0 ? first : second);
        const mostRows = Math.ceil(rowsToCome / 2 ** (level + 1)) + LATE_ROWS;
        if (rowCount + mostRows >= CHUNK_ROWS) await (buffer === 0 ? second : first);
      }
    },
    async end() {
      for (const pending of writing.flat()) await pending;
    },
    addCounts({ counts }) {
      const { values, copies } = TABLES[bytesPerPixel];
      for (let copy = 0; copy < copies; copy++) {
        for (let value = 0; value < values; value++) counts[value] = (counts[value] ?? 0) + (tables[copy * values + value] ?? 0);
      }
      tables.fill(0);
    },
  };
}

function levelShapes({ width, height, bytesPerPixel, levelCount, panel }: CascadeShape): LevelShape[] {
  const shapes: LevelShape[] = [];
  let [sourceWidth, sourceHeight, source] = [width, height, panel.held];
  for (let level = 0; level < levelCount; level++) {
    const target = targetColumns(source, sourceWidth);
    shapes.push({ sourceWidth, sourceHeight, bytesPerPixel, source, target, chunkRows: CHUNK_ROWS });
    [sourceWidth, sourceHeight, source] = [halved(sourceWidth), halved(sourceHeight), target];
  }
  return shapes;
}

/**
 * Columns of the next level whose kernels lie within those that are held, from an even one on, so that the level after
 * that begins with a whole pair. Of a margin of m columns m/2 − 4 at least are left, so that 8 times the smallest
 * level's factor suffice.
 */
function targetColumns(source: Columns, sourceWidth: number): Columns {
  const from = source.from === 0 ? 0 : 2 * Math.ceil((source.from / 2 + KERNEL_REACH) / 2);
  const to = source.to === sourceWidth ? halved(sourceWidth) : Math.floor(source.to / 2) - KERNEL_REACH;
  return { from, to };
}
