import { SensorModelError } from './errors.js';
import { DEGREES_PER_RADIAN, longitudeNear } from './geodetic.js';
import { applyHomography, fitHomography, invertHomography, type PlanePoint } from './homography.js';
import { continuousLongitudes } from './longitudes.js';
import type { GroundPoint, ImagePoint, SensorModel } from './sensor-model.js';

/** A pixel position, counted as GDAL counts a GCP's pixel and line, whose place on the ground is known. */
export type ControlPoint = ImagePoint & GroundPoint;

/** A plane of its own for the ground, and the way there and back. */
interface GroundPlane {
  points: PlanePoint[];
  toPlane: (longitude: number, latitude: number) => PlanePoint;
  fromPlane: (point: PlanePoint) => { longitude: number; latitude: number };
}

/**
 * A projective map between the image and longitude and latitude, fitted to at least four control
 * points: exact at four, a least-squares fit to more. Longitudes that straddle the antimeridian
 * stay together; around a pole, where longitude and latitude are no plane, the fit is made in
 * polar coordinates about it. The reference height is the points' mean height.
 * @throws SensorModelError when the points do not determine the map: see fitHomography.
 */
export function createProjectiveModel(controlPoints: readonly ControlPoint[]): SensorModel {
  let refusal: unknown = new SensorModelError('There are no control points.');
  for (const plane of groundPlanes(controlPoints)) {
    try {
      return createModelOn(plane, controlPoints);
    } catch (error) {
      refusal = error;
    }
  }
  throw refusal;
}

function createModelOn(plane: GroundPlane, controlPoints: readonly ControlPoint[]): SensorModel {
  const toGround = fitHomography(plane.points.map((to, index) => ({ from: controlPoints[index] ?? to, to })));
  const toImage = invertHomography(toGround);
  const referenceHeightMetres = controlPoints.reduce((sum, point) => sum + point.heightMetres, 0) / controlPoints.length;
  return {
    name: 'projective',
    precision: 'approximate',
    referenceHeightMetres,
    imageToWorld(point, heightMetres = referenceHeightMetres) {
      const onPlane = applyHomography(toGround, point);
      return onPlane === null ? null : { ...plane.fromPlane(onPlane), heightMetres };
    },
    worldToImage: ({ longitude, latitude }) => applyHomography(toImage, plane.toPlane(longitude, latitude)),
  };
}

/** The planes to try, the best first. */
function groundPlanes(controlPoints: readonly ControlPoint[]): GroundPlane[] {
  const latitudes = controlPoints.map(({ latitude }) => latitude);
  const [lowest, highest] = [Math.min(...latitudes), Math.max(...latitudes)];
  const geographic = geographicPlane(controlPoints);
  if (lowest > 60 && highest > 85) return [polarPlane(controlPoints, 1), geographic];
  if (highest < -60 && lowest < -85) return [polarPlane(controlPoints, -1), geographic];
  return [geographic];
}

function geographicPlane(controlPoints: readonly ControlPoint[]): GroundPlane {
  const longitudes = continuousLongitudes(controlPoints.map(({ longitude }) => longitude));
  const middle = (Math.min(...longitudes) + Math.max(...longitudes)) / 2;
  return {
    points: controlPoints.map(({ latitude }, index) => ({ x: longitudes[index] ?? NaN, y: latitude })),
    toPlane: (longitude, latitude) => ({ x: longitudeNear(longitude, middle), y: latitude }),
    fromPlane: ({ x, y }) => ({ longitude: x, latitude: y }),
  };
}

/** Azimuth and polar distance, as an azimuthal equidistant map in degrees; `pole` is 1 in the north, -1 in the south. */
function polarPlane(controlPoints: readonly ControlPoint[], pole: 1 | -1): GroundPlane {
  function toPlane(longitude: number, latitude: number): PlanePoint {
    const distance = 90 - pole * latitude;
    const azimuth = longitude / DEGREES_PER_RADIAN;
    return { x: distance * Math.sin(azimuth), y: distance * Math.cos(azimuth) };
  }
  return {
    points: controlPoints.map(({ longitude, latitude }) => toPlane(longitude, latitude)),
    toPlane,
    fromPlane: ({ x, y }) => ({ longitude: Math.atan2(x, y) * DEGREES_PER_RADIAN, latitude: pole * (90 - Math.hypot(x, y)) }),
  };
}
