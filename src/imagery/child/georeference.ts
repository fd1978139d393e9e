import { messageOf } from '../../domain/errors.js';
import { rankSensorModels } from '../../domain/sensor-models/select.js';
import type { SensorModel } from '../../domain/sensor-models/sensor-model.js';
import { isOfAnotherBody } from './coordinate-systems.js';
import { affineModel } from './models/affine.js';
import { controlPointModel, cornerRecordModel } from './models/projective.js';
import { rpcModel } from './models/rpc.js';
import { rsmModel } from './models/rsm.js';
import { sicdModel, siddModel } from './models/sar.js';
import type { ModelSources } from './models/sources.js';

/** The sensor models that an image's metadata gives, the best first, and why others could not be made. */
export interface Georeference {
  models: SensorModel[];
  refusals: string[];
}

/** CSCRNA before control points, which for a NITF image come from its corners as its IGEOLO field rounds them. */
const SOURCES: readonly ((sources: ModelSources) => SensorModel | null)[] = [
  siddModel, sicdModel, rsmModel, rpcModel, cornerRecordModel, controlPointModel, affineModel,
];

/** Every sensor model that can be made of what the image says of itself; a source that fails leaves the others standing. */
export function georeferenceOf(sources: ModelSources): Georeference {
  const { coordinateSystem, gcps } = sources.info;
  if ([coordinateSystem, gcps?.coordinateSystem].some((crs) => crs !== undefined && isOfAnotherBody(crs))) {
    return { models: [], refusals: ["The image's CRS is of another celestial body."] };
  }
  const models: SensorModel[] = [];
  const refusals = new Set<string>();
  for (const create of SOURCES) {
    try {
      const model = create(sources);
      if (model !== null) models.push(model);
    } catch (error) {
      refusals.add(asSentence(messageOf(error)));
    }
  }
  return { models: rankSensorModels(models), refusals: [...refusals] };
}

function asSentence(message: string): string {
  const text = message.trim();
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
