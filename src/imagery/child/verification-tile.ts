import type gdal from 'gdal-async';
import type { BandMeasurement } from '../../domain/statistics/band-measurement.js';
import type { RangeAdjustment } from '../../domain/viewpoint.js';
import { adjustedRanges } from './adjusted-ranges.js';
import { createBandReader } from './band-reader.js';
import { openBandReaders } from './band-readers.js';
import { displayBands } from './display-bands.js';
import { knownStatistics } from './known-statistics.js';
import { drawPicture } from './picture.js';
import { encodePng } from './png.js';
import { unreadable } from './read-errors.js';

/** Pixels that the range adjustment is taken from, at least. */
const SAMPLED_PIXELS = 1 << 20;

export interface TileRequest {
  imagePath: string;
  tileSize: number;
  rangeAdjustment: RangeAdjustment;
}

/**
 * Proves that the tile server will be able to serve the image: makes the PNG tile of window [0, 0, tileSize, tileSize],
 * 8-bit with the range adjustment applied. Of complex pixels it shows the real part, as GDAL's own conversion does.
 * @param measurements by band number, where they have not reached the `.aux.xml` yet.
 * @throws ViewpointError `image_corrupt` when no tile can be made.
 */
export async function makeVerificationTile(dataset: gdal.Dataset, { imagePath, tileSize, rangeAdjustment }: TileRequest, measurements: ReadonlyMap<number, BandMeasurement> | null = null): Promise<Buffer> {
  const { x, y } = dataset.rasterSize;
  const shown = displayBands(dataset);
  const adjusted = shown.kind === 'colours' && rangeAdjustment !== 'NONE' ? shown.colours : [];
  try {
    const samples = adjusted.length === 0 ? null : await openBandReaders(dataset, { imagePath, minimumPixels: SAMPLED_PIXELS, partsPath: `${imagePath}.parts.tif` });
    try {
      const ranges = await adjustedRanges(dataset, samples?.readers ?? [], await knownStatistics(dataset, imagePath, measurements), adjusted, rangeAdjustment);
      const readers = dataset.bands.map((band) => createBandReader(band));
      const window = { x: 0, y: 0, width: Math.min(tileSize, x), height: Math.min(tileSize, y) };
      return await encodePng(await drawPicture(dataset, { shown, readers, window, ranges, transparency: false }), 'quick');
    } finally {
      await samples?.close();
    }
  } catch (error) {
    throw unreadable('No tile can be made of the image', error);
  }
}
