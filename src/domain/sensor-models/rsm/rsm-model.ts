import { SensorModelError } from '../errors.js';
import { solveNewton } from '../newton.js';
import type { GroundPoint, ImagePoint, SensorModel } from '../sensor-model.js';
import { createTangentPlane } from '../tangent-plane.js';
import { createGridFunction } from './grid-function.js';
import { createGroundDomain } from './ground-domain.js';
import { createPolynomialFunction } from './polynomial-function.js';
import type { Rsmgga } from './rsmgga.js';
import type { Rsmida, RsmPoint } from './rsmida.js';
import type { Rsmpca } from './rsmpca.js';
import type { RowColumn, SectionIndex } from './section-index.js';
import { createSections, type Sections } from './sections.js';

/** The parsed TREs of one image's replacement sensor model. */
export interface RsmTres {
  identification: Rsmida;
  /** RSMPIA; needed when there are several polynomial sections. */
  polynomialIndex: SectionIndex | null;
  polynomials: readonly Rsmpca[];
  /** RSMGIA; needed when there are several grid sections. */
  gridIndex: SectionIndex | null;
  grids: readonly Rsmgga[];
}

const TOLERANCE_PIXELS = 1e-6;
/** Rarely more than one correction of the section is needed; a bound keeps two sections from sending a point to and fro. */
const MAX_SECTION_CHANGES = 3;

/**
 * The replacement sensor model (STDI-0002 Volume 1, Appendix U): ground to image by rational
 * polynomials, by interpolation in a grid, or, where both are given, by their sum, the grid then
 * holding corrections of the polynomials. RSM's row and column are an ImagePoint's y and x: their
 * (0, 0) is the outer corner of the upper-left pixel of the original full image, (0.5, 0.5) its
 * centre.
 *
 * A ground point's section is found by the index's low-order polynomial and, should the section's
 * function place the point in another section, from there: neighbours agree at their common border
 * only within their fitting errors. From image to ground the section is known, and its function is
 * inverted by Newton's method on the plane that touches the Earth in the middle of the ground domain.
 * @throws SensorModelError when there is neither polynomial nor grid, or a section is missing.
 */
export function createRsmModel(tres: RsmTres): SensorModel {
  const { identification } = tres;
  const domain = createGroundDomain(identification);
  const first: RowColumn = { row: identification.minimumRow, column: identification.minimumColumn };
  const polynomials = tres.polynomials.length === 0 ? null : polynomialSections(tres, first);
  const grids = tres.grids.length === 0 ? null : gridSections(tres, first, polynomials === null);
  const primary = polynomials ?? grids;
  if (primary === null) throw new SensorModelError('There is neither an RSMPCA nor an RSMGGA.');
  const corrections = polynomials === null ? null : grids;

  const corrected = (position: RowColumn | null, near: RowColumn, point: RsmPoint): RowColumn | null => {
    if (position === null || corrections === null) return position;
    const correction = corrections.ofImage(near)(point);
    return correction === null ? null : { row: position.row + correction.row, column: position.column + correction.column };
  };
  /** By the function of the section in which `near` lies. */
  const projectIn = (near: RowColumn, point: RsmPoint): RowColumn | null => corrected(primary.ofImage(near)(point), near, point);

  const worldToImage = (ground: GroundPoint): ImagePoint | null => {
    const point = domain.toRsm(ground);
    const rough = primary.ofGround(point)(point);
    let position = rough === null ? null : corrected(rough, rough, point);
    for (let change = 0; change < MAX_SECTION_CHANGES && position !== null; change++) {
      const again = projectIn(position, point);
      if (again === null || (again.row === position.row && again.column === position.column)) break;
      position = again;
    }
    return position === null ? null : { x: position.column, y: position.row };
  };

  const imageToWorld = ({ x, y }: ImagePoint, heightMetres = domain.middle.heightMetres): GroundPoint | null => {
    const target: RowColumn = { row: y, column: x };
    const onGround = createTangentPlane(domain.middle, heightMetres);
    const scale = domain.radiusMetres;
    const solution = solveNewton({
      residual(east, north) {
        const seen = projectIn(target, domain.toRsm(onGround(east * scale, north * scale)));
        return seen === null ? null : [seen.column - x, seen.row - y];
      },
      start: [0, 0],
      tolerancePixels: TOLERANCE_PIXELS,
    });
    return solution === null ? null : onGround(solution[0] * scale, solution[1] * scale);
  };

  return {
    name: 'rsm',
    precision: 'precise',
    referenceHeightMetres: domain.middle.heightMetres,
    imageToWorld,
    worldToImage,
  };
}

function polynomialSections({ polynomialIndex, polynomials }: RsmTres, first: RowColumn): Sections {
  const sections = polynomials.map((polynomial) => ({ ...polynomial, groundToImage: createPolynomialFunction(polynomial) }));
  return createSections('RSMPCA', polynomialIndex, first, sections);
}

function gridSections({ gridIndex, grids }: RsmTres, first: RowColumn, alone: boolean): Sections {
  const sections = grids.map((grid) => ({ ...grid, groundToImage: createGridFunction(grid, alone ? 'extrapolate' : 'hold') }));
  return createSections('RSMGGA', gridIndex, first, sections);
}
