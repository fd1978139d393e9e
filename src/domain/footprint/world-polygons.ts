import { difference, intersection, union, type Geom } from 'polyclip-ts';
import type { Position, UnrolledRing } from './unroll.js';

/** Longitude and latitude in degrees, as GeoJSON has them. */
export type LonLat = [longitude: number, latitude: number];
/** Outer ring and holes, each closed. */
export type LonLatPolygon = LonLat[][];

/** Longitudes that are so close to the antimeridian, in degrees, lie on it: a tenth of a millimetre. */
const SNAP_DEGREES = 1e-9;
/** Smaller parts of the whole come from rounding. */
const SLIVER_SHARE = 1e-9;
/** One millimetre. */
const DECIMALS = 8;

/**
 * The area of an outline as polygons within ±180 degrees that do not overlap, cut where they cross the antimeridian
 * (RFC 7946, section 3.1.9), with outer rings counterclockwise and holes clockwise (section 3.1.6). An outline around a pole
 * is closed along the pole's latitude. `inside` is a place within the area, which tells it from the rest of the world;
 * null where none is known. Null for an outline that cannot be one of an area.
 */
export function worldPolygons(outline: UnrolledRing, inside: Position | null): LonLatPolygon[] | null {
  const ring = closedRing(outline, inside);
  if (ring === null) return null;
  const area = clippedToWorld(ring);
  // Around most of the world, an outline is that of the rest.
  const isRest = outline.turns === 0 && inside !== null && !contains(ring, inside);
  const polygons = (isRest ? difference(worldBox(0), area) : area).map((polygon) => polygon.map(roundedRing));
  const total = polygons.reduce((sum, [outer = []]) => sum + Math.abs(ringArea(outer)), 0);
  const kept = polygons
    .map((polygon) => polygon.filter((edge) => edge.length >= 4 && Math.abs(ringArea(edge)) > SLIVER_SHARE * total))
    .filter((polygon) => polygon.length > 0);
  return kept.length === 0 ? null : kept;
}

/** The union of polygons that may overlap. */
export function mergedPolygons(parts: readonly LonLatPolygon[][]): LonLatPolygon[] {
  const [first, ...others] = parts;
  if (first === undefined) return [];
  return others.length === 0 ? first : union(first, ...others);
}

/** The outline with its longitudes as they run, closed over the pole if it goes around one. */
function closedRing({ positions, turns }: UnrolledRing, inside: Position | null): LonLat[] | null {
  const ring = positions.map(({ longitude, latitude }): LonLat => [snapped(longitude), latitude]);
  const [first] = ring;
  if (first === undefined || Math.abs(turns) > 1) return null;
  if (turns === 0) return ring;
  const [start, end] = [first[0], first[0] + 360 * turns];
  const overPole = (pole: number): LonLat[] => [...ring, [end, first[1]], [end, pole], [start, pole]];
  const candidates = [overPole(90), overPole(-90)];
  const meanLatitude = ring.reduce((sum, [, latitude]) => sum + latitude, 0) / ring.length;
  const nearest = candidates[meanLatitude >= 0 ? 0 : 1] ?? null;
  return inside === null ? nearest : (candidates.find((candidate) => contains(candidate, inside)) ?? nearest);
}

/** The parts of the ring's area that lie in each turn about the Earth, brought together in one. */
function clippedToWorld(ring: readonly LonLat[]): LonLatPolygon[] {
  const longitudes = ring.map(([longitude]) => longitude);
  const firstTurn = Math.floor((Math.min(...longitudes) + 180) / 360);
  const lastTurn = Math.ceil((Math.max(...longitudes) - 180) / 360);
  // In one turn, the union alone takes out where the ring crosses itself.
  if (lastTurn <= firstTurn) return union([turnedBack(ring, firstTurn)]);
  const parts: LonLatPolygon[][] = [];
  for (let turn = firstTurn; turn <= lastTurn; turn++) {
    parts.push(intersection([[...ring]], worldBox(turn)).map((polygon) => polygon.map((edge) => turnedBack(edge, turn))));
  }
  return mergedPolygons(parts.filter((part) => part.length > 0));
}

function turnedBack(ring: readonly (readonly [number, number])[], turns: number): LonLat[] {
  return ring.map(([longitude, latitude]) => [longitude - 360 * turns, latitude]);
}

function worldBox(turn: number): Geom {
  const [west, east] = [360 * turn - 180, 360 * turn + 180];
  return [[[west, -90], [east, -90], [east, 90], [west, 90], [west, -90]]];
}

/** Whether the place lies within the ring, in any of the turns that the ring's longitudes cover. */
function contains(ring: readonly LonLat[], { longitude, latitude }: Position): boolean {
  const longitudes = ring.map(([value]) => value);
  const west = Math.min(...longitudes);
  const first = longitude + 360 * Math.ceil((west - longitude) / 360);
  for (let x = first; x <= Math.max(...longitudes); x += 360) if (isInside(ring, x, latitude)) return true;
  return false;
}

function isInside(ring: readonly LonLat[], x: number, y: number): boolean {
  let inside = false;
  for (const [index, a] of ring.entries()) {
    const b = ring[(index + 1) % ring.length] ?? a;
    if (a[1] > y !== b[1] > y && x < a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0])) inside = !inside;
  }
  return inside;
}

function snapped(longitude: number): number {
  const antimeridian = 360 * Math.round((longitude - 180) / 360) + 180;
  return Math.abs(longitude - antimeridian) < SNAP_DEGREES ? antimeridian : longitude;
}

function roundedRing(ring: readonly (readonly [number, number])[]): LonLat[] {
  const rounded = ring.map(([longitude, latitude]): LonLat => [roundedDegrees(longitude), roundedDegrees(latitude)]);
  return rounded.filter((position, index) => index === 0 || position.some((value, axis) => value !== rounded[index - 1]?.[axis]));
}

function roundedDegrees(value: number): number {
  return Number(value.toFixed(DECIMALS)) + 0; // without a negative zero
}

/** In square degrees, positive for a counterclockwise ring. */
function ringArea(ring: readonly LonLat[]): number {
  let doubled = 0;
  for (const [index, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
    doubled += x * nextY - nextX * y;
  }
  return doubled / 2;
}
