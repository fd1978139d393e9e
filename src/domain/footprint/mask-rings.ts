import type { ImagePoint } from '../sensor-models/sensor-model.js';
import { ringArea, type PixelRing } from './pixel-ring.js';
import { simplifyRing } from './simplify.js';

/** Which pixels of an image, or of a reduced one, are valid: 0 is not, anything else is. Row by row. */
export interface Mask {
  width: number;
  height: number;
  values: Uint8Array;
}

/** Parts smaller than this share of the largest one are left out, and all but the largest few. */
const SMALLEST_PART_SHARE = 0.01;
const MOST_PARTS = 8;
/** An outline of more points than this, all parts together, is drawn more coarsely. */
const MOST_POINTS = 400;
/** The steps of a slanted edge lie within a strip as wide as a pixel's diagonal, and somewhat more after a reduction. */
const FIRST_TOLERANCE_PIXELS = 1.6;
const COARSENING = 1.5;
/** By how much of its area a part may change when its steps are smoothed. */
const AREA_TOLERANCE = 0.05;

/** The four ways along pixel edges, each a quarter turn clockwise (with y down) of the one before. */
const DIRECTIONS = [{ x: 1, y: 0 }, { x: 0, y: 1 }, { x: -1, y: 0 }, { x: 0, y: -1 }] as const;

/**
 * The outer boundaries of the valid pixels' largest connected parts, largest first, simplified, in pixel positions of an
 * image of the given size; null when every pixel is valid, and no rings when none is. Holes are filled. Pixels that touch
 * at a corner only are connected.
 */
export function maskRings(mask: Mask, imageWidth: number, imageHeight: number): PixelRing[] | null {
  if (!mask.values.includes(0)) return null;
  const parts = outerBoundaries(mask).sort((a, b) => ringArea(b) - ringArea(a));
  const smallest = SMALLEST_PART_SHARE * ringArea(parts[0] ?? []);
  const large = parts.slice(0, MOST_PARTS).filter((part) => ringArea(part) >= smallest);
  const scaled = (ring: PixelRing): PixelRing => ring.map(({ x, y }) => ({ x: (x * imageWidth) / mask.width, y: (y * imageHeight) / mask.height }));
  return simplified(large).map(scaled);
}

function simplified(rings: readonly PixelRing[]): PixelRing[] {
  let drawn: PixelRing[] = rings.map(smoothed);
  for (let tolerance = COARSENING * FIRST_TOLERANCE_PIXELS; drawn.reduce((sum, ring) => sum + ring.length, 0) > MOST_POINTS; tolerance *= COARSENING) {
    drawn = rings.map((ring) => simplifyRing(ring, tolerance, (point) => point)).filter((ring) => ring.length >= 3 && ringArea(ring) > 0);
  }
  return drawn;
}

/** Without the steps, unless it is so small that they make its shape. */
function smoothed(ring: PixelRing): PixelRing {
  const smooth = simplifyRing(ring, FIRST_TOLERANCE_PIXELS, (point) => point);
  return Math.abs(ringArea(smooth) / ringArea(ring) - 1) <= AREA_TOLERANCE ? smooth : ring;
}

/** Each part's outer boundary along the edges of its pixels, turning points only, in the direction of `imageRing`. */
function outerBoundaries({ width, height, values }: Mask): ImagePoint[][] {
  const isValid = (column: number, row: number): boolean =>
    column >= 0 && row >= 0 && column < width && row < height && values[row * width + column] !== 0;
  // Every boundary runs along the upper edge of some pixel, and along each such edge once.
  const isTraced = new Uint8Array(width * height);
  const boundaries: ImagePoint[][] = [];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (isTraced[row * width + column] !== 0 || !isValid(column, row) || isValid(column, row - 1)) continue;
      const boundary = follow(isValid, { x: column, y: row }, (x, y) => (isTraced[y * width + x] = 1));
      boundary.reverse();
      if (ringArea(boundary) > 0) boundaries.push(boundary); // the other way round, it is that of a hole
    }
  }
  return boundaries;
}

/** Follows the boundary clockwise, valid pixels to the right, from the upper left corner of a pixel with nothing above it. */
function follow(isValid: (column: number, row: number) => boolean, start: ImagePoint, onUpperEdge: (column: number, row: number) => void): ImagePoint[] {
  const turningPoints: ImagePoint[] = [];
  let { x, y } = start;
  let direction = 0;
  do {
    if (direction === 0) onUpperEdge(x, y);
    const { x: dx, y: dy } = DIRECTIONS[direction] ?? DIRECTIONS[0];
    x += dx;
    y += dy;
    // The pixels beyond the corner just reached: half a pixel ahead, half a pixel to the left and to the right.
    const aheadLeft = isValid(x + (dx + dy - 1) / 2, y + (dy - dx - 1) / 2);
    const aheadRight = isValid(x + (dx - dy - 1) / 2, y + (dy + dx - 1) / 2);
    const turn = aheadLeft ? -1 : aheadRight ? 0 : 1;
    if (turn !== 0) turningPoints.push({ x, y });
    direction = (direction + turn + 4) % 4;
  } while (x !== start.x || y !== start.y || direction !== 0);
  return turningPoints;
}
