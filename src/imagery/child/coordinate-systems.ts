import gdal from 'gdal-async';
import { messageOf } from '../../domain/errors.js';
import { SensorModelError } from '../../domain/sensor-models/errors.js';
import type { CoordinateSystemInfo } from './info.js';

interface Place {
  longitude: number;
  latitude: number;
}

/** The two ways between an image's CRS, in the axis order of its geotransform, and WGS 84 degrees. */
export interface Wgs84Transforms {
  /** Null outside of the CRS's domain. */
  toWgs84: (x: number, y: number) => Place | null;
  fromWgs84: (longitude: number, latitude: number) => { x: number; y: number } | null;
}

/** WGS 84 with longitude first (OGC 07-092r1). */
const WGS84 = 'OGC:CRS84';
/** Ellipsoids and spheres that stand for the Earth differ by less than this; those of Venus, its nearest in size, by 5 %. */
const EARTH_RADIUS_METRES = 6_378_137;
const EARTH_RADIUS_TOLERANCE = 0.01;
/** GDAL's answer where a point has no image: its HUGE_VAL. */
const isPlace = (value: number) => Number.isFinite(value) && Math.abs(value) < 1e300;

/**
 * Transforms between a CRS and WGS 84.
 * GDAL's transformation takes coordinates in the authority's axis order, the dataset's own are in the order that
 * its axis mapping gives (OGRSpatialReference::GetDataAxisToSRSAxisMapping).
 * @throws SensorModelError when PROJ knows no way between the two, as for other planets and for local engineering systems.
 */
export function wgs84Transforms(crs: CoordinateSystemInfo): Wgs84Transforms {
  const { forward, backward } = transformations(crs);
  const isSwapped = Math.abs(crs.dataAxisToSRSAxisMapping?.[0] ?? 1) === 2;
  const swap = (point: { x: number; y: number }) => (isSwapped ? { x: point.y, y: point.x } : point);

  return {
    toWgs84(x, y) {
      const place = transformed(forward, swap({ x, y }));
      return place === null ? null : { longitude: place.x, latitude: place.y };
    },
    fromWgs84(longitude, latitude) {
      const point = transformed(backward, { x: longitude, y: latitude });
      return point === null ? null : swap(point);
    },
  };
}

/** Coordinates without a CRS, taken for degrees. */
export const DEGREES: Wgs84Transforms = {
  toWgs84: (x, y) => ({ longitude: x, latitude: y }),
  fromWgs84: (longitude, latitude) => ({ x: longitude, y: latitude }),
};

/** True of what can be a longitude and a latitude. */
export function isOnGlobe(place: Place | null): boolean {
  return place !== null && Math.abs(place.longitude) <= 180 && Math.abs(place.latitude) <= 90;
}

/** True when the CRS's ellipsoid is far from the Earth's in size. */
export function isOfAnotherBody(crs: CoordinateSystemInfo): boolean {
  const radius = semiMajorAxisMetres(crs);
  return radius !== null && Math.abs(radius / EARTH_RADIUS_METRES - 1) > EARTH_RADIUS_TOLERANCE;
}

function semiMajorAxisMetres({ wkt }: CoordinateSystemInfo): number | null {
  if (wkt === '') return null;
  try {
    const radius = Number(gdal.SpatialReference.fromWKT(wkt).getAttrValue('SPHEROID', 1));
    return radius > 0 ? radius : null;
  } catch {
    return null; // a local system without an ellipsoid
  }
}

/** A whole turn of longitude in the CRS's own units; null for a CRS that is not one of longitude and latitude. */
export function fullTurnOf({ wkt }: CoordinateSystemInfo): number | null {
  const crs = gdal.SpatialReference.fromWKT(wkt);
  return crs.isGeographic() ? (2 * Math.PI) / crs.getAngularUnits().value : null;
}

function transformations({ wkt }: CoordinateSystemInfo): { forward: gdal.CoordinateTransformation; backward: gdal.CoordinateTransformation } {
  try {
    const imageCrs = gdal.SpatialReference.fromWKT(wkt);
    const wgs84 = gdal.SpatialReference.fromUserInput(WGS84);
    return { forward: new gdal.CoordinateTransformation(imageCrs, wgs84), backward: new gdal.CoordinateTransformation(wgs84, imageCrs) };
  } catch (error) {
    throw new SensorModelError(`The image's CRS has no way to longitude and latitude: ${messageOf(error)}`, { cause: error });
  }
}

function transformed(transformation: gdal.CoordinateTransformation, point: { x: number; y: number }): { x: number; y: number } | null {
  try {
    const { x, y } = transformation.transformPoint({ ...point, z: 0 });
    return isPlace(x) && isPlace(y) ? { x, y } : null;
  } catch {
    return null; // PROJ reports a point outside of the CRS's domain as an error
  }
}
