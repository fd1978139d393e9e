import { allocatedBytes, type Kernel } from './kernel.js';
import { EDGE_PIXELS, hasCommonKernel, MOST_WEIGHTS, pixelKernel } from './weights.js';

/** Pixels of a level in memory: columns from `from` up to, not including, `to`. */
export interface Columns {
  from: number;
  to: number;
}

export interface LevelShape {
  /** Of the level below, in pixels. */
  sourceWidth: number;
  sourceHeight: number;
  bytesPerPixel: 1 | 2;
  /** Columns of the level below that are there. */
  source: Columns;
  /** Columns that are made of them. */
  target: Columns;
  /** Rows that are collected before they are written. */
  chunkRows: number;
}

/** Rows of a level that are complete. */
export interface Chunk {
  /** Which of the two buffers they are in. */
  buffer: 0 | 1;
  address: number;
  firstRow: number;
  rowCount: number;
}

export interface Level {
  readonly targetWidth: number;
  readonly targetHeight: number;
  /** Takes the next row of the level below: the address of its first column that is there. */
  push(address: number): void;
}

export interface LevelOptions {
  kernel: Kernel;
  shape: LevelShape;
  /** Greatest value that a pixel may have. */
  limit: number;
  /** Told of every finished row, by the address of its first column. */
  onRow: (address: number) => void;
  /** Told when one of the two buffers is full, or holds the last rows. The other is written to from then on. */
  onChunk: (chunk: Chunk) => void;
}

const SUM_BYTES = 4;
const REAL_BYTES = 8;
const POINTER_BYTES = 4;
const KERNEL_BYTES = 8;
const RING_ROWS = MOST_WEIGHTS;
const WORD_OFFSET = 32_768;

export function halved(size: number): number {
  return Math.ceil(size / 2);
}

/** The memory that a level takes, in bytes. */
export function levelBytes(shape: LevelShape): number {
  const { count, hasSums, isEven, edges } = measuresOf(shape);
  const rows = (bytes: number) => RING_ROWS * allocatedBytes(bytes);
  const tables = isEven ? tableBytes(edges.length) : tableBytes(count);
  return (
    rows(count * (hasSums ? SUM_BYTES : REAL_BYTES)) +
    (isEven ? rows(edges.length * REAL_BYTES) + (hasSums ? rows(count * REAL_BYTES) : allocatedBytes(count * SUM_BYTES)) : 0) +
    tables +
    2 * allocatedBytes(shape.chunkRows * count * shape.bytesPerPixel) +
    3 * allocatedBytes(MOST_WEIGHTS * REAL_BYTES)
  );
}

/**
 * One level of one band: makes half of the rows that come in, of half their width, by cubic convolution, with the
 * very pixels that GDAL's own overviews have.
 */
export function createLevel({ kernel, shape, limit, onRow, onChunk }: LevelOptions): Level {
  const { sourceWidth, sourceHeight, bytesPerPixel, source, target, chunkRows } = shape;
  const { count, hasSums, isEven, edges, targetWidth, targetHeight } = measuresOf(shape);
  const { call, buffer } = kernel;
  const isWord = bytesPerPixel === 2;
  const pixels = isWord ? new Uint16Array(buffer) : new Uint8Array(buffer);
  const pointersAt = kernel.allocate(MOST_WEIGHTS * POINTER_BYTES);
  const weightsAt = kernel.allocate(MOST_WEIGHTS * REAL_BYTES);
  const edgePixelsAt = kernel.allocate(MOST_WEIGHTS * REAL_BYTES);
  const pointers = new Uint32Array(buffer, pointersAt, MOST_WEIGHTS);
  const weights = new Float64Array(buffer, weightsAt, MOST_WEIGHTS);

  const allocateRows = (bytes: number) => Array.from({ length: RING_ROWS }, () => kernel.allocate(bytes));
  const ring = allocateRows(count * (hasSums ? SUM_BYTES : REAL_BYTES));
  const edgeRing = isEven ? allocateRows(edges.length * REAL_BYTES) : [];
  const realRows = hasSums ? allocateRows(count * REAL_BYTES) : [];
  const sumsAt = isEven && !hasSums ? kernel.allocate(count * SUM_BYTES) : 0;
  const table = writeTable(kernel, isEven ? edges : columnsFrom(target), sourceWidth, targetWidth, source.from);
  const chunks = [kernel.allocate(chunkRows * count * bytesPerPixel), kernel.allocate(chunkRows * count * bytesPerPixel)] as const;

  const weigh = isWord ? call.weighWords : call.weighBytes;
  const halve = isWord ? call.halveWords : call.halveBytes;
  const join = isWord ? call.joinToWords : call.joinToBytes;
  const joinReals = isWord ? call.joinRealsToWords : call.joinRealsToBytes;
  const halfway = (2 * target.from - source.from) * bytesPerPixel;

  let rowsIn = 0;
  let rowsOut = 0;
  let active: 0 | 1 = 0;
  let rowsInChunk = 0;
  let next = pixelKernel(0, sourceHeight, targetHeight, true);

  /** The step along a row. */
  function halveRow(address: number, slot: number): void {
    const to = at(ring, slot);
    if (!isEven) {
      weigh(address, to, count, table.kernelsAt, table.weightsAt);
      return;
    }
    if (edges.length > 0) weigh(address, at(edgeRing, slot), edges.length, table.kernelsAt, table.weightsAt);
    halve(address + halfway, hasSums ? to : sumsAt, count);
    if (!hasSums) call.realsOfSums(sumsAt, to, count, isWord ? WORD_OFFSET : 0);
  }

  /** The step across rows, for the row whose kernel is `next`. */
  function joinRows(to: number): void {
    const rowCount = next.weights.length;
    weights.set(next.weights);
    if (hasSums && hasCommonKernel(rowsOut, sourceHeight, targetHeight)) {
      point(ring);
      join(pointersAt, to, count, limit);
    } else {
      if (hasSums) {
        for (let index = 0; index < rowCount; index++) {
          const slot = (next.start + index) % RING_ROWS;
          call.realsOfSums(at(ring, slot), at(realRows, slot), count, isWord ? WORD_OFFSET : 0);
        }
      }
      point(hasSums ? realRows : ring);
      joinReals(pointersAt, weightsAt, rowCount, to, count, limit);
    }
    if (edges.length === 0) return;
    point(edgeRing);
    joinReals(pointersAt, weightsAt, rowCount, edgePixelsAt, edges.length, limit);
    for (const [index, column] of edges.entries()) pixels[to / bytesPerPixel + column - target.from] = pixels[edgePixelsAt / bytesPerPixel + index] ?? 0;
  }

  function point(rows: readonly number[]): void {
    for (let index = 0; index < next.weights.length; index++) pointers[index] = at(rows, (next.start + index) % RING_ROWS);
  }

  function finishRow(): void {
    const address = chunks[active] + rowsInChunk * count * bytesPerPixel;
    joinRows(address);
    rowsOut++;
    rowsInChunk++;
    onRow(address);
    if (rowsInChunk === chunkRows || rowsOut === targetHeight) {
      onChunk({ buffer: active, address: chunks[active], firstRow: rowsOut - rowsInChunk, rowCount: rowsInChunk });
      active = active === 0 ? 1 : 0;
      rowsInChunk = 0;
    }
    if (rowsOut < targetHeight) next = pixelKernel(rowsOut, sourceHeight, targetHeight, true);
  }

  return {
    targetWidth,
    targetHeight,
    push(address) {
      halveRow(address, rowsIn % RING_ROWS);
      rowsIn++;
      while (rowsOut < targetHeight && next.start + next.weights.length <= rowsIn) finishRow();
    },
  };
}

function measuresOf({ sourceWidth, sourceHeight, target }: LevelShape) {
  const [targetWidth, targetHeight] = [halved(sourceWidth), halved(sourceHeight)];
  const isEven = sourceWidth % 2 === 0;
  const isEdge = (column: number) => column < EDGE_PIXELS || column >= targetWidth - EDGE_PIXELS;
  return {
    targetWidth,
    targetHeight,
    count: target.to - target.from,
    /** Whether the width is even, so that all columns but those at the edges have the same kernel. */
    isEven,
    /** Whether the height is even as well, so that rows can be kept as exact sums. */
    hasSums: isEven && sourceHeight % 2 === 0,
    edges: isEven ? columnsFrom(target).filter(isEdge) : [],
  };
}

function columnsFrom({ from, to }: Columns): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

function tableBytes(columns: number): number {
  return allocatedBytes(columns * KERNEL_BYTES) + allocatedBytes(columns * MOST_WEIGHTS * REAL_BYTES);
}

/** The kernels of single columns, as the kernel module reads them. */
function writeTable(kernel: Kernel, columns: readonly number[], sourceWidth: number, targetWidth: number, firstColumn: number) {
  const kernelsAt = kernel.allocate(columns.length * KERNEL_BYTES);
  const weightsAt = kernel.allocate(columns.length * MOST_WEIGHTS * REAL_BYTES);
  const kernels = new Int32Array(kernel.buffer, kernelsAt, 2 * columns.length);
  const weights = new Float64Array(kernel.buffer, weightsAt, MOST_WEIGHTS * columns.length).fill(0);
  for (const [index, column] of columns.entries()) {
    const { start, weights: own } = pixelKernel(column, sourceWidth, targetWidth, false);
    kernels.set([start - firstColumn, own.length], 2 * index);
    weights.set(own, MOST_WEIGHTS * index);
  }
  return { kernelsAt, weightsAt };
}

function at(rows: readonly number[], index: number): number {
  const address = rows[index];
  if (address === undefined) throw new RangeError(`no row ${index}`);
  return address;
}
