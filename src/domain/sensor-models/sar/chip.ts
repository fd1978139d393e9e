import { solveNewton } from '../newton.js';
import type { RowColumn } from './common-metadata.js';

/** Where a chip's corners lie in the full image (SIDD's GeometricChip; positions are pixel centres). */
export interface GeometricChip {
  size: RowColumn;
  upperLeft: RowColumn;
  upperRight: RowColumn;
  lowerLeft: RowColumn;
  lowerRight: RowColumn;
}

export interface ChipMapping {
  toFullImage: (chip: RowColumn) => RowColumn;
  /** Null where no chip position maps there, which cannot happen to a chip with straight sides at right angles. */
  toChip: (full: RowColumn) => RowColumn | null;
}

/**
 * The bilinear mapping between a chip and the image it was cut from (NGA.STND.0025-1, section 5.1.1):
 * the given corners are the centres of the chip's corner pixels, 0 and size - 1.
 *
 * Software is about that writes the corners one past the last pixel, instead. A chip whose sides then
 * measure exactly its size in full-image pixels is read in that way: by the standard's rule it would be
 * an image resampled by n / (n - 1), which nobody makes, and a pixel off at its far side.
 */
export function createChipMapping({ size, upperLeft, upperRight, lowerLeft, lowerRight }: GeometricChip): ChipMapping {
  const isOnePast = isUnscaled({ size, upperLeft, upperRight, lowerLeft });
  const rows = isOnePast ? size.row : Math.max(1, size.row - 1);
  const columns = isOnePast ? size.column : Math.max(1, size.column - 1);

  const interpolate = (u: number, v: number): RowColumn => {
    const at = (axis: 'row' | 'column'): number =>
      upperLeft[axis] * (1 - u) * (1 - v) + lowerLeft[axis] * u * (1 - v) + upperRight[axis] * (1 - u) * v + lowerRight[axis] * u * v;
    return { row: at('row'), column: at('column') };
  };

  return {
    toFullImage: ({ row, column }) => interpolate(row / rows, column / columns),
    toChip: (full) => {
      const solution = solveNewton({
        residual: (u, v) => {
          const { row, column } = interpolate(u, v);
          return [row - full.row, column - full.column];
        },
        start: [0.5, 0.5],
        tolerancePixels: 1e-6,
      });
      return solution === null ? null : { row: solution[0] * rows, column: solution[1] * columns };
    },
  };
}

function isUnscaled({ size, upperLeft, upperRight, lowerLeft }: Omit<GeometricChip, 'lowerRight'>): boolean {
  const height = Math.hypot(lowerLeft.row - upperLeft.row, lowerLeft.column - upperLeft.column);
  const width = Math.hypot(upperRight.row - upperLeft.row, upperRight.column - upperLeft.column);
  return Math.abs(height - size.row) < 1e-6 && Math.abs(width - size.column) < 1e-6;
}
