import { SensorModelError } from '../errors.js';
import { DEGREES_PER_RADIAN, WGS84, ecefToGeodetic, ellipsoidUp, geodeticToEcef, longitudeNear } from '../geodetic.js';
import type { EcefPoint } from '../geodetic.js';
import { along, cross, dot, minus, scaled } from './ecef-vector.js';
import type { RowColumn } from './common-metadata.js';

/**
 * The surface that an image grid is laid out on. Positions count from its reference point, in metres
 * or, on a geographic surface, in arcseconds.
 */
export interface SarSurface {
  toEcef(position: RowColumn): EcefPoint;
  /** The position of a point, moved onto the surface along a direction (not parallel to the surface). */
  positionOf(point: EcefPoint, direction: EcefPoint): RowColumn;
}

const ARCSECONDS_PER_DEGREE = 3600;

/**
 * A plane through the reference point, spanned by the unit vectors along rows and columns
 * (NGA.STND.0024-3, section 2, which allows any angle between them; NGA.STND.0025-1, sections 3.2 and
 * 3.3, for SIDD's PGD). Throws a SensorModelError when the two are parallel.
 */
export function createPlane(reference: EcefPoint, rowDirection: EcefPoint, columnDirection: EcefPoint): SarSurface {
  const normal = cross(rowDirection, columnDirection);
  const rowRow = dot(rowDirection, rowDirection);
  const rowColumn = dot(rowDirection, columnDirection);
  const columnColumn = dot(columnDirection, columnDirection);
  const determinant = rowRow * columnColumn - rowColumn * rowColumn;
  if (determinant < 1e-6) throw new SensorModelError('the row and column directions of the image plane are parallel');
  return {
    toEcef: ({ row, column }) => along(along(reference, rowDirection, row), columnDirection, column),
    positionOf(point, direction) {
      const offset = minus(point, reference);
      const inPlane = along(offset, direction, -dot(offset, normal) / dot(direction, normal));
      const row = dot(inPlane, rowDirection);
      const column = dot(inPlane, columnDirection);
      return {
        row: (columnColumn * row - rowColumn * column) / determinant,
        column: (rowRow * column - rowColumn * row) / determinant,
      };
    },
  };
}

/**
 * Latitude and longitude at the height of the reference point (NGA.STND.0025-1, sections 3.4 and 3.5,
 * SIDD's GGD): rows count southwards, columns eastwards, in arcseconds. The standard leaves the origin
 * unnamed; it is taken to be the reference point.
 */
export function createGeographicSurface(reference: EcefPoint): SarSurface {
  const origin = ecefToGeodetic(reference);
  return {
    toEcef: ({ row, column }) =>
      geodeticToEcef({
        latitude: origin.latitude - row / ARCSECONDS_PER_DEGREE,
        longitude: origin.longitude + column / ARCSECONDS_PER_DEGREE,
        heightMetres: origin.heightMetres,
      }),
    positionOf(point, direction) {
      const { longitude, latitude, heightMetres } = ecefToGeodetic(point);
      const rise = dot(direction, ellipsoidUp(longitude, latitude));
      const moved = ecefToGeodetic(along(point, direction, (origin.heightMetres - heightMetres) / rise));
      return {
        row: (origin.latitude - moved.latitude) * ARCSECONDS_PER_DEGREE,
        column: (longitudeNear(moved.longitude, origin.longitude) - origin.longitude) * ARCSECONDS_PER_DEGREE,
      };
    },
  };
}

/**
 * A cylinder that touches the Earth along a strip (NGA.STND.0025-1, sections 2.8, 3.8 and 3.9, SIDD's
 * CGD): columns run along the strip, around the axis; rows across it, along the axis, to its right.
 *
 * `stripDirection` is the Earth-fixed direction of the strip; `radiusMetres` its radius of curvature,
 * computed from the ellipsoid when null. Two departures from the letter of the standard, for its sake:
 * the strip's azimuth is the four-quadrant arctangent, since the two-quadrant one turns southward
 * strips around; and so is the angle around the axis, since the standard's fraction is 0/0 at the
 * reference point.
 */
export function createCylinder(reference: EcefPoint, stripDirection: EcefPoint, radiusMetres: number | null): SarSurface {
  const { flattening, eccentricitySquared } = WGS84;
  // The ellipsoid of the Earth's shape through the reference point, its latitude, and its axes there.
  const equatorialRadius = Math.hypot(reference.x, reference.y, reference.z / (1 - flattening));
  const latitude = Math.atan2(reference.z, (1 - flattening) ** 2 * Math.hypot(reference.x, reference.y)) * DEGREES_PER_RADIAN;
  const longitude = Math.atan2(reference.y, reference.x) * DEGREES_PER_RADIAN;
  const up = ellipsoidUp(longitude, latitude);
  const north = ellipsoidUp(longitude, latitude + 90);
  const east = cross(north, up);

  const azimuth = Math.atan2(dot(east, stripDirection), dot(north, stripDirection));
  const alongStrip = along(scaled(north, Math.cos(azimuth)), east, Math.sin(azimuth));
  const acrossStrip = cross(alongStrip, up);

  const curvature = 1 - eccentricitySquared * Math.sin(latitude / DEGREES_PER_RADIAN) ** 2;
  const meridianRadius = (equatorialRadius * (1 - eccentricitySquared)) / curvature ** 1.5;
  const primeVerticalRadius = equatorialRadius / Math.sqrt(curvature);
  const radius = radiusMetres ?? 1 / (Math.cos(azimuth) ** 2 / meridianRadius + Math.sin(azimuth) ** 2 / primeVerticalRadius);

  return {
    toEcef({ row, column }) {
      const angle = column / radius;
      const onStrip = along(along(reference, alongStrip, radius * Math.sin(angle)), up, radius * (Math.cos(angle) - 1));
      return along(onStrip, acrossStrip, row);
    },
    positionOf(point, direction) {
      let moved = point;
      for (let iteration = 0; iteration < 10; iteration++) {
        const offset = minus(moved, reference);
        const forward = dot(offset, alongStrip);
        const outward = dot(offset, up) + radius;
        const excess = Math.hypot(forward, outward) - radius;
        const rise = (dot(direction, alongStrip) * forward + dot(direction, up) * outward) / (radius + excess);
        if (Math.abs(excess) < 1e-7) break;
        moved = along(moved, direction, -excess / rise);
      }
      const offset = minus(moved, reference);
      return { row: dot(offset, acrossStrip), column: radius * Math.atan2(dot(offset, alongStrip), dot(offset, up) + radius) };
    },
  };
}
