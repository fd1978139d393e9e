import type { RangeAdjustment } from './viewpoint.js';

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

/** As many buckets as that are counted in an array, and more only where there are pixels: 32-bit values may span 2^32. */
const MOST_DENSE_BUCKETS = 1 << 21;

/** The pixel counts of one band over [minimum, maximum] in so many equal buckets, of which those with pixels are listed. */
export interface RangeHistogram {
  minimum: number;
  maximum: number;
  buckets: number;
  /** In ascending order. */
  filled: readonly (readonly [bucket: number, count: number])[];
}

/**
 * The histogram of pixel values over [minimum, maximum]; what lies outside counts in the first or last bucket,
 * and NaN counts nowhere.
 */
export function histogramOf(values: Iterable<number>, minimum: number, maximum: number, buckets: number): RangeHistogram {
  const scale = maximum > minimum ? buckets / (maximum - minimum) : 0;
  const bucketOf = (value: number): number => Math.min(buckets - 1, Math.max(0, Math.floor((value - minimum) * scale)));
  return { minimum, maximum, buckets, filled: buckets <= MOST_DENSE_BUCKETS ? countedDensely(values, bucketOf, buckets) : countedSparsely(values, bucketOf) };
}

function countedDensely(values: Iterable<number>, bucketOf: (value: number) => number, buckets: number): [number, number][] {
  const counts = new Float64Array(buckets);
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const bucket = bucketOf(value);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  const filled: [number, number][] = [];
  counts.forEach((count, bucket) => count > 0 && filled.push([bucket, count]));
  return filled;
}

function countedSparsely(values: Iterable<number>, bucketOf: (value: number) => number): [number, number][] {
  const counts = new Map<number, number>();
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const bucket = bucketOf(value);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return [...counts].sort(([one], [other]) => one - other);
}

/**
 * The range of pixel values that an adjustment maps onto the output range; null for NONE and for a band without pixels.
 * MINMAX spans the non-empty buckets. DRA (dynamic range adjustment) takes the buckets that hold 2 % and 98 % of the
 * pixels, widens them by 0.2 and 0.4 of their distance and stays within the non-empty buckets.
 */
export function adjustedRange(histogram: RangeHistogram, adjustment: RangeAdjustment): PixelRange | null {
  if (adjustment === 'NONE') return null;
  const [first, last] = [histogram.filled[0]?.[0], histogram.filled.at(-1)?.[0]];
  if (first === undefined || last === undefined) return null;
  if (adjustment === 'MINMAX') return pixelRange(histogram, first, last);

  const total = histogram.filled.reduce((sum, [, count]) => sum + count, 0);
  let [seen, low, high]: [number, number | null, number] = [0, null, first];
  for (const [bucket, count] of histogram.filled) {
    seen += count;
    if (low === null && seen / total >= LOW_QUANTILE) low = bucket;
    if (seen / total <= HIGH_QUANTILE) continue;
    // The last bucket that does not go beyond it, which may be an empty one.
    high = bucket - 1;
    break;
  }
  low ??= first;
  // One bucket that holds more than 96 % of the pixels would put the high end below the low one.
  high = Math.max(low, high);
  const spread = high - low;
  return pixelRange(histogram, Math.max(first, low - BELOW_LOW * spread), Math.min(last, high + ABOVE_HIGH * spread));
}

function pixelRange({ minimum, maximum, buckets }: RangeHistogram, lowBucket: number, highBucket: number): PixelRange {
  const bucketWidth = (maximum - minimum) / buckets;
  return { minimum: minimum + lowBucket * bucketWidth, maximum: minimum + highBucket * bucketWidth };
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
