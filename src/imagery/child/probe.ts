import gdal from 'gdal-async';
import type { DecoderVersion } from '../protocol.js';

/** The GDAL that this process runs, and its raster drivers. */
export function probe(): DecoderVersion {
  return { gdalVersion: gdal.version, drivers: gdal.drivers.map((driver) => driver.description) };
}
