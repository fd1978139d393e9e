import { histogramFrame, HIGH_PERCENTILE, LOW_PERCENTILE, type BandMeasurement } from './band-measurement.js';

/** Fine buckets to one of the histogram's: percentiles are exact to a 65536th of the band's range. */
const FINE_BUCKETS = 256;

/** Sums over real pixel values; NaN and the infinities count as no data. */
export interface Moments {
  count: number;
  minimum: number;
  maximum: number;
  mean: number;
  /** Sum of the squared distances from the mean. */
  squares: number;
}

export const NO_MOMENTS: Moments = { count: 0, minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY, mean: 0, squares: 0 };

/**
 * The moments with further pixels added. Sums are taken around one of the pixels and joined by pairs
 * (Chan, Golub and LeVeque, 1979), since plain sums of squares lose all digits of values far from zero.
 * @param valid 0 where a pixel holds no data; null when all do.
 */
export function withValues(moments: Moments, values: ArrayLike<number>, valid: Uint8Array | null): Moments {
  let { minimum, maximum } = moments;
  let count = 0;
  let origin = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (!Number.isFinite(value) || (valid !== null && valid[i] === 0)) continue;
    if (count === 0) origin = value;
    count++;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
    const distance = value - origin;
    sum += distance;
    squares += distance * distance;
  }
  if (count === 0) return moments;
  const added = { count, mean: origin + sum / count, squares: Math.max(0, squares - (sum * sum) / count) };
  const total = moments.count + count;
  const apart = added.mean - moments.mean;
  return {
    count: total,
    minimum,
    maximum,
    mean: moments.mean + apart * (count / total),
    squares: moments.squares + added.squares + apart * apart * moments.count * (count / total),
  };
}

/** Collects, in a second pass over the same pixels, what needs the range of values to be known. */
export interface Distribution {
  add(values: ArrayLike<number>, valid: Uint8Array | null): void;
  measure(pixelCount: number): Omit<BandMeasurement, 'isApproximate'>;
}

export function createDistribution(moments: Moments): Distribution {
  const { minimum, maximum, count: validCount } = moments;
  const frame = histogramFrame(minimum, maximum, false);
  const fineWidth = (frame.maximum - frame.minimum) / (frame.buckets * FINE_BUCKETS);
  const scale = 1 / fineWidth;
  const fine = new Float64Array(frame.buckets * FINE_BUCKETS);

  const valueAtShare = (share: number): number => {
    let seen = 0;
    const bucket = fine.findIndex((count) => (seen += count) >= share * validCount && count > 0);
    return Math.min(maximum, Math.max(minimum, frame.minimum + (bucket + 0.5) * fineWidth));
  };

  return {
    add(values, valid) {
      if (validCount === 0) return;
      for (let i = 0; i < values.length; i++) {
        const value = values[i] ?? Number.NaN;
        if (!Number.isFinite(value) || (valid !== null && valid[i] === 0)) continue;
        // A range so wide or so narrow that the division loses itself puts all into the outer buckets.
        const bucket = Math.min(fine.length - 1, Math.max(0, Math.floor((value - frame.minimum) * scale))) || 0;
        fine[bucket] = (fine[bucket] ?? 0) + 1;
      }
    },
    measure(pixelCount) {
      if (validCount === 0) return { statistics: null, histogram: null, validFraction: 0 };
      const counts = Array.from({ length: frame.buckets }, (_, bucket) =>
        fine.subarray(bucket * FINE_BUCKETS, (bucket + 1) * FINE_BUCKETS).reduce((sum, count) => sum + count, 0),
      );
      return {
        statistics: {
          minimum,
          maximum,
          mean: moments.mean,
          standardDeviation: Math.sqrt(moments.squares / validCount),
          percentile2: valueAtShare(LOW_PERCENTILE),
          percentile98: valueAtShare(HIGH_PERCENTILE),
        },
        histogram: { minimum: frame.minimum, maximum: frame.maximum, counts },
        validFraction: validCount / pixelCount,
      };
    },
  };
}
