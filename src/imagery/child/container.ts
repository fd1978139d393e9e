import gdal from 'gdal-async';
import type { Opener } from './opener.js';

/** Drivers of the rasters inside containers, by the prefix of their names. */
const DRIVERS: Record<string, string> = { HDF5: 'HDF5Image', NETCDF: 'netCDF', HDF4_SDS: 'HDF4Image', HDF4_EOS: 'HDF4Image', BAG: 'BAG' };
const SMALLEST_EDGE = 2;

/** A raster inside a file that holds several. */
export interface ContainedRaster {
  name: string;
  /** For people. */
  description: string;
}

/** What a container says that it holds, in its order; names that point anywhere else are left out. */
export function containedRasters(dataset: gdal.Dataset, path: string): ContainedRaster[] {
  const items = dataset.getMetadata('SUBDATASETS') as Record<string, string>;
  const rasters: ContainedRaster[] = [];
  for (let number = 1; ; number++) {
    const name = items[`SUBDATASET_${number}_NAME`];
    if (name === undefined) return rasters;
    if (driverOf(name, path) !== undefined) rasters.push({ name, description: items[`SUBDATASET_${number}_DESC`] ?? name });
  }
}

/** Opens the first of them that is an image, with its own format's driver alone; null when none is. */
export async function openFirstRaster(rasters: readonly ContainedRaster[], path: string, open: Opener): Promise<gdal.Dataset | null> {
  for (const { name } of rasters) {
    const dataset = await openContained(name, path, open);
    if (dataset === null) continue;
    const { x, y } = dataset.rasterSize;
    if (dataset.bands.count() > 0 && Math.min(x, y) >= SMALLEST_EDGE) return dataset;
    dataset.close();
  }
  return null;
}

async function openContained(name: string, path: string, open: Opener): Promise<gdal.Dataset | null> {
  try {
    return await open(gdal.drivers.get(driverOf(name, path) ?? ''), name);
  } catch {
    return null; // a table, or a type that GDAL does not read as a raster
  }
}

/** The name must be of the form PREFIX:"path":rest with this very path. */
function driverOf(name: string, path: string): string | undefined {
  const prefix = name.slice(0, name.indexOf(':'));
  const rest = name.slice(prefix.length + 1);
  return rest.startsWith(`"${path}":`) || rest.startsWith(`${path}:`) ? DRIVERS[prefix] : undefined;
}
