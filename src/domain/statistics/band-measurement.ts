/** The pixel counts of one band: bucket `i` of `counts` covers the i-th equal part of [minimum, maximum]. */
export interface BandHistogram {
  minimum: number;
  maximum: number;
  counts: readonly number[];
}

/** What the valid pixels of a band amount to. Percentiles are pixel values below which 2 % and 98 % of them lie. */
export interface BandStatistics {
  minimum: number;
  maximum: number;
  mean: number;
  /** Of the population, as GDAL's: divided by the number of pixels. */
  standardDeviation: number;
  percentile2: number;
  percentile98: number;
}

/** One band, measured over some or all of its pixels. */
export interface BandMeasurement {
  /** Null for a band without a valid pixel. */
  statistics: BandStatistics | null;
  /** In the shape of GDAL's default histogram; null along with the statistics. */
  histogram: BandHistogram | null;
  /** Share of the pixels that are valid, 0 to 1. */
  validFraction: number;
  /** True when the pixels were those of an overview. */
  isApproximate: boolean;
}

/** Buckets of GDAL's default histogram. */
export const HISTOGRAM_BUCKETS = 256;
export const LOW_PERCENTILE = 0.02;
export const HIGH_PERCENTILE = 0.98;

/**
 * Ends and number of the buckets of GDAL's default histogram (GDALRasterBand::GetDefaultHistogram): one per value for
 * Byte, else 256 of which the first and last are centred on the least and greatest value, and a single one for a
 * constant band.
 */
export function histogramFrame(minimum: number, maximum: number, isByte: boolean): { minimum: number; maximum: number; buckets: number } {
  if (isByte) return { minimum: -0.5, maximum: 255.5, buckets: HISTOGRAM_BUCKETS };
  if (minimum === maximum) return { minimum: minimum - 0.5, maximum: maximum + 0.5, buckets: 1 };
  const halfBucket = (maximum - minimum) / (2 * (HISTOGRAM_BUCKETS - 1));
  return { minimum: minimum - halfBucket, maximum: maximum + halfBucket, buckets: HISTOGRAM_BUCKETS };
}
