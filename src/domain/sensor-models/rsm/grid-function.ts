import type { GroundToImage } from './polynomial-function.js';
import type { GridPlane, Rsmgga } from './rsmgga.js';
import type { RsmPoint } from './rsmida.js';
import type { RowColumn } from './section-index.js';

/**
 * Beyond the grid's edge: `extrapolate` continues it in a straight line, for a grid that holds
 * image positions; `hold` keeps the edge's value, for one that holds small corrections.
 */
export type GridEdge = 'extrapolate' | 'hold';

/**
 * The function that one RSMGGA describes: Lagrange interpolation of the degree INTORD among the
 * grid points around, first within each plane and then across the planes (STDI-0002 Volume 1,
 * Appendix U, RSMGGA). Degree 0, whose steps no image position could be traced back through, and
 * a blank INTORD count as 1. Next to blank grid points the degree is lowered; undefined where even
 * a neighbouring point that degree 1 needs is blank.
 */
export function createGridFunction(grid: Rsmgga, edge: GridEdge): GroundToImage {
  const order = Math.max(1, grid.interpolationOrder ?? 1);
  return (point) => {
    for (let degree = order; degree >= 1; degree--) {
      const position = interpolate(grid, point, degree, edge);
      if (Number.isFinite(position.row) && Number.isFinite(position.column)) return position;
    }
    return null;
  };
}

function interpolate(grid: Rsmgga, { x, y, z }: RsmPoint, degree: number, edge: GridEdge): RowColumn {
  const across = stencilAt((z - grid.z) / grid.zStep, grid.planes.length, degree, edge);
  const result = { row: 0, column: 0 };
  for (const [plane, weight] of across) {
    const here = grid.planes[plane];
    const { row, column } = here === undefined ? { row: NaN, column: NaN } : inPlane(here, grid, x, y, degree, edge);
    result.row += weight * row;
    result.column += weight * column;
  }
  return result;
}

function inPlane(plane: GridPlane, { xStep, yStep }: Rsmgga, x: number, y: number, degree: number, edge: GridEdge): RowColumn {
  const alongX = stencilAt((x - plane.x) / xStep, plane.xCount, degree, edge);
  const alongY = stencilAt((y - plane.y) / yStep, plane.yCount, degree, edge);
  const result = { row: 0, column: 0 };
  for (const [i, xWeight] of alongX) {
    for (const [j, yWeight] of alongY) {
      const index = i * plane.yCount + j;
      result.row += xWeight * yWeight * (plane.rows[index] ?? NaN);
      result.column += xWeight * yWeight * (plane.columns[index] ?? NaN);
    }
  }
  return result;
}

type Stencil = (readonly [node: number, weight: number])[];

/**
 * The nodes around a position, counted in nodes, with their Lagrange weights. Stencils change at
 * nodes only, where both pass through the node's value, so that the interpolation is continuous.
 */
function stencilAt(position: number, count: number, wantedDegree: number, edge: GridEdge): Stencil {
  const last = count - 1;
  const t = edge === 'hold' ? Math.min(Math.max(position, 0), last) : position;
  const degree = t < 0 || t > last ? 1 : Math.min(wantedDegree, last);
  const first = Math.min(Math.max(Math.floor(t) - (degree > 1 ? 1 : 0), 0), last - degree);
  const stencil: Stencil = [];
  for (let node = first; node <= first + degree; node++) {
    let weight = 1;
    for (let other = first; other <= first + degree; other++) {
      if (other !== node) weight *= (t - other) / (node - other);
    }
    // A blank node of no weight must not spoil the sum.
    if (weight !== 0) stencil.push([node, weight]);
  }
  return stencil;
}
