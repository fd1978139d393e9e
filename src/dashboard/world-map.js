import { h, svg } from './dom.js';
import { angle } from './format.js';

/**
 * @typedef {[number, number]} Position longitude and latitude, in degrees
 * @typedef {{ type: 'Polygon', coordinates: Position[][] } | { type: 'MultiPolygon', coordinates: Position[][][] }} Area
 * @typedef {{ bbox?: [number, number, number, number], geometry: Area | null, properties: { sensor_model: string | null, precision: string | null, reason: string | null } }} Outline
 */

/** An area less wide than this, in degrees, is lost on a map of the world without a mark around it. */
const SMALL_DEGREES = 12;
/** Share of the close-up that is left free on either side. */
const MARGIN = 0.25;
const GRID_STEPS = [45, 30, 20, 10];

/** @type {Promise<string> | undefined} */
let land;

/** The land as an SVG path in tenths of a degree. @returns {Promise<string>} */
function landPath() {
  land ??= fetch(new URL('land.json', import.meta.url))
    .then((response) => response.json())
    .then(({ path }) => path);
  return land;
}

/** An image's outline on the world and close up, with its edges in words. @param {Outline} outline */
export async function footprintMaps({ bbox, geometry, properties }) {
  if (geometry === null || bbox === undefined) return h('p', { class: 'muted' }, `The image has no place on Earth: ${properties.reason ?? 'it has no georeference'}.`);
  const [west, south, , north] = bbox;
  const east = bbox[2] < west ? bbox[2] + 360 : bbox[2];
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const label = `Footprint from ${angle(west, 'EW')} to ${angle(bbox[2], 'EW')} and from ${angle(south, 'NS')} to ${angle(north, 'NS')}`;
  return h(
    'div',
    { class: 'maps' },
    worldMap(await landPath(), polygons, { west, south, east, north }, label),
    closeUp(polygons, { west, south, east, north }),
    h(
      'dl',
      { class: 'facts' },
      ...facts({
        Longitude: `${angle(west, 'EW')} to ${angle(bbox[2], 'EW')}`,
        Latitude: `${angle(south, 'NS')} to ${angle(north, 'NS')}`,
        'Placed by': `${properties.sensor_model ?? 'unknown'}${properties.precision === null ? '' : ` (${properties.precision})`}`,
      }),
    ),
  );
}

/** @param {Record<string, string>} values */
function facts(values) {
  return Object.entries(values).map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)));
}

/** @typedef {{ west: number, south: number, east: number, north: number }} Box `east` is beyond 180 for a box across the antimeridian */

/** @param {string} path @param {Position[][][]} polygons @param {Box} box @param {string} label */
function worldMap(path, polygons, { west, south, east, north }, label) {
  const isSmall = Math.max(east - west, north - south) < SMALL_DEGREES;
  const middle = (west + east) / 2;
  const at = { cx: middle > 180 ? middle - 360 : middle, cy: -(south + north) / 2 };
  return svg(
    'svg',
    { class: 'map', viewBox: '-180 -90 360 180', role: 'img', 'aria-label': label },
    svg('rect', { class: 'sea', x: -180, y: -90, width: 360, height: 180 }),
    svg('path', { class: 'land', d: path, transform: 'scale(0.1)' }),
    svg('path', { class: 'grid', d: gridPath({ west: -180, east: 180, south: -90, north: 90 }, 30) }),
    svg('path', { class: 'footprint', d: polygons.map(areaPath).join('') }),
    isSmall && svg('circle', { class: 'mark', r: 7, ...at }),
    isSmall && svg('circle', { class: 'mark-centre', r: 1.6, ...at }),
  );
}

/** The outline alone on a grid of round degrees, with degrees of longitude as narrow as they are there. @param {Position[][][]} polygons @param {Box} box */
function closeUp(polygons, box) {
  const middle = (box.south + box.north) / 2;
  const squeeze = Math.max(0.05, Math.cos((middle * Math.PI) / 180));
  const [width, height] = [(box.east - box.west) * squeeze, box.north - box.south];
  const side = Math.max(width, height, 1e-6) * (1 + 2 * MARGIN);
  const view = { west: (box.west + box.east) / 2 - side / squeeze, east: (box.west + box.east) / 2 + side / squeeze, south: middle - side / 2, north: middle + side / 2 };
  const scale = 180 / side;
  const project = (/** @type {Position} */ [longitude, latitude]) => /** @type {Position} */ ([((box.east > 180 && longitude < 0 ? longitude + 360 : longitude) - view.west) * squeeze * scale, (view.north - latitude) * scale]);
  /** @type {(Node | false)[]} */
  const lines = [];
  for (const longitude of multiples(view.west, view.east, gridStep((2 * side) / squeeze))) {
    const [x] = project([longitude, 0]);
    lines.push(svg('line', { class: 'grid', x1: x, y1: 0, x2: x, y2: 180 }), x > 20 && x < 320 && svg('text', { class: 'grid-label', x: x + 2, y: 177 }, angle(wrapped(longitude), 'EW', 5)));
  }
  for (const latitude of multiples(Math.max(-90, view.south), Math.min(90, view.north), gridStep(side))) {
    const [, y] = project([0, latitude]);
    lines.push(svg('line', { class: 'grid', x1: 0, y1: y, x2: 360, y2: y }), y > 12 && y < 168 && svg('text', { class: 'grid-label', x: 3, y: y - 2 }, angle(latitude, 'NS', 5)));
  }
  const d = polygons.map((rings) => areaPath(rings.map((ring) => ring.map(project).map(([x, y]) => /** @type {Position} */ ([x, -y]))))).join('');
  return svg('svg', { class: 'map', viewBox: '0 0 360 180', 'aria-hidden': 'true' }, svg('rect', { class: 'sea', width: 360, height: 180 }), svg('path', { class: 'footprint', d }), ...lines);
}

/** @param {Position[][]} rings */
function areaPath(rings) {
  return rings.map((ring) => `M${ring.map(([x, y]) => `${x} ${-y}`).join('L')}Z`).join('');
}

/** @param {Box} box @param {number} step */
function gridPath({ west, south, east, north }, step) {
  return [...multiples(west, east, step).map((x) => `M${x} ${-south}V${-north}`), ...multiples(south, north, step).map((y) => `M${west} ${-y}H${east}`)].join('');
}

/** A round step that gives three to six lines. @param {number} span in degrees */
function gridStep(span) {
  const wanted = span / 3.5;
  if (wanted >= 10) return GRID_STEPS.find((step) => step <= wanted) ?? 10;
  const decade = 10 ** Math.floor(Math.log10(wanted));
  return decade * ([5, 2, 1].find((digit) => digit * decade <= wanted) ?? 1);
}

/** @param {number} from @param {number} to @param {number} step */
function multiples(from, to, step) {
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step);
}

/** @param {number} longitude */
function wrapped(longitude) {
  return longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude;
}
