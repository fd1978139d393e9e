import type { ImagePoint, SensorModel } from '../sensor-models/sensor-model.js';
import { between, placeOf } from './outline.js';
import { ringArea, type PixelRing } from './pixel-ring.js';

/** The image is looked at on a lattice of so many cells along its longer side: each place past the limb can take a sensor model a while. */
const CELLS = 48;
/** How exactly the limb is found, in pixels; close to it a hundredth of a pixel can be a degree on the ground. */
const LIMB_TOLERANCE_PIXELS = 1e-7;
/** Points are added between two on the limb until the line between them is so close to it, or so often. */
const CHORD_TOLERANCE_PIXELS = 0.1;
const MOST_REFINEMENTS = 4;
/** Smaller parts of the largest one are left out. */
const SMALLEST_PART_SHARE = 0.01;

/** A place on the boundary: on the limb, or on the image's own edge. */
interface BoundaryPoint extends ImagePoint {
  isLimb: boolean;
}

/**
 * The parts of an image that show the Earth, the largest first, as rings of pixel positions along the image's edge and the
 * limb: marching squares (W. Lorensen, H. Cline, "Marching cubes", 1987, in two dimensions) over a lattice of looks, each
 * crossing found exactly by bisection.
 */
export function visibleRings(model: SensorModel, width: number, height: number): PixelRing[] {
  const isVisible = (point: ImagePoint): boolean => placeOf(model, point) !== null;
  const rings = latticeRings(isVisible, width, height)
    .map((ring) => refined(ring, isVisible))
    .filter((ring) => ringArea(ring) > 0)
    .sort((a, b) => ringArea(b) - ringArea(a));
  const [largest] = rings;
  return largest === undefined ? [] : rings.filter((ring) => ringArea(ring) >= SMALLEST_PART_SHARE * ringArea(largest));
}

function latticeRings(isVisible: (point: ImagePoint) => boolean, width: number, height: number): BoundaryPoint[][] {
  const cellPixels = Math.max(width, height) / CELLS;
  const columns = Math.max(1, Math.ceil(width / cellPixels));
  const rows = Math.max(1, Math.ceil(height / cellPixels));
  const nodeAt = (column: number, row: number): ImagePoint => ({
    x: (width * Math.min(Math.max(column, 0), columns)) / columns,
    y: (height * Math.min(Math.max(row, 0), rows)) / rows,
  });
  // A frame of blind nodes around the image makes every boundary a closed one.
  const isWithin = (column: number, row: number): boolean => column >= 0 && row >= 0 && column <= columns && row <= rows;
  const looks = new Map<number, boolean>();
  const keyOf = (column: number, row: number): number => (row + 1) * (columns + 3) + column + 1;
  const sees = (column: number, row: number): boolean => {
    if (!isWithin(column, row)) return false;
    const key = keyOf(column, row);
    const known = looks.get(key) ?? isVisible(nodeAt(column, row));
    looks.set(key, known);
    return known;
  };

  /** The boundary between two neighbouring nodes, of which the first one sees. */
  const crossing = (seeing: readonly [number, number], blind: readonly [number, number]): BoundaryPoint =>
    isWithin(...blind)
      ? { ...lastVisible(isVisible, nodeAt(...seeing), nodeAt(...blind)), isLimb: true }
      : { ...nodeAt(...seeing), isLimb: false };

  // Each piece of boundary runs through one cell, from one of its sides to another, with the visible part on its left as
  // seen with y down; sides are named by the two nodes at their ends, so that pieces of neighbouring cells join.
  const pieces = new Map<string, { to: string; point: BoundaryPoint }>();
  for (let row = -1; row <= rows; row++) {
    for (let column = -1; column <= columns; column++) {
      const corners = [[column, row], [column, row + 1], [column + 1, row + 1], [column + 1, row]] as const;
      const entries: { from: string; point: BoundaryPoint }[] = [];
      const exits: string[] = [];
      for (const [index, a] of corners.entries()) {
        const b = corners[(index + 1) % 4] ?? a;
        const side = [keyOf(...a), keyOf(...b)].sort((left, right) => left - right).join(' ');
        if (sees(...a) && !sees(...b)) entries.push({ from: side, point: crossing(a, b) });
        if (!sees(...a) && sees(...b)) exits.push(side);
      }
      // Around the cell, sides where sight ends and where it begins take turns. A piece leads from where it ends to where it
      // began before, so that two visible corners across from each other stay apart.
      const endsFirst = sees(...corners[0]);
      for (const [index, { from, point }] of entries.entries()) {
        const to = endsFirst ? exits.at(index - 1) : exits[index];
        if (to !== undefined) pieces.set(from, { to, point });
      }
    }
  }
  return chained(pieces);
}

function chained(pieces: Map<string, { to: string; point: BoundaryPoint }>): BoundaryPoint[][] {
  const rings: BoundaryPoint[][] = [];
  for (const start of [...pieces.keys()]) {
    const ring: BoundaryPoint[] = [];
    for (let side = start, piece = pieces.get(side); piece !== undefined; piece = pieces.get(side)) {
      pieces.delete(side);
      ring.push(piece.point);
      side = piece.to;
    }
    if (ring.length > 2) rings.push(withoutRepeats(ring));
  }
  return rings;
}

function withoutRepeats(ring: readonly BoundaryPoint[]): BoundaryPoint[] {
  return ring.filter((point, index) => {
    const previous = ring.at(index - 1);
    return previous === undefined || point.x !== previous.x || point.y !== previous.y;
  });
}

/** Follows the limb's curve between the points on it. */
function refined(ring: readonly BoundaryPoint[], isVisible: (point: ImagePoint) => boolean): BoundaryPoint[] {
  let current = [...ring];
  for (let pass = 0; pass < MOST_REFINEMENTS; pass++) {
    const next: BoundaryPoint[] = [];
    for (const [index, point] of current.entries()) {
      next.push(point);
      const following = current[(index + 1) % current.length];
      if (!point.isLimb || following?.isLimb !== true) continue;
      const onLimb = limbBeside(point, following, isVisible);
      if (onLimb !== null) next.push(onLimb);
    }
    if (next.length === current.length) break;
    current = next;
  }
  return current;
}

/** The limb's point on the perpendicular through the middle of a chord; null when the chord is close enough, or there is none. */
function limbBeside(from: ImagePoint, to: ImagePoint, isVisible: (point: ImagePoint) => boolean): BoundaryPoint | null {
  const middle = between(from, to, 0.5);
  const reach = 0.25; // of the chord: more than any arc of the limb bulges
  const across = { x: reach * (to.y - from.y), y: -reach * (to.x - from.x) };
  const [left, right] = [{ x: middle.x + across.x, y: middle.y + across.y }, { x: middle.x - across.x, y: middle.y - across.y }];
  const [seesLeft, seesRight] = [isVisible(left), isVisible(right)];
  if (seesLeft === seesRight) return null;
  const point = seesLeft ? lastVisible(isVisible, left, right) : lastVisible(isVisible, right, left);
  return Math.hypot(point.x - middle.x, point.y - middle.y) <= CHORD_TOLERANCE_PIXELS ? null : { ...point, isLimb: true };
}

function lastVisible(isVisible: (point: ImagePoint) => boolean, seeing: ImagePoint, blind: ImagePoint): ImagePoint {
  let [near, far] = [seeing, blind];
  while (Math.hypot(far.x - near.x, far.y - near.y) > LIMB_TOLERANCE_PIXELS) {
    const middle = between(near, far, 0.5);
    if (isVisible(middle)) near = middle;
    else far = middle;
  }
  return near;
}
