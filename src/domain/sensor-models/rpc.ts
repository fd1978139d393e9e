import { SensorModelError } from './errors.js';
import { longitudeNear } from './geodetic.js';
import { solveNewton } from './newton.js';
import type { GroundPoint, ImagePoint, SensorModel } from './sensor-model.js';

/** Subtracted from a value, and then divided out of it, to bring it to about ±1. */
export interface Normalisation {
  offset: number;
  scale: number;
}

/**
 * Rational polynomial coefficients with RPC00B's order of terms:
 * 1, L, P, H, LP, LH, PH, L², P², H², LPH, L³, LP², LH², L²P, P³, PH², L²H, P²H, H³
 * of the normalised longitude L, latitude P (degrees) and height above the ellipsoid H (metres).
 */
export interface RpcCoefficients {
  /** Image row; 0 is the centre of the first one. */
  line: Normalisation;
  /** Image column; 0 is the centre of the first one. */
  sample: Normalisation;
  latitude: Normalisation;
  longitude: Normalisation;
  height: Normalisation;
  lineNumerator: readonly number[];
  lineDenominator: readonly number[];
  sampleNumerator: readonly number[];
  sampleDenominator: readonly number[];
}

export const RPC_TERM_COUNT = 20;
/** RPCs count pixel centres at whole numbers; an ImagePoint has them at halves. */
const PIXEL_CENTRE = 0.5;
const TOLERANCE_PIXELS = 1e-6;

/**
 * The rational polynomial model: ratios of cubics for line and sample (STDI-0002 Volume 1,
 * Appendix E, "RPC00B": line = LINE_OFF + LINE_SCALE · numerator / denominator, and so for sample),
 * inverted by Newton's method at a given height, or at HEIGHT_OFF. Ground points far outside, where
 * a denominator changes its sign, have no image. Longitudes are taken from either side of the
 * antimeridian and come out beside LONG_OFF.
 * @throws SensorModelError when the coefficients are not 20 numbers each, a scale is zero, or a
 * denominator vanishes in the middle of the image.
 */
export function createRpcModel(coefficients: RpcCoefficients): SensorModel {
  const { line, sample, latitude, longitude, height } = coefficients;
  const rows = checkedRatio('line', coefficients.lineNumerator, coefficients.lineDenominator);
  const columns = checkedRatio('sample', coefficients.sampleNumerator, coefficients.sampleDenominator);
  for (const [name, { offset, scale }] of Object.entries({ line, sample, latitude, longitude, height })) {
    if (!Number.isFinite(offset) || !Number.isFinite(scale) || scale === 0) {
      throw new SensorModelError(`The RPC's ${name} offset ${offset} and scale ${scale} are of no use.`);
    }
  }
  const middleLongitude = longitudeNear(longitude.offset, 0);

  function project(l: number, p: number, h: number): ImagePoint | null {
    const terms = cubicTerms(l, p, h);
    const row = ratioAt(rows, terms);
    const column = ratioAt(columns, terms);
    if (row === null || column === null) return null;
    return {
      x: sample.offset + sample.scale * column + PIXEL_CENTRE,
      y: line.offset + line.scale * row + PIXEL_CENTRE,
    };
  }

  function worldToImage(ground: GroundPoint): ImagePoint | null {
    return project(
      (longitudeNear(ground.longitude, middleLongitude) - middleLongitude) / longitude.scale,
      (ground.latitude - latitude.offset) / latitude.scale,
      (ground.heightMetres - height.offset) / height.scale,
    );
  }

  function imageToWorld({ x, y }: ImagePoint, heightMetres = height.offset): GroundPoint | null {
    const h = (heightMetres - height.offset) / height.scale;
    const solution = solveNewton({
      residual(l, p) {
        const seen = project(l, p, h);
        return seen === null ? null : [seen.x - x, seen.y - y];
      },
      start: [0, 0],
      tolerancePixels: TOLERANCE_PIXELS,
    });
    if (solution === null) return null;
    const ground = {
      longitude: middleLongitude + longitude.scale * solution[0],
      latitude: latitude.offset + latitude.scale * solution[1],
      heightMetres,
    };
    const onEarth = Math.abs(ground.latitude) <= 90 && Math.abs(ground.longitude - middleLongitude) <= 180;
    return onEarth ? ground : null;
  }

  return { name: 'rpc', precision: 'precise', referenceHeightMetres: height.offset, imageToWorld, worldToImage };
}

interface Ratio {
  numerator: readonly number[];
  denominator: readonly number[];
  /** The denominator's sign in the middle of the image. */
  sign: number;
}

function checkedRatio(name: string, numerator: readonly number[], denominator: readonly number[]): Ratio {
  for (const coefficients of [numerator, denominator]) {
    if (coefficients.length !== RPC_TERM_COUNT || !coefficients.every(Number.isFinite)) {
      throw new SensorModelError(`The RPC's ${name} polynomials need ${RPC_TERM_COUNT} numbers each.`);
    }
  }
  const sign = Math.sign(denominator[0] ?? NaN);
  if (sign === 0) throw new SensorModelError(`The RPC's ${name} denominator vanishes in the middle of the image.`);
  return { numerator, denominator, sign };
}

function ratioAt({ numerator, denominator, sign }: Ratio, terms: readonly number[]): number | null {
  const below = dot(denominator, terms);
  const value = dot(numerator, terms) / below;
  return below * sign > 0 && Number.isFinite(value) ? value : null;
}

function cubicTerms(l: number, p: number, h: number): readonly number[] {
  return [
    1, l, p, h, l * p, l * h, p * h, l * l, p * p, h * h,
    l * p * h, l * l * l, l * p * p, l * h * h, l * l * p, p * p * p, p * h * h, l * l * h, p * p * h, h * h * h,
  ];
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? NaN) * (b[i] ?? NaN);
  return sum;
}
