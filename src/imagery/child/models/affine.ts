import { imageRing } from '../../../domain/footprint/pixel-ring.js';
import { createAffineModel } from '../../../domain/sensor-models/affine.js';
import { SensorModelError } from '../../../domain/sensor-models/errors.js';
import type { SensorModel } from '../../../domain/sensor-models/sensor-model.js';
import { DEGREES, fullTurnOf, isOnGlobe, wgs84Transforms, type Wgs84Transforms } from '../coordinate-systems.js';
import type { CoordinateSystemInfo, DatasetInfo } from '../info.js';
import type { ModelSources } from './sources.js';

type GeoTransform = NonNullable<DatasetInfo['geoTransform']>;

/**
 * The model of the geotransform. Without a CRS its coordinates count as degrees, but only where all corners can be places.
 * @throws SensorModelError when they cannot, or the CRS has no way to WGS 84.
 */
export function affineModel({ info }: ModelSources): SensorModel | null {
  const { geoTransform, coordinateSystem } = info;
  if (geoTransform === undefined) return null;
  if (coordinateSystem !== undefined && coordinateSystem.wkt !== '') {
    return createAffineModel({ geotransform: geoTransform, ...transformsAround(coordinateSystem, geoTransform, info) });
  }
  if (isPixelGrid(geoTransform)) return null;
  const model = createAffineModel({ geotransform: geoTransform, ...DEGREES });
  if (imageRing(...info.size).every((corner) => isOnGlobe(model.imageToWorld(corner)))) return model;
  throw new SensorModelError('The image has a geotransform but no CRS, and its corners are no longitudes and latitudes.');
}

/** Pixels as coordinates, which is what GDAL says of an image that has none. */
function isPixelGrid(geoTransform: GeoTransform): boolean {
  return [0, 1, 0, 0, 0, 1].every((value, index) => geoTransform[index] === value);
}

/**
 * The transforms of the image's CRS. In longitudes and latitudes a place has many coordinates, whole turns apart (an image
 * may span 0 to 360 degrees): those beside the image's middle are given back.
 */
function transformsAround(crs: CoordinateSystemInfo, [x0, columnX, rowX]: GeoTransform, { size: [width, height] }: DatasetInfo): Wgs84Transforms {
  const transforms = wgs84Transforms(crs);
  const turn = fullTurnOf(crs);
  if (turn === null) return transforms;
  const middleX = x0 + (width / 2) * columnX + (height / 2) * rowX;
  return {
    toWgs84: transforms.toWgs84,
    fromWgs84(longitude, latitude) {
      const point = transforms.fromWgs84(longitude, latitude);
      return point === null ? null : { ...point, x: point.x - turn * Math.round((point.x - middleX) / turn) };
    },
  };
}
