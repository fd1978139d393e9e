import type { RangeAdjustment } from './viewpoint.js';

/** The pixel counts of one band: bucket `i` of `counts` covers the i-th equal part of [minimum, maximum]. */
export interface BandHistogram {
  minimum: number;
  maximum: number;
  counts: readonly number[];
}

/** The pixel values that become black and white. */
export interface PixelRange {
  minimum: number;
  maximum: number;
}

const FLOATING_POINT_BUCKETS = 255;
const LOW_QUANTILE = 0.02;
const HIGH_QUANTILE = 0.98;
const BELOW_LOW = 0.2;
const ABOVE_HIGH = 0.4;

/** Number of buckets of the histogram that a range adjustment goes by: one per integer step, 255 for floating point. */
export function rangeHistogramBuckets(minimum: number, maximum: number, isFloatingPoint: boolean): number {
  return isFloatingPoint ? FLOATING_POINT_BUCKETS : Math.max(1, Math.floor(maximum - minimum));
}

/**
 * The histogram of pixel values over [minimum, maximum]; what lies outside counts in the first or last bucket,
 * and NaN counts nowhere.
 */
export function histogramOf(values: Iterable<number>, minimum: number, maximum: number, buckets: number): BandHistogram {
  const counts = new Array<number>(buckets).fill(0);
  const scale = maximum > minimum ? buckets / (maximum - minimum) : 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const bucket = Math.min(buckets - 1, Math.max(0, Math.floor((value - minimum) * scale)));
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  return { minimum, maximum, counts };
}

/**
 * The range of pixel values that an adjustment maps onto the output range; null for NONE and for a band without pixels.
 * MINMAX spans the non-empty buckets. DRA (dynamic range adjustment) takes the buckets that hold 2 % and 98 % of the
 * pixels, widens them by 0.2 and 0.4 of their distance and stays within the non-empty buckets.
 */
export function adjustedRange(histogram: BandHistogram, adjustment: RangeAdjustment): PixelRange | null {
  if (adjustment === 'NONE') return null;
  const { counts } = histogram;
  const first = counts.findIndex((count) => count > 0);
  if (first === -1) return null;
  const last = counts.findLastIndex((count) => count > 0);
  if (adjustment === 'MINMAX') return pixelRange(histogram, first, last);

  const cumulative = cumulativeFractions(counts);
  const low = cumulative.findIndex((fraction) => fraction >= LOW_QUANTILE);
  // One bucket that holds more than 96 % of the pixels would put the high end below the low one.
  const high = Math.max(low, cumulative.findLastIndex((fraction) => fraction <= HIGH_QUANTILE));
  const spread = high - low;
  return pixelRange(histogram, Math.max(first, low - BELOW_LOW * spread), Math.min(last, high + ABOVE_HIGH * spread));
}

function cumulativeFractions(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  return counts.map((count) => (seen += count) / total);
}

function pixelRange(histogram: BandHistogram, lowBucket: number, highBucket: number): PixelRange {
  const bucketWidth = (histogram.maximum - histogram.minimum) / histogram.counts.length;
  return {
    minimum: histogram.minimum + lowBucket * bucketWidth,
    maximum: histogram.minimum + highBucket * bucketWidth,
  };
}

/**
 * Pixel values as 8-bit ones: `range` mapped linearly onto 0 to 255 (without one, values as they are), clamped and
 * rounded to the nearest, halves up. A range of no width makes what is above it white and the rest black; NaN is 0.
 */
export function toBytes(values: ArrayLike<number>, range: PixelRange | null): Uint8Array {
  const bytes = new Uint8Array(values.length);
  const minimum = range?.minimum ?? 0;
  const width = range === null ? 255 : range.maximum - range.minimum;
  for (let i = 0; i < bytes.length; i++) {
    const above = (values[i] ?? 0) - minimum;
    // Division last, so that what lies halfway by the formula is rounded up.
    bytes[i] = above > 0 ? Math.min(255, Math.floor((above * 255) / width + 0.5)) : 0;
  }
  return bytes;
}
