import { createAffineModel } from '../../domain/sensor-models/affine.js';
import { createProjectiveModel, type ControlPoint } from '../../domain/sensor-models/projective.js';
import { rankSensorModels } from '../../domain/sensor-models/select.js';
import type { ImagePoint, SensorModel } from '../../domain/sensor-models/sensor-model.js';
import { messageOf } from '../../domain/errors.js';
import { wgs84Transforms, type Wgs84Transforms } from './coordinate-systems.js';
import type { DatasetInfo } from './info.js';

/** A projective map has eight unknowns, two per point. */
const FEWEST_CONTROL_POINTS = 4;

/** The sensor models that an image's metadata gives, the best first, and why others could not be made. */
export interface Georeference {
  models: SensorModel[];
  refusals: string[];
}

/** Every sensor model that can be made of what the image says of itself. */
export function georeferenceOf(info: DatasetInfo): Georeference {
  const models: SensorModel[] = [];
  const refusals: string[] = [];
  for (const create of [affineModel, projectiveModel]) {
    try {
      const model = create(info);
      if (model !== null) models.push(model);
    } catch (error) {
      refusals.push(messageOf(error));
    }
  }
  return { models: rankSensorModels(models), refusals };
}

function affineModel(info: DatasetInfo): SensorModel | null {
  const { geoTransform, coordinateSystem } = info;
  if (geoTransform === undefined) return null;
  if (coordinateSystem !== undefined && coordinateSystem.wkt !== '') {
    return createAffineModel({ geotransform: geoTransform, ...wgs84Transforms(coordinateSystem) });
  }
  const model = createAffineModel({ geotransform: geoTransform, ...DEGREES });
  if (cornersOf(info).every((corner) => isOnGlobe(model, corner))) return model;
  throw new Error('The image has a geotransform but no CRS, and its corners are no longitudes and latitudes.');
}

function projectiveModel({ gcps }: DatasetInfo): SensorModel | null {
  if (gcps === undefined) return null;
  if (gcps.gcpList.length < FEWEST_CONTROL_POINTS) {
    throw new Error(`The image has ${gcps.gcpList.length} ground control points, and ${FEWEST_CONTROL_POINTS} are needed.`);
  }
  const crs = gcps.coordinateSystem;
  const { toWgs84 } = crs === undefined || crs.wkt === '' ? DEGREES : wgs84Transforms(crs);
  return createProjectiveModel(
    gcps.gcpList.map(({ pixel, line, x, y, z }): ControlPoint => {
      const place = toWgs84(x, y);
      if (place === null) throw new Error(`The ground control point ${x}, ${y} lies outside of its CRS.`);
      return { x: pixel, y: line, ...place, heightMetres: z ?? 0 };
    }),
  );
}

/** Coordinates without a CRS, taken for degrees. */
const DEGREES: Wgs84Transforms = {
  toWgs84: (x, y) => ({ longitude: x, latitude: y }),
  fromWgs84: (longitude, latitude) => ({ x: longitude, y: latitude }),
};

function isOnGlobe(model: SensorModel, corner: ImagePoint): boolean {
  const place = model.imageToWorld(corner);
  return place !== null && Math.abs(place.longitude) <= 180 && Math.abs(place.latitude) <= 90;
}

/** The image's outer corners: upper left, lower left, lower right, upper right. */
export function cornersOf({ size: [width, height] }: DatasetInfo): [ImagePoint, ImagePoint, ImagePoint, ImagePoint] {
  return [
    { x: 0, y: 0 },
    { x: 0, y: height },
    { x: width, y: height },
    { x: width, y: 0 },
  ];
}
