import { cornersOf, type Georeference } from './georeferences.js';
import type { LonLat } from './recipe.js';

/**
 * A rational polynomial camera (RPC00B, STDI-0002 vol. 1 appendix E) that can be
 * inverted by hand: with L, P, H the normalised longitude, latitude and height,
 *
 *   sample = (L + 0.1·P + 0.05·H) / (1 + 0.01·H)
 *   line   = (0.1·L − P + 0.02·H) / (1 − 0.01·H)
 *
 * so that at HEIGHT_OFF (H = 0) both are linear. Every number fits into the
 * digits that the RPC00B record has for it.
 */
const OFFSETS = { line: 120, sample: 160, latitude: 35.25, longitude: -106.5, height: 1600 };
const SCALES = { line: 120, sample: 160, latitude: 0.012, longitude: 0.016, height: 500 };

/** Terms in the order of RPC00B: 1, L, P, H and sixteen of higher degree. */
const coefficients = (constant: number, l: number, p: number, h: number): string =>
  [constant, l, p, h, ...Array<number>(16).fill(0)].join(' ');

const RPC_ITEMS = {
  ERR_BIAS: '1',
  ERR_RAND: '1',
  LINE_OFF: `${OFFSETS.line}`,
  SAMP_OFF: `${OFFSETS.sample}`,
  LAT_OFF: `${OFFSETS.latitude}`,
  LONG_OFF: `${OFFSETS.longitude}`,
  HEIGHT_OFF: `${OFFSETS.height}`,
  LINE_SCALE: `${SCALES.line}`,
  SAMP_SCALE: `${SCALES.sample}`,
  LAT_SCALE: `${SCALES.latitude}`,
  LONG_SCALE: `${SCALES.longitude}`,
  HEIGHT_SCALE: `${SCALES.height}`,
  LINE_NUM_COEFF: coefficients(0, 0.1, -1, 0.02),
  LINE_DEN_COEFF: coefficients(1, 0, 0, -0.01),
  SAMP_NUM_COEFF: coefficients(0, 1, 0.1, 0.05),
  SAMP_DEN_COEFF: coefficients(1, 0, 0, 0.01),
};

/** The camera above, in GDAL's `RPC` metadata domain; it looks at an image of 320 × 240 pixels near Albuquerque. */
export const rationalPolynomials: Georeference = {
  apply(_gdal, dataset) {
    dataset.setMetadata(RPC_ITEMS, 'RPC');
  },
  truth: (width, height) => ({
    kind: 'rpc',
    heightMetres: OFFSETS.height,
    corners: cornersOf(width, height, groundOf),
  }),
};

/** Where the camera sees a pixel position, at HEIGHT_OFF. */
export function groundOf(x: number, y: number): LonLat {
  // RPCs count from the centre of the first pixel.
  const sample = (x - 0.5 - OFFSETS.sample) / SCALES.sample;
  const line = (y - 0.5 - OFFSETS.line) / SCALES.line;
  const longitude = (sample + 0.1 * line) / 1.01;
  const latitude = (0.1 * sample - line) / 1.01;
  return [OFFSETS.longitude + SCALES.longitude * longitude, OFFSETS.latitude + SCALES.latitude * latitude];
}
