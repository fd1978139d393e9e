import type gdal from 'gdal-async';
import { adjustedRange, histogramOf, rangeHistogramBuckets, type PixelRange } from '../../domain/range-adjustment.js';
import type { RangeAdjustment } from '../../domain/viewpoint.js';
import type { BandReader } from './band-reader.js';
import type { KnownStatistics } from './known-statistics.js';

/** Longest edge, in pixels, of the reduced image that a band's histogram is taken from. */
const HISTOGRAM_EDGE = 1024;

/**
 * The range that each of the bands is adjusted to, from its stored statistics and a histogram of a reduced image;
 * a band without valid pixels, and every band with NONE, has none.
 * @param readers by band, starting with band 1.
 * @param known by band number.
 * @throws ViewpointError `image_corrupt` when pixels cannot be read.
 */
export async function adjustedRanges(
  dataset: gdal.Dataset,
  readers: readonly BandReader[],
  known: ReadonlyMap<number, KnownStatistics>,
  bandNumbers: readonly number[],
  adjustment: RangeAdjustment,
): Promise<Map<number, PixelRange>> {
  const ranges = new Map<number, PixelRange>();
  if (adjustment === 'NONE') return ranges;
  for (const bandNumber of bandNumbers) {
    const reader = readers[bandNumber - 1];
    const statistics = known.get(bandNumber);
    if (reader === undefined || statistics === undefined) continue;
    const { minimum, maximum } = statistics;
    const { values, valid } = await readReduced(reader);
    const buckets = rangeHistogramBuckets(minimum, maximum, isFloatingPoint(dataset.bands.get(bandNumber)));
    const range = adjustedRange(histogramOf(validOnes(values, valid), minimum, maximum, buckets), adjustment);
    if (range !== null) ranges.set(bandNumber, range);
  }
  return ranges;
}

function readReduced(reader: BandReader): ReturnType<BandReader['read']> {
  const { width, height } = reader;
  const window = { x: 0, y: 0, width, height };
  const shrink = HISTOGRAM_EDGE / Math.max(width, height);
  if (shrink >= 1) return reader.read(window);
  return reader.read(window, {
    width: Math.max(1, Math.round(width * shrink)),
    height: Math.max(1, Math.round(height * shrink)),
    resampling: 'NearestNeighbour',
  });
}

/** Magnitudes of complex integers are no whole numbers either. */
function isFloatingPoint(band: gdal.RasterBand): boolean {
  return /Float|^C/.test(band.dataType ?? '');
}

function* validOnes(values: ArrayLike<number>, valid: Uint8Array | null): Iterable<number> {
  for (let i = 0; i < values.length; i++) if (valid === null || valid[i] !== 0) yield values[i] ?? Number.NaN;
}
