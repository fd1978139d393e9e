import { histogramFrame, HIGH_PERCENTILE, LOW_PERCENTILE, type BandMeasurement, type BandStatistics } from './band-measurement.js';

/** How often each whole number from `firstValue` on occurs. */
export interface ValueCounts {
  readonly firstValue: number;
  readonly counts: Float64Array;
}

export function emptyValueCounts(firstValue: number, valueCount: number): ValueCounts {
  return { firstValue, counts: new Float64Array(valueCount) };
}

/**
 * Counts pixel values, all of which must lie within the counts' span.
 * @param valid 0 where a pixel holds no data; null when all do.
 */
export function addValues({ firstValue, counts }: ValueCounts, values: ArrayLike<number>, valid: Uint8Array | null): void {
  for (let i = 0; i < values.length; i++) {
    if (valid !== null && valid[i] === 0) continue;
    const at = (values[i] ?? 0) - firstValue;
    counts[at] = (counts[at] ?? 0) + 1;
  }
}

/** What the counts amount to, exactly: percentiles by nearest rank, the least value that reaches the share. */
export function measureCounts(values: ValueCounts, pixelCount: number, isByte: boolean): Omit<BandMeasurement, 'isApproximate'> {
  const { firstValue, counts } = values;
  const validCount = counts.reduce((sum, count) => sum + count, 0);
  if (validCount === 0) return { statistics: null, histogram: null, validFraction: 0 };

  const minimum = firstValue + counts.findIndex((count) => count > 0);
  const maximum = firstValue + counts.findLastIndex((count) => count > 0);
  const statistics: BandStatistics = {
    minimum,
    maximum,
    ...moments(values, validCount),
    percentile2: valueAtShare(values, LOW_PERCENTILE * validCount),
    percentile98: valueAtShare(values, HIGH_PERCENTILE * validCount),
  };
  return { statistics, histogram: { ...bucketsOf(values, minimum, maximum, isByte) }, validFraction: validCount / pixelCount };
}

function moments({ firstValue, counts }: ValueCounts, validCount: number): Pick<BandStatistics, 'mean' | 'standardDeviation'> {
  const sum = counts.reduce((total, count, index) => total + count * (firstValue + index), 0);
  const mean = sum / validCount;
  const squares = counts.reduce((total, count, index) => total + count * (firstValue + index - mean) ** 2, 0);
  return { mean, standardDeviation: Math.sqrt(squares / validCount) };
}

function valueAtShare({ firstValue, counts }: ValueCounts, wanted: number): number {
  let seen = 0;
  return firstValue + counts.findIndex((count) => (seen += count) >= wanted && count > 0);
}

function bucketsOf({ firstValue, counts }: ValueCounts, minimum: number, maximum: number, isByte: boolean) {
  const frame = histogramFrame(minimum, maximum, isByte);
  const buckets = new Array<number>(frame.buckets).fill(0);
  const scale = frame.buckets / (frame.maximum - frame.minimum);
  for (let value = minimum; value <= maximum; value++) {
    const bucket = Math.floor((value - frame.minimum) * scale);
    buckets[bucket] = (buckets[bucket] ?? 0) + (counts[value - firstValue] ?? 0);
  }
  return { minimum: frame.minimum, maximum: frame.maximum, counts: buckets };
}
