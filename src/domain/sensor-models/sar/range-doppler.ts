import { ecefToGeodetic, ellipsoidUp, geodeticToEcef } from '../geodetic.js';
import type { EcefPoint } from '../geodetic.js';
import { along, cross, dot, length, minus, scaled, unit } from './ecef-vector.js';
import type { RowColumn } from './common-metadata.js';

/** 1 when the scene lies left of the ground track, -1 when right. */
export type LookSide = 1 | -1;

/**
 * What a SAR pixel says about its target (NGA.STND.0024-3, the COA projection set): seen from the
 * aperture reference point at the centre of aperture, it is at this range, changing at this rate.
 */
export interface ProjectionSet {
  sensorPosition: EcefPoint;
  /** In metres per second. */
  sensorVelocity: EcefPoint;
  rangeMetres: number;
  rangeRateMetresPerSecond: number;
}

/** An image grid in its own coordinates (metres, or arcseconds, from its reference point). */
export interface RangeDopplerGrid {
  look: LookSide;
  projectionSet(position: RowColumn): ProjectionSet;
  /** The grid position of a nearby point, moved onto the grid's surface along the normal of the slant plane. */
  positionOf(point: EcefPoint): RowColumn;
}

/**
 * A thousandth of the standard's own limits (1 mm on the ground; heights it asks only to 1 m),
 * and well above the rounding of double precision at orbital distances, about 1e-8 m.
 */
const TOLERANCE_METRES = 1e-6;
const MAX_ITERATIONS = 50;

/** Range and range rate of a point from a moving sensor (NGA.STND.0024-3, section 4: range positive, rate positive when it grows). */
export function rangeAndRate(sensorPosition: EcefPoint, sensorVelocity: EcefPoint, point: EcefPoint): { rangeMetres: number; rangeRateMetresPerSecond: number } {
  const sight = minus(sensorPosition, point);
  const rangeMetres = length(sight);
  return { rangeMetres, rangeRateMetresPerSecond: dot(sensorVelocity, sight) / rangeMetres };
}

/**
 * The unit normal of the slant plane through a point (NGA.STND.0024-3, section 6). It points away from
 * the Earth; along it neither range nor range rate of the point changes to first order.
 */
export function slantPlaneNormal(look: LookSide, sensorPosition: EcefPoint, sensorVelocity: EcefPoint, point: EcefPoint): EcefPoint {
  return unit(scaled(cross(minus(sensorPosition, point), sensorVelocity), look));
}

/**
 * Where the contour of constant range and range rate meets a plane, on the look side
 * (NGA.STND.0024-3, section 5: precise R/Rdot to ground plane projection).
 * Null where the two do not meet.
 */
export function projectToPlane(set: ProjectionSet, look: LookSide, planePoint: EcefPoint, planeNormal: EcefPoint): EcefPoint | null {
  const { sensorPosition, sensorVelocity, rangeMetres, rangeRateMetresPerSecond } = set;
  const altitude = dot(minus(sensorPosition, planePoint), planeNormal);
  // Written so that NaN fails too.
  if (!(rangeMetres > Math.abs(altitude))) return null;
  const nadir = along(sensorPosition, planeNormal, -altitude);
  const groundRange = Math.sqrt(rangeMetres * rangeMetres - altitude * altitude);
  const sinGraze = altitude / rangeMetres;
  const cosGraze = groundRange / rangeMetres;

  const climbRate = dot(sensorVelocity, planeNormal);
  const trackVelocity = along(sensorVelocity, planeNormal, -climbRate);
  const trackSpeed = length(trackVelocity);
  const trackDirection = scaled(trackVelocity, 1 / trackSpeed);
  const leftDirection = cross(planeNormal, trackDirection);

  const cosAzimuth = (climbRate * sinGraze - rangeRateMetresPerSecond) / (trackSpeed * cosGraze);
  if (!(Math.abs(cosAzimuth) <= 1)) return null;
  const sinAzimuth = look * Math.sqrt(1 - cosAzimuth * cosAzimuth);
  return along(along(nadir, trackDirection, groundRange * cosAzimuth), leftDirection, groundRange * sinAzimuth);
}

/**
 * Where the contour of constant range and range rate meets the surface of constant height above the
 * ellipsoid (NGA.STND.0024-3, section 9: projection to an HAE surface).
 *
 * As in the standard, planes tangent to the surface are met one after the other, each below the point
 * found before. The standard stops within 1 m of the height and makes up the rest along the slant
 * plane; here the planes go on until the height is right, so that the point lies on the contour, too.
 * Null where there is no such point or the sensor is below its horizon.
 */
export function projectToHeight(set: ProjectionSet, look: LookSide, near: EcefPoint, heightMetres: number): EcefPoint | null {
  const start = ecefToGeodetic(near);
  let planePoint = geodeticToEcef({ ...start, heightMetres });
  let planeNormal = ellipsoidUp(start.longitude, start.latitude);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const point = projectToPlane(set, look, planePoint, planeNormal);
    if (point === null) return null;
    const geodetic = ecefToGeodetic(point);
    const excessHeight = geodetic.heightMetres - heightMetres;
    planeNormal = ellipsoidUp(geodetic.longitude, geodetic.latitude);
    if (Math.abs(excessHeight) < TOLERANCE_METRES) return isAboveHorizon(set.sensorPosition, point, planeNormal) ? point : null;
    planePoint = along(point, planeNormal, -excessHeight);
  }
  return null;
}

/**
 * The grid position that shows a scene point (NGA.STND.0024-3, section 6: precise scene to image
 * projection): the image point is corrected by as much as its own projection misses the scene point.
 *
 * The projection goes to the horizontal plane through the scene point. Which plane it is matters for
 * the first steps only; at the end both points are one. Null where no grid position shows the point.
 */
export function sceneToGrid(grid: RangeDopplerGrid, scene: EcefPoint): RowColumn | null {
  const { longitude, latitude } = ecefToGeodetic(scene);
  const up = ellipsoidUp(longitude, latitude);
  let guess = scene;
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const position = grid.positionOf(guess);
    const set = grid.projectionSet(position);
    const point = projectToPlane(set, grid.look, scene, up);
    if (point === null) return null;
    const miss = minus(scene, point);
    if (length(miss) < TOLERANCE_METRES) return isAboveHorizon(set.sensorPosition, scene, up) ? position : null;
    guess = along(guess, miss, 1);
  }
  return null;
}

function isAboveHorizon(sensorPosition: EcefPoint, point: EcefPoint, up: EcefPoint): boolean {
  return dot(minus(sensorPosition, point), up) > 0;
}
