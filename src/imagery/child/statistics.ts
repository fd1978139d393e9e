import type gdal from 'gdal-async';
import type { BandMeasurement } from '../../domain/statistics/band-measurement.js';
import { openBandReaders } from './band-readers.js';
import { measureBand } from './measure-band.js';
import { isComplete, storedStatistics, storeStatistics } from './stored-statistics.js';

/** Images of at most so many samples are measured in full in any case, which takes a fraction of a second. */
const SMALL_SAMPLES = 1 << 25;
/** The same for images that bring overviews, which need not be read in full otherwise and are costly to decode. */
const SMALL_SAMPLES_WITH_OVERVIEWS = 1 << 22;
/** Pixels of the overview that approximate statistics come from, at least; GDAL's own take 2500. */
const SAMPLED_PIXELS = 1 << 20;

export interface StatisticsOptions {
  /** Measures every pixel, whatever that takes. */
  exact: boolean;
  /** Whether the image came with its overviews. */
  bringsOverviews: boolean;
  onProgress: (fraction: number) => void;
}

/** True when every band brings all that gdalinfo tells of its values, from the image itself or from its `.aux.xml`. */
export function hasStatistics(dataset: gdal.Dataset): boolean {
  return dataset.bands.map((band) => isComplete(storedStatistics(band))).every(Boolean);
}

/**
 * Measures every band: all pixels of small images, those of an overview of large ones. A band without valid pixels
 * gets null statistics; masks, nodata, NaN and infinities count as no data, complex pixels by their magnitude.
 * @returns by band number.
 * @throws ViewpointError `image_corrupt` when pixels cannot be read.
 */
export async function measureBands(dataset: gdal.Dataset, imagePath: string, options: StatisticsOptions): Promise<Map<number, BandMeasurement>> {
  const { x, y } = dataset.rasterSize;
  const small = options.bringsOverviews ? SMALL_SAMPLES_WITH_OVERVIEWS : SMALL_SAMPLES;
  const inFull = options.exact || x * y * dataset.bands.count() <= small;
  const { readers, isOverview, close } = await openBandReaders(dataset, { imagePath, minimumPixels: inFull ? null : SAMPLED_PIXELS, partsPath: `${imagePath}.parts.tif` });
  try {
    const measurements = new Map<number, BandMeasurement>();
    for (const [index, reader] of readers.entries()) {
      measurements.set(index + 1, { ...(await measureBand(reader)), isApproximate: isOverview });
      options.onProgress((index + 1) / readers.length);
    }
    return measurements;
  } finally {
    await close();
  }
}

/** Puts measurements into the bands' metadata; they reach the `.aux.xml` when the dataset closes. */
export function storeMeasurements(dataset: gdal.Dataset, measurements: ReadonlyMap<number, BandMeasurement>): void {
  for (const [bandNumber, measurement] of measurements) storeStatistics(dataset.bands.get(bandNumber), measurement);
}
