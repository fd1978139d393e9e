/** Below this part of the largest column, what is left of a column counts as rounding. */
const RANK_TOLERANCE = 1e-10;

/**
 * The unknowns that minimise |A·x − b|, by Householder reflections (G. H. Golub, C. F. Van Loan,
 * "Matrix Computations", section 5.3), which keep the accuracy that normal equations would lose.
 * `equations` holds one row of coefficients per equation, at least as many as unknowns.
 * Null when the equations do not determine the unknowns.
 */
export function solveLeastSquares(equations: readonly (readonly number[])[], constants: readonly number[]): number[] | null {
  // Work on columns, the right-hand side last: a reflection then touches whole arrays.
  const count = equations[0]?.length ?? 0;
  const columns = Array.from({ length: count }, (_, j) => Float64Array.from(equations, (row) => row[j] ?? NaN));
  const right = Float64Array.from(constants);
  const scale = Math.max(...columns.map(norm));
  const diagonal: number[] = [];

  for (const [pivot, column] of columns.entries()) {
    const length = norm(column.subarray(pivot));
    if (!(length > RANK_TOLERANCE * scale)) return null;
    const head = column[pivot] ?? NaN;
    const corner = head > 0 ? -length : length;
    const reflector = column.slice(pivot);
    reflector[0] = head - corner;
    diagonal.push(corner);
    for (const target of [...columns.slice(pivot + 1), right]) reflect(target.subarray(pivot), reflector);
  }

  const solution = new Array<number>(count).fill(0);
  for (let i = count - 1; i >= 0; i--) {
    let rest = right[i] ?? NaN;
    for (let j = i + 1; j < count; j++) rest -= (columns[j]?.[i] ?? NaN) * (solution[j] ?? NaN);
    solution[i] = rest / (diagonal[i] ?? NaN);
  }
  return solution.every(Number.isFinite) ? solution : null;
}

function norm(values: Float64Array): number {
  return Math.sqrt(dot(values, values));
}

function reflect(target: Float64Array, reflector: Float64Array): void {
  const factor = (2 * dot(reflector, target)) / dot(reflector, reflector);
  for (const [i, value] of reflector.entries()) target[i] = (target[i] ?? NaN) - factor * value;
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? NaN), 0);
}
