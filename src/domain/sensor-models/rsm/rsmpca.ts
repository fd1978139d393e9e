import { readTreFields, type TreFields } from '../tre-fields.js';
import type { Normalisation } from '../rpc.js';

/** A polynomial in x, y, z: one coefficient for every product of powers up to the maximum, x's power varying fastest. */
export interface PowerPolynomial {
  maximumPowers: readonly [x: number, y: number, z: number];
  coefficients: readonly number[];
}

/** The rational polynomials of one image section. */
export interface Rsmpca {
  /** Both count from 1. */
  rowSection: number;
  columnSection: number;
  row: Normalisation;
  column: Normalisation;
  x: Normalisation;
  y: Normalisation;
  z: Normalisation;
  rowNumerator: PowerPolynomial;
  rowDenominator: PowerPolynomial;
  columnNumerator: PowerPolynomial;
  columnDenominator: PowerPolynomial;
}

/**
 * Parses an RSMPCA TRE, 486 characters or more (STDI-0002 Volume 1, Appendix U, section 7).
 * @throws TreFormatError, also when a polynomial's number of terms does not fit its powers.
 */
export function parseRsmpca(text: string): Rsmpca {
  const fields = readTreFields('RSMPCA', text);
  fields.skip('IID', 80);
  fields.skip('EDITION', 40);
  const rowSection = fields.integer('RSN', 3, 1, 256);
  const columnSection = fields.integer('CSN', 3, 1, 256);
  fields.skip('RFEP', 21);
  fields.skip('CFEP', 21);
  const axes = ['R', 'C', 'X', 'Y', 'Z'];
  const offsets = axes.map((axis) => fields.real(`${axis}NRMO`, 21));
  const scales = axes.map((axis) => {
    const scale = fields.real(`${axis}NRMSF`, 21);
    return scale === 0 ? fields.refuse(`${axis}NRMSF`, 'the scale is zero') : scale;
  });
  const normalisation = (axis: number): Normalisation => ({ offset: offsets[axis] ?? NaN, scale: scales[axis] ?? NaN });
  return {
    rowSection,
    columnSection,
    row: normalisation(0),
    column: normalisation(1),
    x: normalisation(2),
    y: normalisation(3),
    z: normalisation(4),
    rowNumerator: readPolynomial(fields, 'RN'),
    rowDenominator: readPolynomial(fields, 'RD'),
    columnNumerator: readPolynomial(fields, 'CN'),
    columnDenominator: readPolynomial(fields, 'CD'),
  };
}

function readPolynomial(fields: TreFields, prefix: string): PowerPolynomial {
  const maximumPowers = [
    fields.integer(`${prefix}PWRX`, 1, 0, 5),
    fields.integer(`${prefix}PWRY`, 1, 0, 5),
    fields.integer(`${prefix}PWRZ`, 1, 0, 5),
  ] as const;
  const count = fields.integer(`${prefix}TRMS`, 3, 1, 216);
  const expected = (maximumPowers[0] + 1) * (maximumPowers[1] + 1) * (maximumPowers[2] + 1);
  if (count !== expected) fields.refuse(`${prefix}TRMS`, `${count} terms do not fit powers that give ${expected}`);
  return { maximumPowers, coefficients: fields.reals(`${prefix}PCF`, 21, count) };
}
