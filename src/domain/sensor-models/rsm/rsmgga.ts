import { readTreFields } from '../tre-fields.js';
import type { RowColumn } from './section-index.js';

/** Grid points at one z, evenly spaced in x and y. */
export interface GridPlane {
  /** Ground coordinates of the plane's first point. */
  x: number;
  y: number;
  xCount: number;
  yCount: number;
  /** `xCount` × `yCount` values, y varying fastest; NaN where the TRE leaves a point blank. */
  rows: Float64Array;
  columns: Float64Array;
}

/** The ground-to-image grid of one section. */
export interface Rsmgga {
  /** Both count from 1. */
  rowSection: number;
  columnSection: number;
  /** Degree of the interpolating polynomials, 0 (nearest point) to 3; null when it is left to the reader. */
  interpolationOrder: number | null;
  /** z of the first plane, and the spacings of the planes and of the points in them. */
  z: number;
  zStep: number;
  xStep: number;
  yStep: number;
  planes: GridPlane[];
}

/**
 * Parses an RSMGGA TRE, 390 characters or more (STDI-0002 Volume 1, Appendix U, RSMGGA, Table 12).
 * Values are integers with an implied decimal point, counted from REFROW and REFCOL; the first
 * point of a plane is offset from that of the first plane by IXO and IYO spacings.
 * @throws TreFormatError
 */
export function parseRsmgga(text: string): Rsmgga {
  const fields = readTreFields('RSMGGA', text);
  fields.skip('IID', 80);
  fields.skip('EDITION', 40);
  const rowSection = fields.integer('GGRSN', 3, 1, 256);
  const columnSection = fields.integer('GGCSN', 3, 1, 256);
  fields.skip('GGRFEP', 21);
  fields.skip('GGCFEP', 21);
  const interpolationOrder = fields.optionalInteger('INTORD', 1);
  if (interpolationOrder !== null && interpolationOrder > 3) fields.refuse('INTORD', `${interpolationOrder} is above 3`);
  const planeCount = fields.integer('NPLN', 3, 2, 999);
  const zStep = readStep('DELTAZ');
  const xStep = readStep('DELTAX');
  const yStep = readStep('DELTAY');
  const z = fields.real('ZPLN1', 21);
  const firstX = fields.real('XIPLN1', 21);
  const firstY = fields.real('YIPLN1', 21);
  const reference: RowColumn = { row: fields.integer('REFROW', 9), column: fields.integer('REFCOL', 9) };
  const rowDigits = fields.integer('TNUMRD', 2, 1);
  const columnDigits = fields.integer('TNUMCD', 2, 1);
  const rowUnit = 10 ** -fields.integer('FNUMRD', 1, 0);
  const columnUnit = 10 ** -fields.integer('FNUMCD', 1, 0);

  const offsets = [{ x: 0, y: 0 }];
  for (let plane = 2; plane <= planeCount; plane++) {
    const x = fields.integer(`IXO_${plane}`, 4);
    const y = fields.integer(`IYO_${plane}`, 4);
    offsets.push({ x, y });
  }
  const planes = offsets.map((offset, index) => readPlane(index + 1, firstX + offset.x * xStep, firstY + offset.y * yStep));
  return { rowSection, columnSection, interpolationOrder, z, zStep, xStep, yStep, planes };

  function readStep(name: string): number {
    const step = fields.real(name, 21);
    return step === 0 ? fields.refuse(name, 'the spacing is zero') : step;
  }

  function readPlane(plane: number, x: number, y: number): GridPlane {
    const xCount = fields.integer(`NXPTS_${plane}`, 3, 2);
    const yCount = fields.integer(`NYPTS_${plane}`, 3, 2);
    // The counts come from outside: take no memory for points that the text cannot hold.
    fields.requireLength(`RCOORD_${plane}`, xCount * yCount * (rowDigits + columnDigits));
    const rows = new Float64Array(xCount * yCount);
    const columns = new Float64Array(xCount * yCount);
    for (let point = 0; point < rows.length; point++) {
      rows[point] = reference.row + (fields.optionalInteger(`RCOORD_${plane}`, rowDigits) ?? NaN) * rowUnit;
      columns[point] = reference.column + (fields.optionalInteger(`CCOORD_${plane}`, columnDigits) ?? NaN) * columnUnit;
    }
    return { x, y, xCount, yCount, rows, columns };
  }
}
