import { SensorModelError } from '../errors.js';
import type { Normalisation } from '../rpc.js';
import type { RsmPoint } from './rsmida.js';
import type { PowerPolynomial, Rsmpca } from './rsmpca.js';
import type { RowColumn } from './section-index.js';

/** From RSM ground coordinates to the image; null where that is undefined. */
export type GroundToImage = (point: RsmPoint) => RowColumn | null;

/**
 * The rational polynomials of one RSMPCA: each image coordinate is its offset plus its scale times
 * numerator over denominator, at ground coordinates normalised likewise (STDI-0002 Volume 1,
 * Appendix U, section 7.2). Undefined where a denominator has another sign than in the middle.
 * @throws SensorModelError when a denominator vanishes in the middle.
 */
export function createPolynomialFunction(section: Rsmpca): GroundToImage {
  const signOf = (denominator: PowerPolynomial): number => {
    const sign = Math.sign(denominator.coefficients[0] ?? NaN);
    if (sign !== 0) return sign;
    throw new SensorModelError(`A denominator of RSMPCA ${section.rowSection}, ${section.columnSection} vanishes in the middle.`);
  };
  const rowSign = signOf(section.rowDenominator);
  const columnSign = signOf(section.columnDenominator);

  return (point) => {
    const x = normalised(point.x, section.x);
    const y = normalised(point.y, section.y);
    const z = normalised(point.z, section.z);
    const rowBelow = evaluate(section.rowDenominator, x, y, z);
    const columnBelow = evaluate(section.columnDenominator, x, y, z);
    if (!(rowBelow * rowSign > 0) || !(columnBelow * columnSign > 0)) return null;
    const row = section.row.offset + (section.row.scale * evaluate(section.rowNumerator, x, y, z)) / rowBelow;
    const column = section.column.offset + (section.column.scale * evaluate(section.columnNumerator, x, y, z)) / columnBelow;
    return Number.isFinite(row) && Number.isFinite(column) ? { row, column } : null;
  };
}

function normalised(value: number, { offset, scale }: Normalisation): number {
  return (value - offset) / scale;
}

/** Horner's scheme, nested for z, y and x, from the last coefficient to the first. */
function evaluate({ maximumPowers: [xPower, yPower, zPower], coefficients }: PowerPolynomial, x: number, y: number, z: number): number {
  let index = coefficients.length;
  let value = 0;
  for (let k = 0; k <= zPower; k++) {
    let inY = 0;
    for (let j = 0; j <= yPower; j++) {
      let inX = 0;
      for (let i = 0; i <= xPower; i++) inX = inX * x + (coefficients[--index] ?? NaN);
      inY = inY * y + inX;
    }
    value = value * z + inY;
  }
  return value;
}
