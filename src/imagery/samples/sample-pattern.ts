import { pixelScale, type PixelScaleName, type SamplePixels } from './pixel-scale.js';
import { createValueNoise, hash, type Octave } from './value-noise.js';

/**
 * What the sample images show: a gradient under smooth noise, as a photograph
 * compresses, and in each corner a patch of one known value per band, which
 * gives away swapped axes, swapped bands and flips.
 */
export interface PatternSpec {
  readonly widthPixels: number;
  readonly heightPixels: number;
  readonly scale: PixelScaleName;
  /** Images of different seeds show different noise. */
  readonly seed: number;
  /** One tone for all that is not corner, instead of the gradient and noise. */
  readonly bodyTone?: number;
  /** Height of the noise from pixel to pixel, in tones; more of it compresses worse. */
  readonly grainTones?: number;
  /** Edge of the corner patches; `cornerPatchPixels` of the size when absent. */
  readonly cornerPixels?: number;
  /** Painted over everything else, in order. */
  readonly fills?: readonly Fill[];
}

/** One value, NaN included, over a window (x, y, width, height) of some or all bands. */
export interface Fill {
  readonly value: number;
  readonly window: readonly [x: number, y: number, width: number, height: number] | 'everything';
  readonly bandNumbers?: readonly number[];
}

export const CORNERS = ['upperLeft', 'upperRight', 'lowerLeft', 'lowerRight'] as const;
export type Corner = (typeof CORNERS)[number];

/** The body stays within these tones, the corners outside of them. */
const BODY_TONES = { darkest: 60, brightest: 200 };
const CORNER_TONES: Record<Corner, number> = { upperLeft: 10, upperRight: 30, lowerLeft: 220, lowerRight: 240 };
const MAX_CORNER_PIXELS = 64;
const DEFAULT_GRAIN_TONES = 3;

/** Brightness, in shares of the body's span, alike in all bands; what overshoots the span is clamped. */
const SHARED_OCTAVES: readonly Octave[] = [
  { cellSizePixels: 512, amplitude: 0.3 },
  { cellSizePixels: 128, amplitude: 0.2 },
  { cellSizePixels: 32, amplitude: 0.15 },
  { cellSizePixels: 8, amplitude: 0.1 },
];
/** Colour: what sets one band apart from the others. */
const BAND_OCTAVES: readonly Octave[] = [{ cellSizePixels: 256, amplitude: 0.3 }];
const GRADIENT_SHARE = 0.4;

/** Edge of the corner patches, in pixels: 64, or a quarter of the shorter side where that is less. */
export function cornerPatchPixels(widthPixels: number, heightPixels: number): number {
  return Math.min(MAX_CORNER_PIXELS, Math.floor(Math.min(widthPixels, heightPixels) / 4));
}

/**
 * The value of a corner patch: distinct for each corner, and for each of up to
 * 12 bands. The upper-left one is the least of its band, the lower-right one
 * the greatest. Two values cannot tell four corners apart, so of a one-bit
 * image the lower-left one alone is 0, which still shows every flip and turn.
 */
export function cornerValue(corner: Corner, bandNumber: number, scale: PixelScaleName): number {
  if (scale === 'bit') return corner === 'lowerLeft' ? 0 : 1;
  return pixelScale(scale).fromTone(CORNER_TONES[corner] + bandNumber);
}

/** The value of the body where `bodyTone` makes it constant. */
export function toneValue(tone: number, scale: PixelScaleName): number {
  return pixelScale(scale).fromTone(tone);
}

export interface Pattern {
  /** Pixels of `rowCount` full rows from `firstRow` on, row by row, in the scale's array type. */
  rows(bandNumber: number, firstRow: number, rowCount: number): SamplePixels;
}

/** The pattern's pixels, made on demand and always the same for the same specification. */
export function createPattern(spec: PatternSpec): Pattern {
  const { widthPixels, heightPixels, scale } = spec;
  const { arrayType, fromTone } = pixelScale(scale);
  const cornerPixels = spec.cornerPixels ?? cornerPatchPixels(widthPixels, heightPixels);

  return {
    rows(bandNumber, firstRow, rowCount) {
      const pixels = new arrayType(widthPixels * rowCount);
      if (spec.bodyTone === undefined) paintPhotograph(pixels, spec, bandNumber, firstRow, fromTone);
      else pixels.fill(fromTone(spec.bodyTone));

      const paint = ([x, y, width, height]: readonly [number, number, number, number], value: number): void => {
        const lastRow = Math.min(y + height, firstRow + rowCount);
        for (let row = Math.max(y, firstRow); row < lastRow; row++) {
          const start = (row - firstRow) * widthPixels + x;
          pixels.fill(value, start, start + width);
        }
      };
      for (const corner of CORNERS) {
        const x = corner.endsWith('Left') ? 0 : widthPixels - cornerPixels;
        const y = corner.startsWith('upper') ? 0 : heightPixels - cornerPixels;
        paint([x, y, cornerPixels, cornerPixels], cornerValue(corner, bandNumber, scale));
      }
      for (const { value, window, bandNumbers } of spec.fills ?? []) {
        if (bandNumbers && !bandNumbers.includes(bandNumber)) continue;
        paint(window === 'everything' ? [0, 0, widthPixels, heightPixels] : window, value);
      }
      return pixels;
    },
  };
}

function paintPhotograph(
  pixels: SamplePixels,
  { widthPixels, heightPixels, seed, grainTones = DEFAULT_GRAIN_TONES }: PatternSpec,
  bandNumber: number,
  firstRow: number,
  fromTone: (tone: number) => number,
): void {
  const bandSeed = hash(seed, bandNumber, 1);
  const addBrightness = createValueNoise(widthPixels, SHARED_OCTAVES, seed);
  const addColour = createValueNoise(widthPixels, BAND_OCTAVES, bandSeed);
  const span = BODY_TONES.brightest - BODY_TONES.darkest;
  const gradientStep = (GRADIENT_SHARE * span) / (widthPixels + heightPixels);
  const grainStep = grainTones / 0x1_0000_0000;
  const shares = new Float64Array(widthPixels);
  const rowCount = pixels.length / widthPixels;

  for (let row = 0, at = 0; row < rowCount; row++) {
    const y = firstRow + row;
    shares.fill(0);
    addBrightness(y, shares);
    addColour(y, shares);
    // Half the gradient's height is taken off so that the noise swings around the middle tone.
    let base = (BODY_TONES.darkest + BODY_TONES.brightest) / 2 - (GRADIENT_SHARE * span) / 2 + y * gradientStep;
    let grain = hash(y, bandSeed, 2) | 1;
    for (let x = 0; x < widthPixels; x++, at++) {
      // Marsaglia's xorshift32: cheap, and never 0 once it is not.
      grain ^= grain << 13;
      grain ^= grain >>> 17;
      grain ^= grain << 5;
      const tone = base + (shares[x] ?? 0) * span + grain * grainStep;
      base += gradientStep;
      pixels[at] = fromTone(tone < BODY_TONES.darkest ? BODY_TONES.darkest : tone > BODY_TONES.brightest ? BODY_TONES.brightest : tone);
    }
  }
}
