export interface PlanePosition {
  x: number;
  y: number;
}

/**
 * The points of a line that are left when none of those taken out lies farther than `tolerance` from it (D. Douglas,
 * T. Peucker, "Algorithms for the reduction of the number of points required to represent a digitized line or its
 * caricature", 1973). The first and last ones stay.
 */
export function simplifyLine<Point>(points: readonly Point[], tolerance: number, positionOf: (point: Point) => PlanePosition): Point[] {
  const positions = points.map(positionOf);
  const kept = new Set([0, points.length - 1]);
  const pending: [number, number][] = [[0, points.length - 1]];
  for (let span = pending.pop(); span !== undefined; span = pending.pop()) {
    const [first, last] = span;
    const farthest = farthestFrom(positions, first, last);
    if (farthest.distance <= tolerance) continue;
    kept.add(farthest.index);
    pending.push([first, farthest.index], [farthest.index, last]);
  }
  return points.filter((_point, index) => kept.has(index));
}

/** The same for a ring, whose first point is not repeated at its end: it is cut at its first point and the one farthest from that. */
export function simplifyRing<Point>(ring: readonly Point[], tolerance: number, positionOf: (point: Point) => PlanePosition): Point[] {
  const [first] = ring;
  if (first === undefined || ring.length < 4) return [...ring];
  const start = positionOf(first);
  let [opposite, farthest] = [0, -1];
  for (const [index, point] of ring.entries()) {
    const { x, y } = positionOf(point);
    const distance = Math.hypot(x - start.x, y - start.y);
    if (distance > farthest) [opposite, farthest] = [index, distance];
  }
  const there = simplifyLine(ring.slice(0, opposite + 1), tolerance, positionOf);
  const back = simplifyLine([...ring.slice(opposite), first], tolerance, positionOf);
  return [...there.slice(0, -1), ...back.slice(0, -1)];
}

/** How far a point lies from the straight line between two others, ends included. */
export function distanceToSegment(point: PlanePosition, from: PlanePosition, to: PlanePosition): number {
  const along = { x: to.x - from.x, y: to.y - from.y };
  const lengthSquared = along.x * along.x + along.y * along.y;
  const share = lengthSquared === 0 ? 0 : ((point.x - from.x) * along.x + (point.y - from.y) * along.y) / lengthSquared;
  const clamped = Math.min(Math.max(share, 0), 1);
  return Math.hypot(point.x - from.x - clamped * along.x, point.y - from.y - clamped * along.y);
}

function farthestFrom(positions: readonly PlanePosition[], first: number, last: number): { index: number; distance: number } {
  const [from, to] = [positions[first], positions[last]];
  let farthest = { index: first, distance: -1 };
  if (from === undefined || to === undefined) return farthest;
  for (let index = first + 1; index < last; index++) {
    const position = positions[index];
    const distance = position === undefined ? -1 : distanceToSegment(position, from, to);
    if (distance > farthest.distance) farthest = { index, distance };
  }
  return farthest;
}
