import type { ImagePoint } from '../sensor-models/sensor-model.js';

/** A closed line through pixel positions; its last point is joined to its first and not repeated. */
export type PixelRing = readonly ImagePoint[];

/** The outer corners of an image, as a ring: upper left, lower left, lower right, upper right. */
export function imageRing(width: number, height: number): PixelRing {
  return [
    { x: 0, y: 0 },
    { x: 0, y: height },
    { x: width, y: height },
    { x: width, y: 0 },
  ];
}

/** In square pixels; positive when the ring runs as `imageRing` does, negative the other way round. */
export function ringArea(ring: PixelRing): number {
  let doubled = 0;
  for (const [index, point] of ring.entries()) {
    const next = ring[(index + 1) % ring.length] ?? point;
    doubled += next.x * point.y - point.x * next.y;
  }
  return doubled / 2;
}

/** A point well inside of the ring: in the middle of the widest stretch at one of some heights; null for a ring without area. */
export function pointInside(ring: PixelRing): ImagePoint | null {
  const ys = ring.map(({ y }) => y);
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  let widest: { point: ImagePoint; width: number } | null = null;
  for (const fraction of [0.5, 0.27, 0.73]) {
    const y = top + (bottom - top) * fraction;
    const crossings = crossingsAt(ring, y);
    for (let index = 0; index + 1 < crossings.length; index += 2) {
      const [from, to] = [crossings[index] ?? NaN, crossings[index + 1] ?? NaN];
      if (to - from > (widest?.width ?? 0)) widest = { point: { x: (from + to) / 2, y }, width: to - from };
    }
  }
  return widest?.point ?? null;
}

function crossingsAt(ring: PixelRing, y: number): number[] {
  const crossings: number[] = [];
  for (const [index, a] of ring.entries()) {
    const b = ring[(index + 1) % ring.length] ?? a;
    if (a.y > y !== b.y > y) crossings.push(a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x));
  }
  return crossings.sort((left, right) => left - right);
}
