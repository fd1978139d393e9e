import assert from 'node:assert/strict';
import type { LonLat, LonLatPolygon } from '../../../src/domain/footprint/world-polygons.js';

/**
 * Polygons as RFC 7946 wants them (sections 3.1.6 and 3.1.9): rings closed, of four positions or more, outer ones
 * counterclockwise and holes clockwise, within ±180 and ±90 degrees, without crossing themselves or each other.
 */
export function assertArea(polygons: readonly LonLatPolygon[]): void {
  assert.ok(polygons.length > 0, 'there is an area');
  for (const polygon of polygons) {
    for (const [index, ring] of polygon.entries()) {
      assert.ok(ring.length >= 4, 'a ring has four positions');
      assert.deepEqual(ring.at(-1), ring[0], 'a ring is closed');
      assert.ok(index === 0 ? signedArea(ring) > 0 : signedArea(ring) < 0, 'a ring runs the right way round');
      for (const [longitude, latitude] of ring) {
        assert.ok(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90, `${longitude}, ${latitude} is on the globe`);
      }
    }
  }
  const segments = polygons.flat().flatMap((ring) => ring.slice(1).map((to, index) => [ring[index] ?? to, to] as const));
  for (const [index, [a, b]] of segments.entries()) {
    for (const [c, d] of segments.slice(index + 1)) assert.ok(!crosses(a, b, c, d), `${String(a)} to ${String(b)} crosses ${String(c)} to ${String(d)}`);
  }
}

/** In square degrees; the sum over all polygons, less their holes. */
export function areaOf(polygons: readonly LonLatPolygon[]): number {
  return polygons.flat().reduce((sum, ring) => sum + signedArea(ring), 0);
}

/** In steradians, exact for sides along parallels and meridians and close for short ones: the integral of sin φ dλ. */
export function sphericalAreaOf(polygons: readonly LonLatPolygon[]): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180;
  return polygons.flat().reduce((sum, ring) => {
    let area = 0;
    for (const [index, to] of ring.slice(1).entries()) {
      const from = ring[index] ?? to;
      const [low, high] = [radians(from[1]), radians(to[1])];
      // The mean of sin φ along the side: exactly, where φ is linear in λ.
      const mean = Math.abs(high - low) < 1e-9 ? Math.sin((low + high) / 2) : (Math.cos(low) - Math.cos(high)) / (high - low);
      area -= mean * radians(to[0] - from[0]);
    }
    return sum + area;
  }, 0);
}

export function covers(polygons: readonly LonLatPolygon[], [x, y]: LonLat): boolean {
  return polygons.some(([outer = [], ...holes]) => isInside(outer, x, y) && !holes.some((hole) => isInside(hole, x, y)));
}

function isInside(ring: readonly LonLat[], x: number, y: number): boolean {
  let inside = false;
  for (const [index, b] of ring.slice(1).entries()) {
    const a = ring[index] ?? b;
    if (a[1] > y !== b[1] > y && x < a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) inside = !inside;
  }
  return inside;
}

function signedArea(ring: readonly LonLat[]): number {
  return ring.slice(1).reduce((sum, [x, y], index) => sum + ((ring[index]?.[0] ?? x) * y - x * (ring[index]?.[1] ?? y)) / 2, 0);
}

/** Whether two segments cross at a point inside of both. */
function crosses(a: LonLat, b: LonLat, c: LonLat, d: LonLat): boolean {
  const side = (p: LonLat, q: LonLat, r: LonLat): number => Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}
