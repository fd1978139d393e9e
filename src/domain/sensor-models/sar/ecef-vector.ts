import type { EcefPoint } from '../geodetic.js';

/** Vector arithmetic on Earth-fixed positions, directions and velocities. Nothing here changes its arguments. */

export function minus(a: EcefPoint, b: EcefPoint): EcefPoint {
  return { x: a.x - b.x, y: a.y - b.y, z: a.z - b.z };
}

/** The point at a signed distance from an origin, in units of the direction's length. */
export function along(origin: EcefPoint, direction: EcefPoint, distance: number): EcefPoint {
  return { x: origin.x + distance * direction.x, y: origin.y + distance * direction.y, z: origin.z + distance * direction.z };
}

export function scaled(a: EcefPoint, factor: number): EcefPoint {
  return { x: a.x * factor, y: a.y * factor, z: a.z * factor };
}

export function dot(a: EcefPoint, b: EcefPoint): number {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

export function cross(a: EcefPoint, b: EcefPoint): EcefPoint {
  return { x: a.y * b.z - a.z * b.y, y: a.z * b.x - a.x * b.z, z: a.x * b.y - a.y * b.x };
}

export function length(a: EcefPoint): number {
  return Math.hypot(a.x, a.y, a.z);
}

/** The vector of length 1 in the same direction; NaN components for the zero vector. */
export function unit(a: EcefPoint): EcefPoint {
  return scaled(a, 1 / length(a));
}
