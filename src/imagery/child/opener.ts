import type gdal from 'gdal-async';

/** Opens a file, or an image inside it, for reading with one driver. @throws GDAL's error when the driver does not take it. */
export type Opener = (driver: gdal.Driver, name: string) => gdal.Dataset | Promise<gdal.Dataset>;

/** In a thread of the pool: the process answers meanwhile, whatever the file makes its decoder do. */
export const inBackground: Opener = (driver, name) => driver.openAsync(name, 'r');

/** In the calling thread, where `loadDatumEnsembles` holds. */
export const inThisThread: Opener = (driver, name) => driver.open(name, 'r');
