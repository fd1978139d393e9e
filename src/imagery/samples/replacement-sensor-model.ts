import type { LonLat } from './recipe.js';

/**
 * The RSM records (STDI-0002 Volume 1, Appendix U) of a camera that can be inverted by hand: with X, Y, Z the normalised
 * longitude, latitude and height,
 *
 *   column = 160 + 160·(X + 0.1·Y + 0.05·Z)
 *   row    = 120 + 120·(0.1·X − Y + 0.02·Z)
 *
 * so that at the reference height (Z = 0) both are linear in longitude and latitude.
 */
export const RSM_HEIGHT_METRES = 250;

const MIDDLE = { longitude: 174.8, latitude: -41.3 };
const HALF_SPAN = { longitude: 0.011, latitude: 0.008, heightMetres: 400 };
const IMAGE = { row: 120, column: 160 };

const IDENTITY = 'SAMPLE'.padEnd(80) + 'FIRST'.padEnd(40);
const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const blank = (length: number): string => ' '.repeat(length);
const count = (value: number, length: number): string => `${value}`.padStart(length, '0');

/** A real number as the records have it: 21 characters, ±d.ddddddddddddddE±dd. */
function real(value: number): string {
  const [digits = '', power = ''] = Math.abs(value).toExponential(14).split('e');
  return `${value < 0 ? '-' : '+'}${digits}E${power.startsWith('-') ? '-' : '+'}${power.slice(1).padStart(2, '0')}`;
}

/** RSMIDA and RSMPCA by name. */
export function replacementSensorModel(width: number, height: number): Record<string, string> {
  const [low, high] = [RSM_HEIGHT_METRES - HALF_SPAN.heightMetres, RSM_HEIGHT_METRES + HALF_SPAN.heightMetres];
  const vertices = [low, high].flatMap((z) =>
    [-1, 1].flatMap((south) => [-1, 1].map((west) => [radians(MIDDLE.longitude + west * HALF_SPAN.longitude), radians(MIDDLE.latitude + south * HALF_SPAN.latitude), z])),
  );
  const identification = [
    IDENTITY, blank(120), blank(21), blank(58),
    'G', blank(12 * 21),
    vertices.flat().map(real).join(''),
    [radians(MIDDLE.longitude), radians(MIDDLE.latitude), RSM_HEIGHT_METRES].map(real).join(''),
    blank(16),
    [0, height - 1, 0, width - 1].map((value) => count(value, 8)).join(''),
    blank(21 * 21),
  ];
  // Terms 1, X, Y, XY, Z, XZ, YZ, XYZ; the denominators are 1.
  const polynomial = (powers: string, coefficients: readonly number[]): string => powers + count(coefficients.length, 3) + coefficients.map(real).join('');
  const polynomials = [
    IDENTITY, '001', '001', blank(42),
    [IMAGE.row, IMAGE.column, radians(MIDDLE.longitude), radians(MIDDLE.latitude), RSM_HEIGHT_METRES].map(real).join(''),
    [IMAGE.row, IMAGE.column, radians(HALF_SPAN.longitude), radians(HALF_SPAN.latitude), HALF_SPAN.heightMetres].map(real).join(''),
    polynomial('111', [0, 0.1, -1, 0, 0.02, 0, 0, 0]), polynomial('000', [1]),
    polynomial('111', [0, 1, 0.1, 0, 0.05, 0, 0, 0]), polynomial('000', [1]),
  ];
  return { RSMIDA: identification.join(''), RSMPCA: polynomials.join('') };
}

/** Where the camera sees a pixel position, at the reference height; RSM counts as these do, from the outer corner. */
export function rsmGroundOf(x: number, y: number): LonLat {
  const [column, row] = [(x - IMAGE.column) / IMAGE.column, (y - IMAGE.row) / IMAGE.row];
  return [MIDDLE.longitude + (HALF_SPAN.longitude * (column + 0.1 * row)) / 1.01, MIDDLE.latitude + (HALF_SPAN.latitude * (0.1 * column - row)) / 1.01];
}
