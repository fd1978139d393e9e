import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

/** Where the outline comes from: Natural Earth 1:110m land (public domain), as the package world-atlas has it. */
const SOURCE = 'world-atlas/land-110m.json';
const TENTHS = 10;
const TURN = 360;
const HALF_TURN = TURN / 2;

/**
 * The land of the dashboard's map as an SVG path: x east and y south, in tenths of a degree, each point relative to
 * the one before.
 */
export async function landOutline(): Promise<string> {
  const topology = JSON.parse(await readFile(createRequire(import.meta.url).resolve(SOURCE), 'utf8')) as Topology<{ land: GeometryCollection }>;
  const { features } = feature(topology, topology.objects.land);
  return features
    .flatMap(({ geometry }) => (geometry.type === 'MultiPolygon' ? geometry.coordinates.flat() : geometry.type === 'Polygon' ? geometry.coordinates : []))
    .map(ringPath)
    .join('');
}

/** A ring across the antimeridian goes on beyond 180 degrees and is drawn a second time a turn away; one around a pole is closed over it. */
function ringPath(ring: number[][]): string {
  const points = unrolled(ring.map(([longitude = 0, latitude = 0]) => [longitude, latitude]));
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return '';
  if (Math.abs(last[0] - first[0]) > HALF_TURN) {
    const pole = first[1] < 0 ? -90 : 90;
    points.push([last[0], pole], [first[0], pole], first);
  }
  const longitudes = points.map(([longitude]) => longitude);
  const turns = [0, ...(Math.max(...longitudes) > HALF_TURN ? [-TURN] : []), ...(Math.min(...longitudes) < -HALF_TURN ? [TURN] : [])];
  return turns.map((turn) => closedPath(points.map(([longitude, latitude]) => [longitude + turn, latitude]))).join('');
}

type Position = readonly [longitude: number, latitude: number];

/** Longitudes without a jump from one side of the antimeridian to the other. */
function unrolled(ring: Position[]): Position[] {
  let turn = 0;
  return ring.map(([longitude, latitude], index) => {
    const step = longitude - (ring[index - 1]?.[0] ?? longitude);
    if (Math.abs(step) > HALF_TURN) turn -= Math.sign(step) * TURN;
    return [longitude + turn, latitude];
  });
}

function closedPath(ring: Position[]): string {
  const points = ring.map(([longitude, latitude]) => [Math.round(longitude * TENTHS), Math.round(-latitude * TENTHS)] as const);
  let [x, y] = points[0] ?? [0, 0];
  let path = `M${x} ${y}l`;
  for (const [nextX, nextY] of points.slice(1, -1)) {
    if (nextX === x && nextY === y) continue;
    path += `${nextX - x} ${nextY - y} `;
    [x, y] = [nextX, nextY];
  }
  return `${path.trimEnd()}z`;
}
