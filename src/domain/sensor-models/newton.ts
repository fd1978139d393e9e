export type Pair = readonly [number, number];

export interface NewtonProblem {
  /** What is to become zero, in pixels, at the unknowns; null where it is undefined. */
  residual: (u: number, v: number) => Pair | null;
  /** A first guess, where the residual must be defined. Unknowns are best scaled to about ±1 over the image. */
  start: Pair;
  /** Largest residual of an accepted solution, in pixels. */
  tolerancePixels: number;
}

const MAX_ITERATIONS = 60;
/** Of one step, whole and then halved. */
const MAX_TRIALS = 40;
/** Of the central difference; in unknowns of about ±1 it balances rounding against curvature. */
const STEP = 1e-5;

/**
 * The two unknowns at which the residual vanishes, by Newton's method with a numeric Jacobian.
 * A step that does not lessen the residual, or leaves its domain, is halved until it does, so
 * that the solution nearest to the start is found and the poles of rational functions are not
 * stepped over. Null when it does not get below the tolerance.
 */
export function solveNewton({ residual, start, tolerancePixels }: NewtonProblem): Pair | null {
  let [u, v] = start;
  let current = residual(u, v);
  if (current === null) return null;
  let size = Math.hypot(...current);
  // The last steps converge quadratically and are cheap: go on until rounding stops them.
  const goal = tolerancePixels * 1e-4;

  for (let iteration = 0; iteration < MAX_ITERATIONS && size > goal; iteration++) {
    const step = newtonStep(residual, u, v, current);
    if (step === null) break;
    // Once good enough, a step that gains nothing has met rounding: halving it would gain nothing either.
    const trials = size <= tolerancePixels ? 1 : MAX_TRIALS;
    let fraction = 1;
    let accepted = false;
    for (let count = 0; count < trials && !accepted; count++, fraction /= 2) {
      const trialU = u + fraction * step[0];
      const trialV = v + fraction * step[1];
      const trial = residual(trialU, trialV);
      if (trial === null || !(Math.hypot(...trial) < size)) continue;
      [u, v, current, size, accepted] = [trialU, trialV, trial, Math.hypot(...trial), true];
    }
    if (!accepted) break;
  }
  return size <= tolerancePixels ? [u, v] : null;
}

function newtonStep(residual: NewtonProblem['residual'], u: number, v: number, [a, b]: Pair): Pair | null {
  const alongU = difference(residual(u - STEP, v), [a, b], residual(u + STEP, v));
  const alongV = difference(residual(u, v - STEP), [a, b], residual(u, v + STEP));
  if (alongU === null || alongV === null) return null;
  const determinant = alongU[0] * alongV[1] - alongV[0] * alongU[1];
  const step: Pair = [(alongV[0] * b - alongV[1] * a) / determinant, (alongU[1] * a - alongU[0] * b) / determinant];
  return step.every(Number.isFinite) ? step : null;
}

/** The derivative from both sides, or from the one side that is defined. */
function difference(before: Pair | null, here: Pair, after: Pair | null): Pair | null {
  if (before === null && after === null) return null;
  const span = before === null || after === null ? STEP : 2 * STEP;
  const [low, high] = [before ?? here, after ?? here];
  return [(high[0] - low[0]) / span, (high[1] - low[1]) / span];
}
