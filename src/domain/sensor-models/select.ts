import type { ImagePoint, SensorModel, SensorModelName } from './sensor-model.js';

/**
 * The better the earlier: models of the sensor itself before fits, RSM (made to replace it) before
 * RPC, and the SAR metadata before both. A SIDD image carries the SICD metadata of its source too,
 * whose pixels are not its own. CSCRNA and GCPs are more exact than the corners (IGEOLO) from which
 * GDAL derives the geotransform of a NITF image.
 */
const ORDER: readonly SensorModelName[] = ['sidd', 'sicd', 'rsm', 'rpc', 'projective', 'affine'];

/** The models, the best first. */
export function rankSensorModels(models: readonly SensorModel[]): SensorModel[] {
  return [...models].sort((a, b) => ORDER.indexOf(a.name) - ORDER.indexOf(b.name));
}

/**
 * The best of the models; null when there are none. Given the middle of the image, a model that
 * cannot say where on Earth it lies is passed over for the next one.
 */
export function selectSensorModel(models: readonly SensorModel[], middle?: ImagePoint): SensorModel | null {
  const ranked = rankSensorModels(models);
  return ranked.find((model) => middle === undefined || model.imageToWorld(middle) !== null) ?? null;
}
