import { SensorModelError } from '../errors.js';
import type { EcefPoint } from '../geodetic.js';
import { length } from './ecef-vector.js';
import type { Polynomial, Polynomial2D, VectorPolynomial } from './polynomial.js';
import type { XmlElement } from './xml-element.js';

/** Readers of the element types that SICD (NGA.STND.0024-1, its XML data types) and SIDD (NGA.STND.0025-1, SI common types) share. */

/** A position on an image grid: rows count down the image, columns along a row. */
export interface RowColumn {
  row: number;
  column: number;
}

/** Higher orders are not met in practice, and the exponent sizes an array. */
const MAX_EXPONENT = 50;

export function readRowColumn(element: XmlElement): RowColumn {
  return { row: element.at('Row').number(), column: element.at('Col').number() };
}

export function readPositiveRowColumn(element: XmlElement): RowColumn {
  return { row: readPositive(element.at('Row')), column: readPositive(element.at('Col')) };
}

export function readPositive(element: XmlElement): number {
  const value = element.number();
  if (value <= 0) throw new SensorModelError(`${element.path} is not positive: ${value}`);
  return value;
}

export function readVector(element: XmlElement): EcefPoint {
  return { x: element.at('X').number(), y: element.at('Y').number(), z: element.at('Z').number() };
}

/** A vector whose length is 1 to within a hundredth; its digits are kept as they are. */
export function readUnitVector(element: XmlElement): EcefPoint {
  const vector = readVector(element);
  if (Math.abs(length(vector) - 1) > 0.01) throw new SensorModelError(`${element.path} is not a unit vector`);
  return vector;
}

export function readPolynomial(element: XmlElement): Polynomial {
  const coefficients: number[] = [];
  for (const coefficient of coefficientsOf(element)) {
    const exponent = readExponent(coefficient, 'exponent1');
    while (coefficients.length <= exponent) coefficients.push(0);
    coefficients[exponent] = coefficient.number();
  }
  return coefficients;
}

export function readPolynomial2D(element: XmlElement): Polynomial2D {
  const rows: number[][] = [];
  for (const coefficient of coefficientsOf(element)) {
    const exponent1 = readExponent(coefficient, 'exponent1');
    const exponent2 = readExponent(coefficient, 'exponent2');
    while (rows.length <= exponent1) rows.push([]);
    const row = rows[exponent1] ?? [];
    while (row.length <= exponent2) row.push(0);
    row[exponent2] = coefficient.number();
  }
  return rows;
}

export function readVectorPolynomial(element: XmlElement): VectorPolynomial {
  return { x: readPolynomial(element.at('X')), y: readPolynomial(element.at('Y')), z: readPolynomial(element.at('Z')) };
}

function coefficientsOf(element: XmlElement): XmlElement[] {
  const coefficients = element.children('Coef');
  if (coefficients.length === 0) throw new SensorModelError(`missing ${element.path}/Coef`);
  return coefficients;
}

function readExponent(element: XmlElement, name: 'exponent1' | 'exponent2'): number {
  const value = element.attribute(name);
  if (value === null) throw new SensorModelError(`missing ${element.path}/@${name}`);
  const exponent = Number(value);
  if (!Number.isInteger(exponent) || exponent < 0 || exponent > MAX_EXPONENT || value.trim() === '') {
    throw new SensorModelError(`${element.path}/@${name} is not an exponent: "${value.slice(0, 40)}"`);
  }
  return exponent;
}
