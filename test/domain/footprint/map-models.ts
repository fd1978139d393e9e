import type { SensorModel } from '../../../src/domain/sensor-models/sensor-model.js';

/** Sensor models of simple maps on a sphere, by their textbook formulas, to draw outlines with. */

const DEGREES = 180 / Math.PI;

function mapModel(toWorld: (x: number, y: number) => { longitude: number; latitude: number } | null, toImage: (longitude: number, latitude: number) => { x: number; y: number } | null): SensorModel {
  return {
    name: 'affine',
    precision: 'approximate',
    referenceHeightMetres: 0,
    imageToWorld({ x, y }) {
      const place = toWorld(x, y);
      return place === null ? null : { ...place, heightMetres: 0 };
    },
    worldToImage: ({ longitude, latitude }) => toImage(longitude, latitude),
  };
}

/** Plate carrée: `degreesPerPixel` from the upper left corner on. */
export function plateCarree(west: number, north: number, degreesPerPixel: number): SensorModel {
  return mapModel(
    (x, y) => ({ longitude: west + x * degreesPerPixel, latitude: north - y * degreesPerPixel }),
    (longitude, latitude) => ({ x: (longitude - west) / degreesPerPixel, y: (north - latitude) / degreesPerPixel }),
  );
}

/** Azimuthal equidistant about a pole (1 north, -1 south), which lies at (poleX, poleY): degrees from the pole are distances. */
export function polarMap(pole: 1 | -1, poleX: number, poleY: number, degreesPerPixel: number): SensorModel {
  return mapModel(
    (x, y) => {
      const [east, south] = [(x - poleX) * degreesPerPixel, (y - poleY) * degreesPerPixel];
      const distance = Math.hypot(east, south);
      return distance > 180 ? null : { longitude: Math.atan2(east, pole * south) * DEGREES, latitude: pole * (90 - distance) };
    },
    (longitude, latitude) => {
      const distance = (90 - pole * latitude) / degreesPerPixel;
      return { x: poleX + distance * Math.sin(longitude / DEGREES), y: poleY + pole * distance * Math.cos(longitude / DEGREES) };
    },
  );
}

/** The Earth from far away, above a place: orthographic, a disk of the given radius about (middle, middle). */
export function disk(longitude: number, latitude: number, radiusPixels: number, middle: number): SensorModel {
  const [sin0, cos0] = [Math.sin(latitude / DEGREES), Math.cos(latitude / DEGREES)];
  return mapModel(
    (x, y) => {
      const [right, up] = [(x - middle) / radiusPixels, (middle - y) / radiusPixels];
      const towards = 1 - right * right - up * up;
      if (towards < 0) return null;
      const forward = Math.sqrt(towards);
      const z = forward * sin0 + up * cos0;
      return { longitude: longitude + Math.atan2(right, forward * cos0 - up * sin0) * DEGREES, latitude: Math.asin(z) * DEGREES };
    },
    (lon, lat) => {
      const [dLon, phi] = [(lon - longitude) / DEGREES, lat / DEGREES];
      if (sin0 * Math.sin(phi) + cos0 * Math.cos(phi) * Math.cos(dLon) < 0) return null;
      return {
        x: middle + radiusPixels * Math.cos(phi) * Math.sin(dLon),
        y: middle - radiusPixels * (cos0 * Math.sin(phi) - sin0 * Math.cos(phi) * Math.cos(dLon)),
      };
    },
  );
}
