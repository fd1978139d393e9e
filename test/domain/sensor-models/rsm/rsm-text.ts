import type { GridPlane, Rsmgga } from '../../../../src/domain/sensor-models/rsm/rsmgga.js';
import type { Rsmida, RsmPoint } from '../../../../src/domain/sensor-models/rsm/rsmida.js';
import type { PowerPolynomial, Rsmpca } from '../../../../src/domain/sensor-models/rsm/rsmpca.js';
import type { SectionIndex } from '../../../../src/domain/sensor-models/rsm/section-index.js';
import { blank, digits, real21 } from '../tre-text.js';

/** The RSM TREs as text, field by field after STDI-0002 Volume 1, Appendix U. */

const IDENTITY = 'IMAGE 1'.padEnd(80) + 'EDITION 1'.padEnd(40);

export type GroundForm = 'G' | 'H' | 'R';

export function rsmidaText(form: GroundForm, ida: Omit<Rsmida, 'imageIdentifier' | 'edition'>): string {
  const point = ({ x, y, z }: RsmPoint): string => real21(x) + real21(y) + real21(z);
  const { groundDomain } = ida;
  let frame = blank(12 * 21);
  if (groundDomain.form === 'rectangular') {
    const { origin, xAxis, yAxis, zAxis } = groundDomain.frame;
    frame = point(origin) + (['x', 'y', 'z'] as const).map((c) => real21(xAxis[c]) + real21(yAxis[c]) + real21(zAxis[c])).join('');
  }
  return [
    IDENTITY,
    blank(40) + blank(40) + 'FRAME'.padEnd(40),
    '20240229120000.000000',
    blank(8) + blank(8) + blank(21) + blank(21),
    form,
    frame,
    ida.vertices.map(point).join(''),
    ida.groundReferencePoint === null ? blank(63) : point(ida.groundReferencePoint),
    blank(16),
    [ida.minimumRow, ida.maximumRow, ida.minimumColumn, ida.maximumColumn].map((value) => digits(value, 8)).join(''),
    blank(21 * 21),
  ].join('');
}

/** RSMPIA and RSMGIA have the same layout. */
export function sectionIndexText(index: SectionIndex): string {
  return [
    IDENTITY,
    [...index.roughRow, ...index.roughColumn].map(real21).join(''),
    digits(index.rowSectionCount, 3),
    digits(index.columnSectionCount, 3),
    digits(index.rowSectionCount * index.columnSectionCount, 3),
    real21(index.rowSectionSize),
    real21(index.columnSectionSize),
  ].join('');
}

export function rsmpcaText(pca: Rsmpca): string {
  const axes = [pca.row, pca.column, pca.x, pca.y, pca.z];
  const polynomial = ({ maximumPowers, coefficients }: PowerPolynomial): string =>
    maximumPowers.join('') + digits(coefficients.length, 3) + coefficients.map(real21).join('');
  return [
    IDENTITY,
    digits(pca.rowSection, 3) + digits(pca.columnSection, 3),
    blank(42),
    axes.map(({ offset }) => real21(offset)).join(''),
    axes.map(({ scale }) => real21(scale)).join(''),
    polynomial(pca.rowNumerator),
    polynomial(pca.rowDenominator),
    polynomial(pca.columnNumerator),
    polynomial(pca.columnDenominator),
  ].join('');
}

export interface GridLayout {
  /** REFROW and REFCOL. */
  referenceRow: number;
  referenceColumn: number;
  totalDigits: number;
  fractionDigits: number;
  /** IXO and IYO of every plane; the first plane's must be zero. */
  offsets: readonly { x: number; y: number }[];
}

export function rsmggaText(grid: Rsmgga, layout: GridLayout): string {
  const coordinate = (value: number, reference: number): string => {
    if (Number.isNaN(value)) return blank(layout.totalDigits);
    return digits(Math.round((value - reference) * 10 ** layout.fractionDigits), layout.totalDigits);
  };
  const plane = ({ xCount, yCount, rows, columns }: GridPlane): string => {
    const points = Array.from(rows, (row, index) => coordinate(row, layout.referenceRow) + coordinate(columns[index] ?? NaN, layout.referenceColumn));
    return digits(xCount, 3) + digits(yCount, 3) + points.join('');
  };
  const [first] = grid.planes;
  return [
    IDENTITY,
    digits(grid.rowSection, 3) + digits(grid.columnSection, 3),
    blank(42),
    grid.interpolationOrder === null ? ' ' : digits(grid.interpolationOrder, 1),
    digits(grid.planes.length, 3),
    [grid.zStep, grid.xStep, grid.yStep, grid.z, first?.x ?? 0, first?.y ?? 0].map(real21).join(''),
    digits(layout.referenceRow, 9) + digits(layout.referenceColumn, 9),
    digits(layout.totalDigits, 2).repeat(2) + digits(layout.fractionDigits, 1).repeat(2),
    layout.offsets.slice(1).map(({ x, y }) => digits(x, 4) + digits(y, 4)).join(''),
    grid.planes.map(plane).join(''),
  ].join('');
}
