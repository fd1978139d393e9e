import gdal from 'gdal-async';
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
/** GDAL's answer where a point has no image: its HUGE_VAL. */
const isPlace = (value: number) => Number.isFinite(value) && Math.abs(value) < 1e300;

/**
 * Transforms between a CRS and WGS 84.
 * GDAL's transformation takes coordinates in the authority's axis order, the dataset's own are in the order that
 * its axis mapping gives (OGRSpatialReference::GetDataAxisToSRSAxisMapping).
 * @throws Error when PROJ knows no way between the two, as for other planets and for local engineering systems.
 */
export function wgs84Transforms(crs: CoordinateSystemInfo): Wgs84Transforms {
  const imageCrs = gdal.SpatialReference.fromWKT(crs.wkt);
  const wgs84 = gdal.SpatialReference.fromUserInput(WGS84);
  const forward = new gdal.CoordinateTransformation(imageCrs, wgs84);
  const backward = new gdal.CoordinateTransformation(wgs84, imageCrs);
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

function transformed(transformation: gdal.CoordinateTransformation, point: { x: number; y: number }): { x: number; y: number } | null {
  try {
    const { x, y } = transformation.transformPoint({ ...point, z: 0 });
    return isPlace(x) && isPlace(y) ? { x, y } : null;
  } catch {
    return null; // PROJ reports a point outside of the CRS's domain as an error
  }
}
