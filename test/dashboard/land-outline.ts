import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

/** Where the outline comes from: Natural Earth 1:110m land (public domain), as the package world-atlas has it. */
const SOURCE = 'world-atlas/land-110m.json';
const TENTHS = 10;

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

function ringPath(ring: number[][]): string {
  const points = ring.map(([longitude = 0, latitude = 0]) => [Math.round(longitude * TENTHS), Math.round(-latitude * TENTHS)] as const);
  let [x, y] = points[0] ?? [0, 0];
  let path = `M${x} ${y}l`;
  for (const [nextX, nextY] of points.slice(1, -1)) {
    if (nextX === x && nextY === y) continue;
    path += `${nextX - x} ${nextY - y} `;
    [x, y] = [nextX, nextY];
  }
  return `${path.trimEnd()}z`;
}
