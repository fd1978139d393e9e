import type { LonLatPolygon } from './world-polygons.js';

/** West, south, east, north in degrees; west is greater than east for a box across the antimeridian. */
export type BoundingBox = [west: number, south: number, east: number, north: number];

/**
 * The bounding box of polygons within ±180 degrees (RFC 7946, section 5): it reaches across the antimeridian where that
 * makes it smaller (section 5.2), and from -180 to 180 around a pole (section 5.3).
 */
export function boundingBox(polygons: readonly LonLatPolygon[]): BoundingBox {
  const positions = polygons.flat(2);
  const latitudes = positions.map(([, latitude]) => latitude);
  const [west, east] = longitudeRange(polygons);
  return [west, Math.min(...latitudes), east, Math.max(...latitudes)];
}

/** The shortest arc that covers all polygons: the circle without its widest gap. */
function longitudeRange(polygons: readonly LonLatPolygon[]): [west: number, east: number] {
  const spans = polygons
    .map((polygon) => polygon.flat().map(([longitude]) => longitude))
    .map((longitudes) => ({ west: Math.min(...longitudes), east: Math.max(...longitudes) }))
    .sort((a, b) => a.west - b.west);
  const [first] = spans;
  let reached = first?.east ?? NaN;
  let widest = { width: 0, from: NaN, to: NaN };
  for (const { west, east } of spans) {
    if (west - reached > widest.width) widest = { width: west - reached, from: reached, to: west };
    reached = Math.max(reached, east);
  }
  const start = first?.west ?? NaN;
  return start + 360 - reached >= widest.width ? [start, reached] : [widest.to, widest.from];
}
