import { SensorModelError } from '../../../domain/sensor-models/errors.js';
import { createChippedModel, type Ichipb } from '../../../domain/sensor-models/ichipb.js';
import type { SensorModel } from '../../../domain/sensor-models/sensor-model.js';

/**
 * The model of the image, given that of the full image which it may be a chip of. GDAL applies ICHIPB to none of the models.
 * @throws SensorModelError when the record does not say where in the full image the chip lies.
 */
export function ofChip(fullImageModel: SensorModel, chip: Ichipb | null): SensorModel {
  if (chip === null) return fullImageModel;
  const model = createChippedModel(fullImageModel, chip);
  if (model === null) throw new SensorModelError('The image is a chip, and its ICHIPB record does not say where in the full image it lies.');
  return model;
}
