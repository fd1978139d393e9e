import { SensorModelError } from './errors.js';
import type { SensorModel } from './sensor-model.js';

export interface AffineModelOptions {
  /** GDAL's order: x origin, x per column, x per row, y origin, y per column, y per row. */
  geotransform: readonly [number, number, number, number, number, number];
  /** From the image's CRS to WGS 84 degrees; null outside of the CRS's domain. */
  toWgs84: (x: number, y: number) => { longitude: number; latitude: number } | null;
  /** From WGS 84 degrees to the image's CRS; null outside of the CRS's domain. */
  fromWgs84: (longitude: number, latitude: number) => { x: number; y: number } | null;
}

/**
 * The model of a map-projected image: a geotransform into its CRS (GDAL raster data model,
 * "Affine GeoTransform": the origin is the outer corner of the upper-left pixel), and the CRS's
 * own transform. It knows no height: the given one, or 0, is passed through.
 * @throws SensorModelError when the geotransform cannot be inverted.
 */
export function createAffineModel({ geotransform, toWgs84, fromWgs84 }: AffineModelOptions): SensorModel {
  const [originX, columnX, rowX, originY, columnY, rowY] = geotransform;
  const determinant = columnX * rowY - rowX * columnY;
  const magnitude = Math.abs(columnX * rowY) + Math.abs(rowX * columnY);
  if (!geotransform.every(Number.isFinite) || !(Math.abs(determinant) > 1e-12 * magnitude)) {
    throw new SensorModelError(`The geotransform ${geotransform.join(', ')} cannot be inverted.`);
  }

  return {
    name: 'affine',
    precision: 'approximate',
    referenceHeightMetres: 0,
    imageToWorld({ x, y }, heightMetres = 0) {
      const place = toWgs84(originX + x * columnX + y * rowX, originY + x * columnY + y * rowY);
      return isFinitePlace(place) ? { longitude: place.longitude, latitude: place.latitude, heightMetres } : null;
    },
    worldToImage({ longitude, latitude }) {
      const projected = fromWgs84(longitude, latitude);
      if (projected === null) return null;
      const dx = projected.x - originX;
      const dy = projected.y - originY;
      const point = { x: (dx * rowY - dy * rowX) / determinant, y: (dy * columnX - dx * columnY) / determinant };
      return Number.isFinite(point.x) && Number.isFinite(point.y) ? point : null;
    },
  };
}

function isFinitePlace<Place extends { longitude: number; latitude: number }>(place: Place | null): place is Place {
  return place !== null && Number.isFinite(place.longitude) && Number.isFinite(place.latitude);
}
