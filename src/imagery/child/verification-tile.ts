import gdal from 'gdal-async';
import { messageOf, ViewpointError } from '../../domain/errors.js';
import { adjustedRange, histogramOf, rangeHistogramBuckets, toBytes, type PixelRange } from '../../domain/range-adjustment.js';
import type { RangeAdjustment } from '../../domain/viewpoint.js';
import { verificationBands } from './verification-bands.js';

/** Longest edge, in pixels, of the reduced image that a band's histogram is taken from. */
const HISTOGRAM_EDGE = 1024;
const TILE_PATH = '/vsimem/verification-tile.png';
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Proves that the tile server will be able to serve the image: makes the PNG tile of window [0, 0, tileSize, tileSize],
 * 8-bit with the range adjustment applied.
 * @returns the tile's size in bytes.
 * @throws ViewpointError `image_corrupt` when no tile can be made.
 */
export async function makeVerificationTile(dataset: gdal.Dataset, tileSize: number, adjustment: RangeAdjustment): Promise<number> {
  const width = Math.min(tileSize, dataset.rasterSize.x);
  const height = Math.min(tileSize, dataset.rasterSize.y);
  try {
    const bands = verificationBands(dataset);
    const tile = gdal.drivers.get('MEM').create('', width, height, bands.length, gdal.GDT_Byte);
    for (const [index, band] of bands.entries()) {
      const values = await band.pixels.readAsync<Float64Array>(0, 0, width, height, undefined, { type: gdal.GDT_Float64 });
      await tile.bands.get(index + 1).pixels.writeAsync(0, 0, width, height, toBytes(values, await bandRange(band, adjustment)));
    }
    return await encodePng(tile);
  } catch (error) {
    throw new ViewpointError('image_corrupt', `No tile can be made of the image: ${messageOf(error)}`, { cause: error });
  }
}

async function bandRange(band: gdal.RasterBand, adjustment: RangeAdjustment): Promise<PixelRange | null> {
  if (adjustment === 'NONE' || band.colorInterpretation === 'Alpha') return null;
  const statistics = storedStatistics(band);
  if (statistics === null) return null; // no valid pixel
  const { x, y } = band.size;
  const shrink = Math.min(1, HISTOGRAM_EDGE / Math.max(x, y));
  const values = await band.pixels.readAsync<Float64Array>(0, 0, x, y, undefined, {
    type: gdal.GDT_Float64,
    buffer_width: Math.max(1, Math.round(x * shrink)),
    buffer_height: Math.max(1, Math.round(y * shrink)),
  });
  const buckets = rangeHistogramBuckets(statistics.minimum, statistics.maximum, isFloatingPoint(band));
  return adjustedRange(histogramOf(withoutNoData(values, band.noDataValue), statistics.minimum, statistics.maximum, buckets), adjustment);
}

function storedStatistics(band: gdal.RasterBand): PixelRange | null {
  const { STATISTICS_MINIMUM: minimum, STATISTICS_MAXIMUM: maximum } = band.getMetadata() as Record<string, string | undefined>;
  return minimum === undefined || maximum === undefined ? null : { minimum: Number(minimum), maximum: Number(maximum) };
}

function isFloatingPoint(band: gdal.RasterBand): boolean {
  return /Float/.test(band.dataType ?? '');
}

function* withoutNoData(values: Iterable<number>, noData: number | null): Iterable<number> {
  for (const value of values) if (value !== noData) yield value;
}

async function encodePng(tile: gdal.Dataset): Promise<number> {
  (await gdal.drivers.get('PNG').createCopyAsync(TILE_PATH, tile)).close();
  const png = gdal.vsimem.release(TILE_PATH);
  if (!png.subarray(0, PNG_SIGNATURE.length).equals(PNG_SIGNATURE)) throw new Error('the PNG encoder wrote no PNG file');
  return png.length;
}
