import { DEGREES_PER_RADIAN, ecefToGeodetic, ellipsoidUp, geodeticToEcef, longitudeNear } from './geodetic.js';
import type { GroundPoint } from './sensor-model.js';

/**
 * Two coordinates for the ground around a place, in metres east and north on the plane that touches
 * the ellipsoid's parallel surface of the given height there; a plane point stands for the ground
 * point of that height below it. Unlike longitude and latitude they are even at the poles and
 * across the antimeridian. Good for some thousand kilometres around.
 */
export function createTangentPlane(middle: GroundPoint, heightMetres: number): (east: number, north: number) => GroundPoint {
  const origin = geodeticToEcef({ ...middle, heightMetres });
  const lambda = middle.longitude / DEGREES_PER_RADIAN;
  const eastward = { x: -Math.sin(lambda), y: Math.cos(lambda) };
  const up = ellipsoidUp(middle.longitude, middle.latitude);
  // North is up × east.
  const northward = { x: -up.z * eastward.y, y: up.z * eastward.x, z: up.x * eastward.y - up.y * eastward.x };
  return (east, north) => {
    const { longitude, latitude } = ecefToGeodetic({
      x: origin.x + east * eastward.x + north * northward.x,
      y: origin.y + east * eastward.y + north * northward.y,
      z: origin.z + north * northward.z,
    });
    return { longitude: longitudeNear(longitude, middle.longitude), latitude, heightMetres };
  };
}
