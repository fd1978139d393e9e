import { join } from 'node:path';
import gdal from 'gdal-async';
import { withSideMetadata } from '../../src/imagery/samples/write-raster.js';

export interface RasterFixture {
  width: number;
  height: number;
  type: string;
  /** Pixels of each band, row by row. */
  bands: readonly (ArrayLike<number> & Iterable<number>)[];
  options?: Record<string, string | number>;
  noData?: number;
  /** Last touches before the pixels are written. */
  prepare?: (dataset: gdal.Dataset) => void;
  /** Last touches after that. */
  finish?: (dataset: gdal.Dataset) => void;
}

/** Writes a GeoTIFF of given pixels, and nothing beside it; returns its path. */
export function writeGeoTiff(folder: string, { width, height, type, bands, options = {}, noData, prepare, finish }: RasterFixture): string {
  const path = join(folder, 'image.tif');
  withSideMetadata(gdal, false, () => {
    const dataset = gdal.drivers.get('GTiff').create(path, width, height, bands.length, type, options);
    for (const band of dataset.bands) if (noData !== undefined) band.noDataValue = noData;
    prepare?.(dataset);
    for (const [index, pixels] of bands.entries()) dataset.bands.get(index + 1).pixels.write(0, 0, width, height, Float64Array.from(pixels));
    finish?.(dataset);
    dataset.close();
  });
  return path;
}

/** Whole numbers from 0 up to, not including, `limit`, the same each time (Lehmer's generator of 1988). */
export function noise(count: number, limit: number): number[] {
  let state = 42;
  return Array.from({ length: count }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  });
}
