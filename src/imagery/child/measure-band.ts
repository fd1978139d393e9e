import type { BandMeasurement } from '../../domain/statistics/band-measurement.js';
import { createDistribution, NO_MOMENTS, withValues } from '../../domain/statistics/real-values.js';
import { addValues, emptyValueCounts, measureCounts } from '../../domain/statistics/value-counts.js';
import { stripsOf, type BandReader, type Pixels } from './band-reader.js';

/** Pixels held in memory at a time, twice: those that are counted and those that are read meanwhile. */
const STRIP_PIXELS = 1 << 20;

/**
 * Measures all pixels of a band: exactly where its type has few values, which takes one pass; else in two passes,
 * with percentiles to a 65536th of the range.
 * @throws ViewpointError `image_corrupt` when pixels cannot be read.
 */
export async function measureBand(reader: BandReader): Promise<Omit<BandMeasurement, 'isApproximate'>> {
  const pixelCount = reader.width * reader.height;
  const { wholeNumbers } = reader;
  if (wholeNumbers !== null) {
    const counts = emptyValueCounts(wholeNumbers.first, wholeNumbers.count);
    await forEachStrip(reader, ({ values, valid }) => addValues(counts, values, valid));
    return measureCounts(counts, pixelCount, reader.isByte);
  }
  let moments = NO_MOMENTS;
  await forEachStrip(reader, ({ values, valid }) => (moments = withValues(moments, values, valid)));
  const distribution = createDistribution(moments);
  if (moments.count > 0) await forEachStrip(reader, ({ values, valid }) => distribution.add(values, valid));
  return distribution.measure(pixelCount);
}

/** Reads each strip while the one before is worked on. */
async function forEachStrip(reader: BandReader, work: (pixels: Pixels) => void): Promise<void> {
  let coming: Promise<Pixels> | undefined;
  for (const strip of stripsOf(reader, STRIP_PIXELS)) {
    const pixels = await coming;
    coming = reader.read(strip);
    // A failure is reported by the next await, after this strip's work.
    coming.catch(() => undefined);
    if (pixels !== undefined) work(pixels);
  }
  if (coming !== undefined) work(await coming);
}
