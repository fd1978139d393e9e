import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRsmModel } from '../../../../src/domain/sensor-models/rsm/rsm-model.js';
import { createGridFunction } from '../../../../src/domain/sensor-models/rsm/grid-function.js';
import { parseRsmgga, type GridPlane, type Rsmgga } from '../../../../src/domain/sensor-models/rsm/rsmgga.js';
import { parseRsmgia } from '../../../../src/domain/sensor-models/rsm/rsmgia.js';
import { parseRsmida, type RsmPoint } from '../../../../src/domain/sensor-models/rsm/rsmida.js';
import { parseRsmpca, type Rsmpca } from '../../../../src/domain/sensor-models/rsm/rsmpca.js';
import type { RowColumn, SectionIndex } from '../../../../src/domain/sensor-models/rsm/section-index.js';
import { assertClose, assertImagePoint, assertRoundTrips, placesOver } from '../assertions.js';
import { geodeticIda, localFrame, SAMPLE_IDA, type DomainBox } from './rsm-samples.js';
import { rsmggaText, rsmidaText, rsmpcaText, sectionIndexText, type GridLayout } from './rsm-text.js';

/** A grid in metres around the frame's origin, 500 m between points and 250 m between planes. */
const STEPS = { x: 500, y: 500, z: 250 };
const FIRST: RsmPoint = { x: -3000, y: -4000, z: -250 };
const COUNTS = { x: 13, y: 17, planes: 5 };
/** Metres to pixels, with the image's middle, row 4000 and column 3000, at the origin. */
const plain = ({ x, y, z }: RsmPoint): RowColumn => ({ row: 4000 - y + 0.3 * z, column: 3000 + x - 0.2 * z });
const curved = (point: RsmPoint): RowColumn => {
  const { row, column } = plain(point);
  const { x, y, z } = point;
  return { row: row + 2e-6 * x * x - 1e-6 * x * y + 3e-6 * z * y, column: column + 1e-6 * y * y + 1e-6 * z * x };
};
const cubic = (point: RsmPoint): RowColumn => {
  const { row, column } = curved(point);
  return { row: row + 1e-9 * point.x ** 3, column: column + 2e-9 * point.y ** 3 + 1e-8 * point.z ** 2 * point.x };
};

interface GridOptions {
  order: number | null;
  /** IXO and IYO of each plane. */
  offsets?: readonly { x: number; y: number }[];
  section?: [number, number];
  first?: RsmPoint;
  counts?: typeof COUNTS;
  isBlank?: (point: RsmPoint) => boolean;
  layout?: Partial<GridLayout>;
}

const noOffsets = Array.from({ length: COUNTS.planes }, () => ({ x: 0, y: 0 }));

/** The grid that samples a function, by way of the TRE's text. */
function gridOf(project: (point: RsmPoint) => RowColumn, options: GridOptions): Rsmgga {
  const { order, offsets = noOffsets, section = [1, 1], first = FIRST, counts = COUNTS, isBlank = () => false } = options;
  const planes: GridPlane[] = offsets.map((offset, plane) => {
    const x = first.x + offset.x * STEPS.x;
    const y = first.y + offset.y * STEPS.y;
    const rows = new Float64Array(counts.x * counts.y);
    const columns = new Float64Array(counts.x * counts.y);
    for (let i = 0; i < counts.x; i++) {
      for (let j = 0; j < counts.y; j++) {
        const point = { x: x + i * STEPS.x, y: y + j * STEPS.y, z: first.z + plane * STEPS.z };
        const { row, column } = isBlank(point) ? { row: NaN, column: NaN } : project(point);
        rows[i * counts.y + j] = row;
        columns[i * counts.y + j] = column;
      }
    }
    return { x, y, xCount: counts.x, yCount: counts.y, rows, columns };
  });
  const grid: Rsmgga = {
    rowSection: section[0],
    columnSection: section[1],
    interpolationOrder: order,
    z: first.z,
    zStep: STEPS.z,
    xStep: STEPS.x,
    yStep: STEPS.y,
    planes,
  };
  const layout = { referenceRow: -1000, referenceColumn: -1000, totalDigits: 11, fractionDigits: 6, offsets, ...options.layout };
  return parseRsmgga(rsmggaText(grid, layout));
}

const IDA = parseRsmida(
  rsmidaText('R', {
    ...SAMPLE_IDA,
    groundDomain: { form: 'rectangular', frame: localFrame(-71, 42) },
    vertices: [-250, 750].flatMap((z) => [-4000, 4000].flatMap((y) => [-3000, 3000].map((x) => ({ x, y, z })))),
    maximumRow: 7999,
    maximumColumn: 5999,
  }),
);

function modelOf(grids: readonly Rsmgga[], gridIndex: SectionIndex | null = null, polynomials: readonly Rsmpca[] = []) {
  return createRsmModel({ identification: IDA, polynomialIndex: null, polynomials, gridIndex, grids });
}

/** Points that fall between the grid's. */
const between: RsmPoint[] = [-2875, -1234, 0, 333, 2601].flatMap((x) =>
  [-3777, -250, 10, 3999].flatMap((y) => [-200, 1, 333, 700].map((z) => ({ x, y, z }))),
);

function largestError(grid: Rsmgga, project: (point: RsmPoint) => RowColumn, points: readonly RsmPoint[] = between): number {
  const interpolate = createGridFunction(grid, 'extrapolate');
  return Math.max(
    ...points.map((point) => {
      const [seen, expected] = [interpolate(point), project(point)];
      return seen === null ? Infinity : Math.hypot(seen.row - expected.row, seen.column - expected.column);
    }),
  );
}

test('the grid’s own points are met to the last of their digits', () => {
  const interpolate = createGridFunction(gridOf(curved, { order: 1 }), 'extrapolate');
  for (const point of [FIRST, { x: 0, y: 0, z: 0 }, { x: 3000, y: 4000, z: 750 }, { x: -500, y: 1500, z: 250 }]) {
    const seen = interpolate(point);
    assert.ok(seen !== null);
    assertClose(seen.row, curved(point).row, 1e-6, 'row');
    assertClose(seen.column, curved(point).column, 1e-6, 'column');
  }
});

test('each interpolation order is exact for functions of its degree', () => {
  assert.ok(largestError(gridOf(plain, { order: 1 }), plain) < 2e-6);
  assert.ok(largestError(gridOf(curved, { order: 2 }), curved) < 3e-6);
  assert.ok(largestError(gridOf(cubic, { order: 3 }), cubic) < 4e-6);
  assert.ok(largestError(gridOf(curved, { order: 1 }), curved) > 0.01);
  assert.ok(largestError(gridOf(cubic, { order: 2 }), cubic) > 0.001);
});

test('order 0 and a blank order interpolate linearly', () => {
  assert.ok(largestError(gridOf(plain, { order: 0 }), plain) < 2e-6);
  assert.ok(largestError(gridOf(plain, { order: null }), plain) < 2e-6);
});

test('planes may begin at grid points of their own', () => {
  const offsets = [0, 1, 2, 1, -1].map((x, plane) => ({ x, y: plane % 2 }));
  const grid = gridOf(curved, { order: 2, offsets });
  assert.deepEqual(grid.planes.map(({ x, y }) => [x, y]), [[-3000, -4000], [-2500, -3500], [-2000, -4000], [-2500, -3500], [-3500, -4000]]);
  const inAllPlanes = between.filter(({ x, y }) => x > -2000 && y > -3500 && x < 2500);
  assert.ok(largestError(grid, curved, inAllPlanes) < 3e-6);
});

test('rows and columns come from integers with an implied point, counted from a reference', () => {
  const grid = gridOf(() => ({ row: 1234.56, column: 789.01 }), {
    order: 1,
    layout: { referenceRow: 1000, referenceColumn: -20, totalDigits: 6, fractionDigits: 2 },
  });
  assertClose(grid.planes[0]?.rows[0] ?? NaN, 1234.56, 1e-9, 'row');
  assertClose(grid.planes[0]?.columns[0] ?? NaN, 789.01, 1e-9, 'column');
});

test('next to blank points the order is lowered, and among them there is no image', () => {
  const grid = gridOf(curved, { order: 2, isBlank: ({ x, y }) => x < -2000 && y < -3000 });
  const interpolate = createGridFunction(grid, 'extrapolate');
  assert.equal(interpolate({ x: -2800, y: -3800, z: 0 }), null);
  // A blank corner point of no weight does no harm.
  assert.notEqual(interpolate({ x: -2000, y: -3000, z: 0 }), null);
  const beside = { x: -1900, y: -3200, z: 100 };
  const seen = interpolate(beside);
  assert.ok(seen !== null);
  assertClose(seen.row, curved(beside).row, 0.5, 'row');
  assert.equal(interpolate({ x: -2100, y: -3200, z: 100 }), null);
});

test('round trips hold over an image with a grid alone, in every order', () => {
  for (const order of [1, 2, 3]) {
    const model = modelOf([gridOf(cubic, { order })]);
    assertRoundTrips(model, placesOver(6000, 8000, 8), [-200, 0, 250, 600], 1e-6);
  }
});

test('beyond its edge a grid goes on in a straight line, and so do the heights', () => {
  const model = modelOf([gridOf(plain, { order: 3 })]);
  assertRoundTrips(model, [{ x: -900, y: -700 }, { x: 6900, y: 9000 }], [-1000, 2000], 1e-6);
  assert.ok(largestError(gridOf(plain, { order: 3 }), plain, [{ x: -5000, y: 6000, z: -2000 }]) < 1e-4);
});

test('sections of a grid each cover their part of the image', () => {
  // Each half of the rows has a grid over its half of the ground and a row of overlap; rows grow southwards.
  const counts = { ...COUNTS, y: 12 };
  const grids = [
    gridOf(curved, { order: 2, section: [1, 1], first: { ...FIRST, y: -1500 }, counts }),
    gridOf(curved, { order: 2, section: [2, 1], counts }),
  ];
  const index: SectionIndex = {
    rowSectionCount: 2,
    columnSectionCount: 1,
    rowSectionSize: 4000,
    columnSectionSize: 6000,
    roughRow: [4000, 0, -1, 0.3, 0, 0, 0, 0, 0, 0],
    roughColumn: [3000, 1, 0, -0.2, 0, 0, 0, 0, 0, 0],
  };
  const model = modelOf(grids, parseRsmgia(sectionIndexText(index)));
  assertRoundTrips(model, placesOver(6000, 8000, 8), [0, 600], 1e-6);
  const whole = modelOf([gridOf(curved, { order: 2 })]);
  for (const place of placesOver(6000, 8000, 7)) {
    const ground = whole.imageToWorld(place, 100);
    assert.ok(ground !== null);
    assertImagePoint(model.worldToImage(ground), place, 1e-4);
  }
});

const POLYNOMIAL: Rsmpca = parseRsmpca(
  rsmpcaText({
    rowSection: 1,
    columnSection: 1,
    row: { offset: 4000, scale: 4000 },
    column: { offset: 3000, scale: 3000 },
    x: { offset: 0, scale: 3000 },
    y: { offset: 0, scale: 4000 },
    z: { offset: 0, scale: 1000 },
    rowNumerator: { maximumPowers: [0, 1, 1], coefficients: [0, -1, 0.3 / 4, 0] },
    rowDenominator: { maximumPowers: [0, 0, 0], coefficients: [1] },
    columnNumerator: { maximumPowers: [1, 0, 1], coefficients: [0, 1, -0.2 / 3, 0] },
    columnDenominator: { maximumPowers: [0, 0, 0], coefficients: [1] },
  }),
);

test('a grid beside polynomials corrects them', () => {
  const correction = (point: RsmPoint): RowColumn => {
    const [all, linear] = [curved(point), plain(point)];
    return { row: all.row - linear.row, column: all.column - linear.column };
  };
  const layout = { referenceRow: -100, referenceColumn: -100 };
  const corrected = modelOf([gridOf(correction, { order: 2, layout })], null, [POLYNOMIAL]);
  const direct = modelOf([gridOf(curved, { order: 2 })]);
  // Within the grid: at the image's corners the curvature leads out of it.
  for (const place of placesOver(5000, 7000, 7).map(({ x, y }) => ({ x: x + 500, y: y + 500 }))) {
    const ground = direct.imageToWorld(place, 333);
    assert.ok(ground !== null);
    assertImagePoint(corrected.worldToImage(ground), place, 1e-5);
  }
  assertRoundTrips(corrected, placesOver(6000, 8000, 7), [0, 600], 1e-6);
});

test('outside of the correction grid its edge’s correction holds', () => {
  const correction = ({ x }: RsmPoint): RowColumn => ({ row: 2, column: x / 1000 });
  const model = modelOf([gridOf(correction, { order: 1, layout: { referenceRow: -100, referenceColumn: -100 } })], null, [POLYNOMIAL]);
  const uncorrected = createRsmModel({ identification: IDA, polynomialIndex: null, polynomials: [POLYNOMIAL], gridIndex: null, grids: [] });
  const ground = uncorrected.imageToWorld({ x: 7000, y: 5000 }, 0);
  assert.ok(ground !== null);
  assertImagePoint(model.worldToImage(ground), { x: 7003, y: 5002 }, 1e-6);
});

test('a geodetic grid works across the antimeridian', () => {
  const box: DomainBox = { west: 179.97, east: 180.03, south: -17, north: -16.92, lowest: 0, highest: 500 };
  const identification = parseRsmida(rsmidaText('H', geodeticIda(box, { rows: 8000, columns: 6000 })));
  const radians = Math.PI / 180;
  const step = 0.01 * radians;
  const counts = { x: 9, y: 11 };
  const planes = [0, 1, 2].map((plane): GridPlane => {
    const rows = new Float64Array(counts.x * counts.y);
    const columns = new Float64Array(counts.x * counts.y);
    for (let i = 0; i < counts.x; i++) {
      for (let j = 0; j < counts.y; j++) {
        rows[i * counts.y + j] = 9000 - 1000 * j + 10 * plane;
        columns[i * counts.y + j] = 1000 * i - 1000 - 20 * plane;
      }
    }
    return { x: 179.96 * radians, y: -17.01 * radians, xCount: counts.x, yCount: counts.y, rows, columns };
  });
  const grid: Rsmgga = { rowSection: 1, columnSection: 1, interpolationOrder: 1, z: 0, zStep: 250, xStep: step, yStep: step, planes };
  const layout = { referenceRow: -2000, referenceColumn: -2000, totalDigits: 9, fractionDigits: 3, offsets: noOffsets.slice(0, 3) };
  const grids = [parseRsmgga(rsmggaText(grid, layout))];
  const model = createRsmModel({ identification, polynomialIndex: null, polynomials: [], gridIndex: null, grids });
  assertImagePoint(model.worldToImage({ longitude: -179.98, latitude: -17, heightMetres: 0 }), { x: 5000, y: 8000 }, 1e-5);
  assertRoundTrips(model, placesOver(6000, 8000), [0, 300], 1e-5);
});
