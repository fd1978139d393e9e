import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SensorModelError } from '../../../../src/domain/sensor-models/errors.js';
import { createRsmModel, type RsmTres } from '../../../../src/domain/sensor-models/rsm/rsm-model.js';
import { parseRsmida, type Rsmida } from '../../../../src/domain/sensor-models/rsm/rsmida.js';
import { parseRsmpca, type PowerPolynomial, type Rsmpca } from '../../../../src/domain/sensor-models/rsm/rsmpca.js';
import { parseRsmpia } from '../../../../src/domain/sensor-models/rsm/rsmpia.js';
import type { SectionIndex } from '../../../../src/domain/sensor-models/rsm/section-index.js';
import type { SensorModel } from '../../../../src/domain/sensor-models/sensor-model.js';
import { assertClose, assertGroundPoint, assertImagePoint, assertRoundTrips, placesOver } from '../assertions.js';
import { geodeticIda, localFrame, SAMPLE_IDA, SAMPLE_PCA, SAMPLE_POINTS, type DomainBox } from './rsm-samples.js';
import { rsmidaText, rsmpcaText, sectionIndexText, type GroundForm } from './rsm-text.js';

type IdaFields = Omit<Rsmida, 'imageIdentifier' | 'edition'>;

/** The model of one set of polynomials, by way of the TREs' text. */
function modelOf(form: GroundForm, ida: IdaFields, polynomials: readonly Rsmpca[], index: SectionIndex | null = null): SensorModel {
  return createRsmModel(tresOf(form, ida, polynomials, index));
}

function tresOf(form: GroundForm, ida: IdaFields, polynomials: readonly Rsmpca[], index: SectionIndex | null): RsmTres {
  return {
    identification: parseRsmida(rsmidaText(form, ida)),
    polynomialIndex: index === null ? null : parseRsmpia(sectionIndexText(index)),
    polynomials: polynomials.map((pca) => parseRsmpca(rsmpcaText(pca))),
    gridIndex: null,
    grids: [],
  };
}

test('the published points of the RSM sample i_6130a are met, in both directions', () => {
  const model = modelOf('R', SAMPLE_IDA, [SAMPLE_PCA]);
  for (const [row, column, heightMetres, latitude, longitude] of SAMPLE_POINTS) {
    assertImagePoint(model.worldToImage({ longitude, latitude, heightMetres }), { x: column, y: row }, 1e-3);
    assertGroundPoint(model.imageToWorld({ x: column, y: row }, heightMetres), { longitude, latitude, heightMetres }, 1e-9);
  }
});

test('round trips hold over the whole sample image, at all heights of its domain', () => {
  const model = modelOf('R', SAMPLE_IDA, [SAMPLE_PCA]);
  assertRoundTrips(model, placesOver(9123, 9293), [-1000, -250, 0, 999], 1e-6);
  assert.equal(model.name, 'rsm');
  assert.equal(model.precision, 'precise');
});

test('the reference height is the mean of the domain’s vertices, or the ground reference point’s', () => {
  // The vertices lie around the frame's origin, 6.7 m below the ellipsoid.
  assertClose(modelOf('R', SAMPLE_IDA, [SAMPLE_PCA]).referenceHeightMetres, -6.7, 0.1, 'mean height');
  const withPoint = { ...SAMPLE_IDA, groundReferencePoint: { x: 0, y: 0, z: 250 } };
  const model = modelOf('R', withPoint, [SAMPLE_PCA]);
  assertClose(model.referenceHeightMetres, 243.3, 0.1, 'height of the point');
  assert.equal(model.imageToWorld({ x: 10, y: 10 })?.heightMetres, model.referenceHeightMetres);
});

const SIZE = { rows: 8000, columns: 6000 };
const BOX: DomainBox = { west: 12, east: 12.06, south: 41, north: 41.08, lowest: -100, highest: 900 };
const RADIANS = Math.PI / 180;

/** Columns eastwards, rows southwards, with some curvature, shear and relief, in a polynomial of powers 2, 2, 1 over one of 1, 1, 0. */
function polynomialOver(box: DomainBox, rows: [number, number], columns: [number, number], section: [number, number] = [1, 1]): Rsmpca {
  // x fastest: 1, x, x², y, xy, x²y, y², xy², x²y², and the same times z.
  const rowNumerator = [0.002, 0.01, 0.001, -1.01, 0.003, 0, 0.002, 0, 0.0001, 0.04, 0.0005, 0, 0.0004, 0, 0, 0, 0, 0];
  const columnNumerator = [0.001, 1.02, 0.002, 0.02, -0.002, 0.0001, 0.001, 0, 0, -0.03, 0, 0.0002, 0.0005, 0, 0, 0, 0, 0];
  const numerator = (coefficients: number[]): PowerPolynomial => ({ maximumPowers: [2, 2, 1], coefficients });
  const denominator: PowerPolynomial = { maximumPowers: [1, 1, 0], coefficients: [1, 0.01, -0.02, 0.001] };
  const normalisation = (low: number, high: number) => ({ offset: (low + high) / 2, scale: (high - low) / 2 });
  return {
    rowSection: section[0],
    columnSection: section[1],
    row: normalisation(...rows),
    column: normalisation(...columns),
    x: normalisation(box.west * RADIANS, box.east * RADIANS),
    y: normalisation(box.south * RADIANS, box.north * RADIANS),
    z: normalisation(box.lowest, box.highest),
    rowNumerator: numerator(rowNumerator),
    rowDenominator: denominator,
    columnNumerator: numerator(columnNumerator),
    columnDenominator: denominator,
  };
}

test('a geodetic model gives the value of the specification’s formula', () => {
  const model = modelOf('G', geodeticIda(BOX, SIZE), [polynomialOver(BOX, [0, 8000], [0, 6000])]);
  // Normalised coordinates (0.5, -0.5, 1), worked out by hand:
  const [x, y, z] = [0.5, -0.5, 1];
  const below = 1 + 0.01 * x - 0.02 * y + 0.001 * x * y;
  const row =
    0.002 + 0.01 * x + 0.001 * x * x - 1.01 * y + 0.003 * x * y + 0.002 * y * y + 0.0001 * x * x * y * y +
    z * (0.04 + 0.0005 * x + 0.0004 * y);
  const column =
    0.001 + 1.02 * x + 0.002 * x * x + 0.02 * y - 0.002 * x * y + 0.0001 * x * x * y + 0.001 * y * y +
    z * (-0.03 + 0.0002 * x * x + 0.0005 * y);
  const ground = { longitude: 12.03 + 0.03 * x, latitude: 41.04 + 0.04 * y, heightMetres: 400 + 500 * z };
  assertImagePoint(model.worldToImage(ground), { x: 3000 + (3000 * column) / below, y: 4000 + (4000 * row) / below }, 1e-6);
});

test('round trips hold over a geodetic image and some way beyond it', () => {
  const model = modelOf('G', geodeticIda(BOX, SIZE), [polynomialOver(BOX, [0, 8000], [0, 6000])]);
  assert.equal(model.referenceHeightMetres, 400);
  assertRoundTrips(model, placesOver(6000, 8000), [-100, 400, 900, 2500], 1e-6);
  assertRoundTrips(model, [{ x: -2000, y: -2000 }, { x: 8000, y: 10000 }], [400], 1e-6);
});

test('an image across the antimeridian is one, with longitudes from -π or from 0', () => {
  const box = { ...BOX, west: 179.97, east: 180.03 };
  for (const form of ['G', 'H'] as const) {
    const model = modelOf(form, geodeticIda(box, SIZE), [polynomialOver(box, [0, 8000], [0, 6000])]);
    assertRoundTrips(model, placesOver(6000, 8000), [0, 900], 1e-5);
    const east = { longitude: -179.98, latitude: 41.04, heightMetres: 400 };
    const seen = model.worldToImage(east);
    assert.ok(seen !== null && seen.x > 3000 && seen.x < 6000);
    assertImagePoint(model.worldToImage({ ...east, longitude: 180.02 }), seen, 1e-5);
    const longitudes = placesOver(6000, 8000).map((place) => model.imageToWorld(place)?.longitude ?? NaN);
    assert.ok(Math.max(...longitudes) - Math.min(...longitudes) < 0.1);
  }
});

test('longitudes of a domain from 0 to 2π come out within ±180', () => {
  const box = { ...BOX, west: 242, east: 242.06 };
  const model = modelOf('H', geodeticIda(box, SIZE), [polynomialOver(box, [0, 8000], [0, 6000])]);
  const middle = model.imageToWorld({ x: 3000, y: 4000 });
  assert.ok(middle !== null);
  assertClose(middle.longitude, -117.97, 0.01, 'longitude');
  assertRoundTrips(model, placesOver(6000, 8000), [400], 1e-5);
});

test('a rectangular model works over the pole itself', () => {
  const ida: IdaFields = {
    ...SAMPLE_IDA,
    groundDomain: { form: 'rectangular', frame: localFrame(0, 90) },
    vertices: [-100, 900].flatMap((z) => [-3000, 3000].flatMap((y) => [-2500, 2500].map((x) => ({ x, y, z })))),
  };
  const pca: Rsmpca = {
    ...polynomialOver(BOX, [0, 8000], [0, 6000]),
    x: { offset: 0, scale: 2500 },
    y: { offset: 0, scale: 3000 },
    z: { offset: 400, scale: 500 },
  };
  const model = modelOf('R', ida, [pca]);
  assertRoundTrips(model, placesOver(6000, 8000), [0, 400], 1e-5);
  const pole = model.worldToImage({ longitude: 0, latitude: 90, heightMetres: 400 });
  assert.ok(pole !== null);
  assertImagePoint(pole, { x: 3003, y: 4008 }, 1);
  assertClose(model.imageToWorld(pole, 400)?.latitude ?? NaN, 90, 1e-8, 'latitude');
});

/**
 * Two by two sections of one function: each section's polynomials are the whole image's, but for a
 * fitting error of their own, so that it shows which section was used. The low-order polynomial is
 * off by up to some tens of pixels.
 */
const FITTING_ERROR_PIXELS = 0.001;
const WHOLE = polynomialOver(BOX, [0, 8000], [0, 6000]);
const SECTIONS: Rsmpca[] = [1, 2].flatMap((rowSection) =>
  [1, 2].map((columnSection) => {
    const sectionNumber = 2 * (rowSection - 1) + columnSection - 1;
    return {
      ...WHOLE,
      rowSection,
      columnSection,
      row: { ...WHOLE.row, offset: WHOLE.row.offset + sectionNumber * FITTING_ERROR_PIXELS },
    };
  }),
);
const perRadianX = 3000 / (0.03 * RADIANS);
const perRadianY = 4000 / (0.04 * RADIANS);
const INDEX: SectionIndex = {
  rowSectionCount: 2,
  columnSectionCount: 2,
  rowSectionSize: 4000,
  columnSectionSize: 3000,
  roughRow: [4000 + 41.04 * RADIANS * perRadianY, 0, -perRadianY, 0, 0, 0, 0, 0, 0, 0],
  roughColumn: [3000 - 12.03 * RADIANS * perRadianX, perRadianX, 0, 0, 0, 0, 0, 0, 0, 0],
};

test('each section of an image is projected by its own polynomials', () => {
  const whole = modelOf('G', geodeticIda(BOX, SIZE), [WHOLE]);
  const sectioned = modelOf('G', geodeticIda(BOX, SIZE), SECTIONS, INDEX);
  for (const [x, y, sectionNumber] of [[1500, 2000, 0], [4500, 2000, 1], [1500, 6000, 2], [4500, 6000, 3]] as const) {
    const ground = whole.imageToWorld({ x, y });
    assert.ok(ground !== null);
    assertImagePoint(sectioned.worldToImage(ground), { x, y: y + sectionNumber * FITTING_ERROR_PIXELS }, 1e-6);
  }
});

test('round trips over a sectioned image hold, at its inner borders to the fitting error', () => {
  const model = modelOf('G', geodeticIda(BOX, SIZE), SECTIONS, INDEX);
  const places = placesOver(6000, 8000, 8);
  assertRoundTrips(model, places, [-100, 400, 900], 1e-6);
  // Around the borders the low-order polynomial picks the neighbour for most points.
  const steps = Array.from({ length: 41 }, (_, index) => index - 20);
  const besideBorders = steps.flatMap((step) => [
    { x: 3000 + step + 0.5, y: 1234 },
    { x: 4321, y: 4000 + step + 0.5 },
    { x: 3000 + step + 0.5, y: 4000 - step + 0.5 },
  ]);
  assertRoundTrips(model, besideBorders, [400], 1e-6);
  assertRoundTrips(model, [{ x: 3000, y: 4000 }, { x: 3000, y: 100 }, { x: 100, y: 4000 }], [400], 3.001 * FITTING_ERROR_PIXELS);
});

test('sections are counted from the first valid row and column', () => {
  const shifted = { ...geodeticIda(BOX, SIZE), minimumRow: 2000, maximumRow: 7999 };
  const index = { ...INDEX, rowSectionSize: 3000 };
  const model = modelOf('G', shifted, SECTIONS, index);
  const whole = modelOf('G', geodeticIda(BOX, SIZE), [WHOLE]);
  // Row 4500 lies in the first of the sections 2000 to 5000 and 5000 to 8000.
  const ground = whole.imageToWorld({ x: 1500, y: 4500 });
  assert.ok(ground !== null);
  assertImagePoint(model.worldToImage(ground), { x: 1500, y: 4500 }, 1e-6);
});

test('a ground point beyond a pole of the polynomials has no image, and a place that looks past the ground no ground', () => {
  const towardsPole: Rsmpca = { ...WHOLE, rowDenominator: { maximumPowers: [1, 0, 0], coefficients: [1, 0.8] } };
  const model = modelOf('G', geodeticIda(BOX, SIZE), [towardsPole]);
  assert.notEqual(model.worldToImage({ longitude: 12, latitude: 41.04, heightMetres: 400 }), null);
  assert.equal(model.worldToImage({ longitude: 11.98, latitude: 41.04, heightMetres: 400 }), null);

  const parabola: Rsmpca = {
    ...WHOLE,
    columnNumerator: { maximumPowers: [2, 0, 0], coefficients: [0, 1, -1] },
    columnDenominator: { maximumPowers: [0, 0, 0], coefficients: [1] },
  };
  const limited = modelOf('G', geodeticIda(BOX, SIZE), [parabola]);
  assert.notEqual(limited.imageToWorld({ x: 3740, y: 4000 }), null);
  assert.equal(limited.imageToWorld({ x: 3760, y: 4000 }), null);
});

test('TREs that do not make a model are refused with the reason', () => {
  const ida = geodeticIda(BOX, SIZE);
  assert.throws(() => modelOf('G', ida, []), /neither an RSMPCA nor an RSMGGA/);
  assert.throws(() => modelOf('G', ida, SECTIONS), /Several RSMPCA need an index/);
  assert.throws(() => modelOf('G', ida, SECTIONS.slice(0, 3), INDEX), /RSMPCA of section 2, 2 is missing/);
  const flat: Rsmpca = { ...WHOLE, rowDenominator: { maximumPowers: [0, 0, 0], coefficients: [0] } };
  assert.throws(() => modelOf('G', ida, [flat]), /denominator of RSMPCA 1, 1 vanishes/);
  const { frame } = SAMPLE_IDA.groundDomain.form === 'rectangular' ? SAMPLE_IDA.groundDomain : { frame: localFrame(0, 0) };
  const skewed: IdaFields = { ...SAMPLE_IDA, groundDomain: { form: 'rectangular', frame: { ...frame, xAxis: frame.yAxis } } };
  assert.throws(() => modelOf('R', skewed, [SAMPLE_PCA]), SensorModelError);
});
