import { SensorModelError } from '../errors.js';
import { DEGREES_PER_RADIAN, ecefToGeodetic, geodeticToEcef, longitudeNear } from '../geodetic.js';
import type { GroundPoint } from '../sensor-model.js';
import type { Rsmida, RsmFrame, RsmPoint } from './rsmida.js';

/** The ground in RSM's own coordinates. */
export interface GroundDomain {
  toRsm: (point: GroundPoint) => RsmPoint;
  /** The middle of the domain, its longitude within ±180, at the domain's reference height. */
  middle: GroundPoint;
  /** From the middle to the farthest vertex, in metres. */
  radiusMetres: number;
}

/**
 * The ground domain of RSMIDA: geodetic, with longitudes counted beside those of its vertices
 * (so that forms G and H need not be told apart), or rectangular, a shifted and turned Earth-fixed
 * frame (STDI-0002 Volume 1, Appendix U, sections 5.3 and 5.6). The reference height is that of
 * the ground reference point, else the mean of the vertices' heights (section 5.7).
 * @throws SensorModelError when the rectangular frame is not right-angled.
 */
export function createGroundDomain({ groundDomain, vertices, groundReferencePoint }: Rsmida): GroundDomain {
  const { toRsm, fromRsm } =
    groundDomain.form === 'rectangular' ? rectangularCoordinates(groundDomain.frame) : geodeticCoordinates(vertices);
  const corners = vertices.map(fromRsm);
  const centre = fromRsm(meanOf(vertices));
  const heightMetres =
    groundReferencePoint === null ? mean(corners.map((corner) => corner.heightMetres)) : fromRsm(groundReferencePoint).heightMetres;
  const middle = { longitude: longitudeNear(centre.longitude, 0), latitude: centre.latitude, heightMetres };
  const middleEcef = geodeticToEcef(middle);
  const distances = corners.map((corner) => {
    const { x, y, z } = geodeticToEcef(corner);
    return Math.hypot(x - middleEcef.x, y - middleEcef.y, z - middleEcef.z);
  });
  return { toRsm, middle, radiusMetres: Math.max(1, ...distances) };
}

interface Coordinates {
  toRsm: (point: GroundPoint) => RsmPoint;
  fromRsm: (point: RsmPoint) => GroundPoint;
}

function geodeticCoordinates(vertices: readonly RsmPoint[]): Coordinates {
  const middleLongitude = meanOf(vertices).x * DEGREES_PER_RADIAN;
  return {
    toRsm: ({ longitude, latitude, heightMetres }) => ({
      x: longitudeNear(longitude, middleLongitude) / DEGREES_PER_RADIAN,
      y: latitude / DEGREES_PER_RADIAN,
      z: heightMetres,
    }),
    fromRsm: ({ x, y, z }) => ({ longitude: x * DEGREES_PER_RADIAN, latitude: y * DEGREES_PER_RADIAN, heightMetres: z }),
  };
}

function rectangularCoordinates({ origin, xAxis, yAxis, zAxis }: RsmFrame): Coordinates {
  const axes = [xAxis, yAxis, zAxis];
  for (const [i, a] of axes.entries()) {
    for (const [j, b] of axes.entries()) {
      if (!(Math.abs(dot(a, b) - (i === j ? 1 : 0)) < 1e-6)) {
        throw new SensorModelError('The axes of RSMIDA’s rectangular coordinates are not at right angles and of length 1.');
      }
    }
  }
  return {
    toRsm(point) {
      const ecef = geodeticToEcef(point);
      const fromOrigin = { x: ecef.x - origin.x, y: ecef.y - origin.y, z: ecef.z - origin.z };
      return { x: dot(xAxis, fromOrigin), y: dot(yAxis, fromOrigin), z: dot(zAxis, fromOrigin) };
    },
    fromRsm: ({ x, y, z }) =>
      ecefToGeodetic({
        x: origin.x + x * xAxis.x + y * yAxis.x + z * zAxis.x,
        y: origin.y + x * xAxis.y + y * yAxis.y + z * zAxis.y,
        z: origin.z + x * xAxis.z + y * yAxis.z + z * zAxis.z,
      }),
  };
}

function dot(a: RsmPoint, b: RsmPoint): number {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function meanOf(points: readonly RsmPoint[]): RsmPoint {
  return { x: mean(points.map(({ x }) => x)), y: mean(points.map(({ y }) => y)), z: mean(points.map(({ z }) => z)) };
}
