import gdal from 'gdal-async';

/** Geographic CRSs of all geodetic datum ensembles of the EPSG dataset: WGS 84 and ETRS89. */
const CRSS_OF_ENSEMBLES = [4326, 4258];

/**
 * Makes this thread's PROJ know WGS 84 and ETRS89 as the datum ensembles that they are. Whether it writes them as such
 * otherwise depends on what the thread did first: PROJ keeps the plain datum for good when that was asked for before any
 * CRS (AuthorityFactory::createGeodeticDatumOrEnsemble), as libgeotiff does. One image must always have one description,
 * so what the description depends on is done in this thread alone, and behind this.
 */
export function loadDatumEnsembles(): void {
  for (const code of CRSS_OF_ENSEMBLES) gdal.SpatialReference.fromEPSG(code);
}
