import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LonLatPolygon } from '../../../src/domain/footprint/world-polygons.js';

/** Beside the sources of the tests, wherever these were built to. */
const OUTPUT_FOLDER = fileURLToPath(new URL('../../../../test/output/footprints', import.meta.url));
/** The land of the dashboard's map as an SVG path, x east and y south in tenths of a degree. */
const LAND = fileURLToPath(new URL('../../../../src/dashboard/land.json', import.meta.url));
const LAND_UNITS_PER_DEGREE = 10;
const PIXELS_PER_DEGREE = 3;
const GRATICULE_DEGREES = 30;
const ZOOM_PIXELS = 540;
const COLOURS = ['#d1495b', '#00798c', '#edae49', '#66a182'];

/**
 * Draws polygons into an SVG file for people to look at: on a map of the world in longitude and latitude with
 * land and a graticule, and beside it each polygon as large as fits, with its positions marked.
 */
export function plotFootprint(name: string, polygons: readonly LonLatPolygon[]): void {
  const panels = polygons.map((polygon, index) => zoomPanel(polygon, index));
  const width = 360 * PIXELS_PER_DEGREE + panels.length * (ZOOM_PIXELS + 20);
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${180 * PIXELS_PER_DEGREE + 40}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="white"/><text x="4" y="14">${name}: ${polygons.length} polygon(s), ${polygons.flat(2).length} positions</text>`,
    `<g transform="translate(0 20)">${worldPanel(polygons)}</g>`,
    ...panels.map((panel, index) => `<g transform="translate(${360 * PIXELS_PER_DEGREE + 20 + index * (ZOOM_PIXELS + 20)} 20)">${panel}</g>`),
    '</svg>',
  ];
  mkdirSync(OUTPUT_FOLDER, { recursive: true });
  writeFileSync(join(OUTPUT_FOLDER, `${name}.svg`), svg.join('\n'));
}

function worldPanel(polygons: readonly LonLatPolygon[]): string {
  const toX = (longitude: number): number => (longitude + 180) * PIXELS_PER_DEGREE;
  const toY = (latitude: number): number => (90 - latitude) * PIXELS_PER_DEGREE;
  const lines: string[] = [];
  for (let longitude = -180; longitude <= 180; longitude += GRATICULE_DEGREES) lines.push(line(toX(longitude), 0, toX(longitude), 180 * PIXELS_PER_DEGREE));
  for (let latitude = -90; latitude <= 90; latitude += GRATICULE_DEGREES) lines.push(line(0, toY(latitude), 360 * PIXELS_PER_DEGREE, toY(latitude)));
  return [land(), ...lines, ...polygons.map((polygon, index) => path(polygon, toX, toY, index))].join('\n');
}

function land(): string {
  const { path: outline } = JSON.parse(readFileSync(LAND, 'utf8')) as { path: string };
  const clip = `<clipPath id="world"><rect width="${360 * PIXELS_PER_DEGREE}" height="${180 * PIXELS_PER_DEGREE}"/></clipPath>`;
  const placed = `translate(${180 * PIXELS_PER_DEGREE} ${90 * PIXELS_PER_DEGREE}) scale(${PIXELS_PER_DEGREE / LAND_UNITS_PER_DEGREE})`;
  return `${clip}<g clip-path="url(#world)"><path d="${outline}" transform="${placed}" fill="#e8e4d8"/></g>`;
}

function zoomPanel(polygon: LonLatPolygon, index: number): string {
  const longitudes = polygon.flat().map(([longitude]) => longitude);
  const latitudes = polygon.flat().map(([, latitude]) => latitude);
  const [west, east, south, north] = [Math.min(...longitudes), Math.max(...longitudes), Math.min(...latitudes), Math.max(...latitudes)];
  const toX = (longitude: number): number => 10 + ((longitude - west) / (east - west)) * (ZOOM_PIXELS - 20);
  const toY = (latitude: number): number => 10 + ((north - latitude) / (north - south)) * (ZOOM_PIXELS - 40);
  const dots = polygon.flat().map(([longitude, latitude]) => `<circle cx="${toX(longitude).toFixed(2)}" cy="${toY(latitude).toFixed(2)}" r="2"/>`);
  const caption = `${west}° to ${east}°, ${south}° to ${north}°`;
  return [path(polygon, toX, toY, index), ...dots, `<text x="10" y="${ZOOM_PIXELS - 10}">${caption}</text>`].join('\n');
}

function path(polygon: LonLatPolygon, toX: (longitude: number) => number, toY: (latitude: number) => number, index: number): string {
  const colour = COLOURS[index % COLOURS.length] ?? 'black';
  const rings = polygon.map((ring) => `M${ring.map(([longitude, latitude]) => `${toX(longitude).toFixed(3)},${toY(latitude).toFixed(3)}`).join('L')}Z`);
  return `<path d="${rings.join('')}" fill="${colour}" fill-opacity="0.35" fill-rule="evenodd" stroke="${colour}"/>`;
}

function line(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#cccccc"/>`;
}
