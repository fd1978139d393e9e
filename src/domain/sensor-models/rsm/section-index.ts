import { readTreFields } from '../tre-fields.js';
import type { RsmPoint } from './rsmida.js';

/** A position in RSM's image coordinates: (0, 0) is the outer corner of the upper-left pixel, (0.5, 0.5) its centre. */
export interface RowColumn {
  row: number;
  column: number;
}

/** The ten coefficients of 1, x, y, z, x², xy, xz, y², yz, z². */
export type LowOrderPolynomial = readonly number[];

/** How the image is divided into sections, each with polynomials or a grid of its own. */
export interface SectionIndex {
  rowSectionCount: number;
  columnSectionCount: number;
  /** In pixels; the last section of a row or column may be smaller. */
  rowSectionSize: number;
  columnSectionSize: number;
  /** A rough ground-to-image function of unnormalised ground coordinates, good enough to find the section. */
  roughRow: LowOrderPolynomial;
  roughColumn: LowOrderPolynomial;
}

/** Names of the fields, which differ between the two TREs of this layout. */
export interface SectionIndexFieldNames {
  row: string;
  column: string;
  rowSectionCount: string;
  columnSectionCount: string;
  sectionCount: string;
  rowSectionSize: string;
  columnSectionSize: string;
}

/** Reads the layout, 591 characters, that RSMPIA and RSMGIA share. */
export function readSectionIndex(treName: string, names: SectionIndexFieldNames, text: string): SectionIndex {
  const fields = readTreFields(treName, text);
  fields.skip('IID', 80);
  fields.skip('EDITION', 40);
  const roughRow = fields.reals(names.row, 21, 10);
  const roughColumn = fields.reals(names.column, 21, 10);
  const rowSectionCount = fields.integer(names.rowSectionCount, 3, 1, 256);
  const columnSectionCount = fields.integer(names.columnSectionCount, 3, 1, 256);
  fields.skip(names.sectionCount, 3);
  const rowSectionSize = fields.real(names.rowSectionSize, 21);
  const columnSectionSize = fields.real(names.columnSectionSize, 21);
  if (!(rowSectionSize > 0)) fields.refuse(names.rowSectionSize, 'a section has no rows');
  if (!(columnSectionSize > 0)) fields.refuse(names.columnSectionSize, 'a section has no columns');
  return { rowSectionCount, columnSectionCount, rowSectionSize, columnSectionSize, roughRow, roughColumn };
}

/** The rough image position of a ground point. */
export function roughPosition({ roughRow, roughColumn }: SectionIndex, point: RsmPoint): RowColumn {
  return { row: lowOrderAt(roughRow, point), column: lowOrderAt(roughColumn, point) };
}

function lowOrderAt(coefficients: LowOrderPolynomial, { x, y, z }: RsmPoint): number {
  const terms = [1, x, y, z, x * x, x * y, x * z, y * y, y * z, z * z];
  return terms.reduce((sum, term, index) => sum + term * (coefficients[index] ?? NaN), 0);
}
