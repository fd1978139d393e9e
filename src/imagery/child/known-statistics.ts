import type gdal from 'gdal-async';
import type { BandMeasurement } from '../../domain/statistics/band-measurement.js';
import { readSideFileStatistics } from './side-file-statistics.js';
import { isComplete, storedStatistics, type StoredStatistics } from './stored-statistics.js';

/** What is known of a band's values: at least their range. */
export type KnownStatistics = Pick<StoredStatistics, 'minimum' | 'maximum'> & Partial<StoredStatistics>;

/**
 * The statistics of an image's bands by number, wherever they are kept: with GDAL, in the `.aux.xml` of a format whose
 * driver does not look there, or in measurements that have not been written yet. A band without any is left out.
 */
export async function knownStatistics(
  dataset: gdal.Dataset,
  imagePath: string,
  measurements: ReadonlyMap<number, BandMeasurement> | null = null,
): Promise<Map<number, KnownStatistics>> {
  const known = new Map<number, KnownStatistics>(measurements === null ? await readSideFileStatistics(imagePath) : []);
  for (const [bandNumber, { statistics }] of measurements ?? []) if (statistics !== null) known.set(bandNumber, statistics);
  dataset.bands.forEach((band, bandNumber) => {
    const stored = storedStatistics(band);
    if (stored !== null && (isComplete(stored) || !known.has(bandNumber))) known.set(bandNumber, stored);
  });
  return known;
}
