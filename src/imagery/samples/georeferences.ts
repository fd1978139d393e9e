import type { Dataset } from 'gdal-async';
import type { Gdal, GeoreferenceTruth, LonLat } from './recipe.js';
import type { Corner } from './sample-pattern.js';

/** What puts a sample on the Earth: how it goes into the dataset, and where the corners then lie. */
export interface Georeference {
  readonly apply: (gdal: Gdal, dataset: Dataset) => void;
  readonly truth: (widthPixels: number, heightPixels: number) => GeoreferenceTruth | null;
}

/** Origin x, pixel width, row rotation, origin y, column rotation, pixel height (negative when north is up). */
export type GeoTransform = readonly [number, number, number, number, number, number];

/** A geotransform in longitude and latitude on WGS 84 (EPSG:4326), rotated or not. */
export function geographic(geoTransform: GeoTransform): Georeference {
  return {
    apply(gdal, dataset) {
      dataset.srs = gdal.SpatialReference.fromEPSG(4326);
      dataset.geoTransform = [...geoTransform];
    },
    truth: affineTruth(geoTransform),
  };
}

/**
 * A geotransform in metres of a map projection, an EPSG code or a PROJ string.
 * The corners are given, since they come from the projection's published
 * formulas and not from the library under test.
 */
export function projected(projection: number | string, geoTransform: GeoTransform, corners: GeoreferenceTruth['corners']): Georeference {
  return {
    apply(gdal, dataset) {
      dataset.srs = typeof projection === 'number' ? gdal.SpatialReference.fromEPSG(projection) : gdal.SpatialReference.fromProj4(projection);
      dataset.geoTransform = [...geoTransform];
    },
    truth: () => ({ kind: 'affine', corners, heightMetres: 0 }),
  };
}

/** A geotransform in the longitude and latitude of another celestial body, given as WKT: nowhere on Earth. */
export function beyondEarth(wkt: string, geoTransform: GeoTransform): Georeference {
  return {
    apply(gdal, dataset) {
      dataset.srs = gdal.SpatialReference.fromWKT(wkt);
      dataset.geoTransform = [...geoTransform];
    },
    truth: () => null,
  };
}

/** A geotransform without a reference system, which means degrees only where its numbers can be degrees. */
export function withoutReferenceSystem(geoTransform: GeoTransform, unit: 'degrees' | 'metres'): Georeference {
  return {
    apply(_gdal, dataset) {
      dataset.geoTransform = [...geoTransform];
    },
    truth: unit === 'degrees' ? affineTruth(geoTransform) : () => null,
  };
}

/** Eight numbers of a projective map: (a·x + b·y + c, d·x + e·y + f) / (g·x + h·y + 1), x and y in pixels, to degrees. */
export type ProjectiveMap = readonly [a: number, b: number, c: number, d: number, e: number, f: number, g: number, h: number];

/** Ground control points on a grid of `gridSize`² positions over the whole image, all on one projective map exactly. */
export function controlPoints(map: ProjectiveMap, gridSize: number, widthPixels: number, heightPixels: number): Georeference {
  return {
    apply(gdal, dataset) {
      const points = Array.from({ length: gridSize * gridSize }, (_, index) => {
        const x = ((index % gridSize) * widthPixels) / (gridSize - 1);
        const y = (Math.floor(index / gridSize) * heightPixels) / (gridSize - 1);
        const [longitude, latitude] = applyProjective(map, x, y);
        return { pszId: `${index + 1}`, pszInfo: '', dfGCPPixel: x, dfGCPLine: y, dfGCPX: longitude, dfGCPY: latitude, dfGCPZ: 0 };
      });
      dataset.setGCPs(points, gdal.SpatialReference.fromEPSG(4326).toWKT());
    },
    truth: (width, height) => ({ kind: 'gcps', corners: cornersOf(width, height, (x, y) => applyProjective(map, x, y)), heightMetres: 0 }),
  };
}

/** Longitude and latitude of a pixel position under a projective map. */
export function applyProjective([a, b, c, d, e, f, g, h]: ProjectiveMap, x: number, y: number): LonLat {
  const divisor = g * x + h * y + 1;
  return [(a * x + b * y + c) / divisor, (d * x + e * y + f) / divisor];
}

function affineTruth([x0, dxdx, dxdy, y0, dydx, dydy]: GeoTransform): Georeference['truth'] {
  return (width, height) => ({
    kind: 'affine',
    corners: cornersOf(width, height, (x, y) => [x0 + dxdx * x + dxdy * y, y0 + dydx * x + dydy * y]),
    heightMetres: 0,
  });
}

/** The four outer corners of the image, each through `toGround`. */
export function cornersOf(widthPixels: number, heightPixels: number, toGround: (x: number, y: number) => LonLat): Record<Corner, LonLat> {
  return {
    upperLeft: toGround(0, 0),
    upperRight: toGround(widthPixels, 0),
    lowerLeft: toGround(0, heightPixels),
    lowerRight: toGround(widthPixels, heightPixels),
  };
}
