import { SensorModelError } from './errors.js';
import { solveLeastSquares } from './least-squares.js';

export interface PlanePoint {
  x: number;
  y: number;
}

/** A projective map of the plane, row by row: (x, y) goes to (a·x + b·y + c, d·x + e·y + f) / (g·x + h·y + i). */
export type Homography = readonly [number, number, number, number, number, number, number, number, number];

export interface PointPair {
  from: PlanePoint;
  to: PlanePoint;
}

/**
 * The projective map that takes `from` to `to`: exactly for four pairs, by least squares for more
 * (normalised direct linear transform: R. Hartley, A. Zisserman, "Multiple View Geometry in
 * Computer Vision", section 4.4; the weight of the points' centroid is fixed to 1, since a
 * horizon through the middle of the points is no image of the ground).
 * It is positive on the points' side: the denominator is above zero at every `from`.
 * @throws SensorModelError for fewer than four pairs, points on one line, repeated points and
 * four corners in crossed order.
 */
export function fitHomography(pairs: readonly PointPair[]): Homography {
  if (pairs.length < 4) throw new SensorModelError(`A projective fit needs 4 points, not ${pairs.length}.`);
  const fromFrame = frameOf(pairs.map(({ from }) => from));
  const toFrame = frameOf(pairs.map(({ to }) => to));
  const equations: number[][] = [];
  const constants: number[] = [];
  for (const { from, to } of pairs) {
    const p = applyHomography(fromFrame.toUnit, from);
    const q = applyHomography(toFrame.toUnit, to);
    if (p === null || q === null) throw degenerate();
    equations.push([p.x, p.y, 1, 0, 0, 0, -q.x * p.x, -q.x * p.y], [0, 0, 0, p.x, p.y, 1, -q.y * p.x, -q.y * p.y]);
    constants.push(q.x, q.y);
  }
  const solution = solveLeastSquares(equations, constants);
  if (solution === null) throw degenerate();
  const [a = NaN, b = NaN, c = NaN, d = NaN, e = NaN, f = NaN, g = NaN, h = NaN] = solution;
  const unit: Homography = [a, b, c, d, e, f, g, h, 1];
  // In unit frames an honest map has a determinant of about 1.
  if (!(Math.abs(determinantOf(unit)) > 1e-9)) throw degenerate();
  const homography = multiply(toFrame.fromUnit, multiply(unit, fromFrame.toUnit));
  if (pairs.some(({ from }) => !(denominatorAt(homography, from) > 0))) throw degenerate();
  return homography;
}

/** The image of the point; null on and beyond the map's horizon, where the denominator is not positive. */
export function applyHomography(homography: Homography, { x, y }: PlanePoint): PlanePoint | null {
  const [a, b, c, d, e, f] = homography;
  const denominator = denominatorAt(homography, { x, y });
  if (!(denominator > 0)) return null;
  const point = { x: (a * x + b * y + c) / denominator, y: (d * x + e * y + f) / denominator };
  return Number.isFinite(point.x) && Number.isFinite(point.y) ? point : null;
}

/** The inverse map, positive on the image of the positive side. */
export function invertHomography(homography: Homography): Homography {
  const [a, b, c, d, e, f, g, h, i] = homography;
  const determinant = determinantOf(homography);
  const adjugate = [
    e * i - f * h, c * h - b * i, b * f - c * e,
    f * g - d * i, a * i - c * g, c * d - a * f,
    d * h - e * g, b * g - a * h, a * e - b * d,
  ] as const;
  return scaled(adjugate, 1 / determinant);
}

function denominatorAt([, , , , , , g, h, i]: Homography, { x, y }: PlanePoint): number {
  return g * x + h * y + i;
}

function determinantOf([a, b, c, d, e, f, g, h, i]: Homography): number {
  return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
}

function scaled([a, b, c, d, e, f, g, h, i]: Homography, factor: number): Homography {
  return [a * factor, b * factor, c * factor, d * factor, e * factor, f * factor, g * factor, h * factor, i * factor];
}

function multiply([a, b, c, d, e, f, g, h, i]: Homography, [j, k, l, m, n, o, p, q, r]: Homography): Homography {
  return [
    a * j + b * m + c * p, a * k + b * n + c * q, a * l + b * o + c * r,
    d * j + e * m + f * p, d * k + e * n + f * q, d * l + e * o + f * r,
    g * j + h * m + i * p, g * k + h * n + i * q, g * l + h * o + i * r,
  ];
}

/** The shift and scale that put the points around the origin at a mean distance of √2, and back. */
function frameOf(points: readonly PlanePoint[]): { toUnit: Homography; fromUnit: Homography } {
  const count = points.length;
  const centreX = points.reduce((sum, { x }) => sum + x, 0) / count;
  const centreY = points.reduce((sum, { y }) => sum + y, 0) / count;
  const spread = points.reduce((sum, { x, y }) => sum + Math.hypot(x - centreX, y - centreY), 0) / count / Math.SQRT2;
  if (!(spread > 0) || !Number.isFinite(spread)) throw degenerate();
  return {
    toUnit: [1 / spread, 0, -centreX / spread, 0, 1 / spread, -centreY / spread, 0, 0, 1],
    fromUnit: [spread, 0, centreX, 0, spread, centreY, 0, 0, 1],
  };
}

function degenerate(): SensorModelError {
  return new SensorModelError(
    'No projective map fits the control points: they lie on one line or on one another, in another order on the ground than in the image, or are not numbers.',
  );
}
