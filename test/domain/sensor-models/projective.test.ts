import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SensorModelError, TreFormatError } from '../../../src/domain/sensor-models/errors.js';
import { cornerControlPoints, parseCscrna } from '../../../src/domain/sensor-models/cscrna.js';
import { createProjectiveModel, type ControlPoint } from '../../../src/domain/sensor-models/projective.js';
import type { GroundPoint } from '../../../src/domain/sensor-models/sensor-model.js';
import { assertClose, assertGroundPoint, assertImagePoint, assertRoundTrips, placesOver } from './assertions.js';

function corners(width: number, height: number, ground: readonly [number, number][], heightMetres = 0): ControlPoint[] {
  const places = [[0, 0], [width, 0], [width, height], [0, height]];
  return ground.map(([longitude, latitude], index) => {
    const [x = NaN, y = NaN] = places[index] ?? [];
    return { x, y, longitude, latitude, heightMetres };
  });
}

test('a published set of corner GCPs puts the middle of the image where others put it', () => {
  // OversightML imagery toolkit, test of its projective model.
  const model = createProjectiveModel([
    { x: 0.5, y: 0.5, longitude: 121.67722222222223, latitude: 13.924722222222222, heightMetres: 0 },
    { x: 10239.5, y: 0.5, longitude: 121.8261111111111, latitude: 13.91861111111111, heightMetres: 0 },
    { x: 10239.5, y: 4095.5, longitude: 121.8261111111111, latitude: 13.858333333333333, heightMetres: 0 },
    { x: 0.5, y: 4095.5, longitude: 121.67722222222223, latitude: 13.864166666666666, heightMetres: 0 },
  ]);
  assertGroundPoint(model.imageToWorld({ x: 5120, y: 2048 }), { longitude: 121.7518378, latitude: 13.89145147, heightMetres: 0 }, 1e-7);
  assertRoundTrips(model, placesOver(10240, 4096), [0, 800], 1e-6);
  assert.equal(model.name, 'projective');
});

test('the reference height is the mean of the control points', () => {
  const points = corners(100, 100, [[10, 51], [11, 51], [11, 50], [10, 50]]).map((point, index) => ({ ...point, heightMetres: 100 * index }));
  const model = createProjectiveModel(points);
  assert.equal(model.referenceHeightMetres, 150);
  assert.equal(model.imageToWorld({ x: 50, y: 50 })?.heightMetres, 150);
  assert.equal(model.imageToWorld({ x: 50, y: 50 }, 7)?.heightMetres, 7);
});

test('an image across the antimeridian is fitted in one piece', () => {
  const ground: [number, number][] = [[179.5, -16], [-179.7, -16.1], [-179.6, -16.9], [179.6, -16.8]];
  const model = createProjectiveModel(corners(4000, 4000, ground));
  assertGroundPoint(model.imageToWorld({ x: 0, y: 0 }), { longitude: 179.5, latitude: -16 }, 1e-9);
  assertGroundPoint(model.imageToWorld({ x: 4000, y: 0 }), { longitude: 180.3, latitude: -16.1 }, 1e-9);
  const middle = model.imageToWorld({ x: 2000, y: 2000 });
  assert.ok(middle !== null && middle.longitude > 179.8 && middle.longitude < 180.1);
  assertImagePoint(model.worldToImage({ longitude: -179.7, latitude: -16.1, heightMetres: 0 }), { x: 4000, y: 0 }, 1e-6);
  assertImagePoint(model.worldToImage({ longitude: 180.3, latitude: -16.1, heightMetres: 0 }), { x: 4000, y: 0 }, 1e-6);
  assertRoundTrips(model, placesOver(4000, 4000), [0], 1e-6);
});

test('an image of either pole is fitted around it', () => {
  for (const pole of [1, -1]) {
    const ground: [number, number][] = [[-45, pole * 89], [45, pole * 89], [135, pole * 89], [-135, pole * 89]];
    const model = createProjectiveModel(corners(1000, 1000, ground));
    const middle = model.imageToWorld({ x: 500, y: 500 });
    assert.ok(middle !== null);
    assertClose(middle.latitude, pole * 90, 1e-9, 'latitude of the middle');
    assertGroundPoint(model.imageToWorld({ x: 1000, y: 0 }), { longitude: 45, latitude: pole * 89 }, 1e-9);
    assertRoundTrips(model, placesOver(1000, 1000, 8), [0], 1e-6);
  }
});

test('a map of the whole Earth keeps its width', () => {
  const model = createProjectiveModel(corners(3600, 1800, [[-180, 90], [180, 90], [180, -90], [-180, -90]]));
  assertGroundPoint(model.imageToWorld({ x: 900, y: 900 }), { longitude: -90, latitude: 0 }, 1e-9);
});

test('control points without a shape of their own are refused with the reason', () => {
  assert.throws(() => createProjectiveModel([]), SensorModelError);
  assert.throws(() => createProjectiveModel(corners(10, 10, [[10, 50], [11, 50], [12, 50], [13, 50]])), /one line/);
  assert.throws(() => createProjectiveModel(corners(10, 10, [[10, 51], [11, 51], [10, 50], [11, 50]])), /another order/);
  assert.throws(() => createProjectiveModel(corners(10, 10, [[10, 50], [11, 51], [12, 52]])), /needs 4 points, not 3/);
});

// The TRE of a public test file, as the OversightML imagery toolkit has it among its samples.
const CSCRNA =
  'Y' +
  '+26.56989+119.76788+00124.8' +
  '+26.55140+120.02523+00012.0' +
  '+26.49186+120.02524+00027.0' +
  '+26.50850+119.76862+00198.7';

test('CSCRNA is parsed to its four corners', () => {
  assert.equal(CSCRNA.length, 109);
  assert.deepEqual(parseCscrna(CSCRNA), {
    upperLeft: { latitude: 26.56989, longitude: 119.76788, heightMetres: 124.8 },
    upperRight: { latitude: 26.5514, longitude: 120.02523, heightMetres: 12 },
    lowerRight: { latitude: 26.49186, longitude: 120.02524, heightMetres: 27 },
    lowerLeft: { latitude: 26.5085, longitude: 119.76862, heightMetres: 198.7 },
  });
});

test('the corners of CSCRNA are the outer corners of the full image', () => {
  const footprint = parseCscrna(CSCRNA);
  const model = createProjectiveModel(cornerControlPoints(footprint, { width: 8820, height: 2048 }));
  const expected: [number, number, GroundPoint][] = [
    [0, 0, footprint.upperLeft],
    [8820, 0, footprint.upperRight],
    [8820, 2048, footprint.lowerRight],
    [0, 2048, footprint.lowerLeft],
  ];
  for (const [x, y, { longitude, latitude }] of expected) {
    assertGroundPoint(model.imageToWorld({ x, y }), { longitude, latitude }, 1e-10);
  }
  assertClose(model.referenceHeightMetres, (124.8 + 12 + 27 + 198.7) / 4, 1e-9, 'reference height');
  // Straight lines stay straight: the middle lies where the footprint's diagonals cross.
  const { upperLeft: a, lowerRight: b, upperRight: c, lowerLeft: d } = footprint;
  const cross = (p: GroundPoint, q: GroundPoint): number => p.longitude * q.latitude - p.latitude * q.longitude;
  const east = { first: b.longitude - a.longitude, second: d.longitude - c.longitude };
  const north = { first: b.latitude - a.latitude, second: d.latitude - c.latitude };
  const determinant = east.first * north.second - north.first * east.second;
  const crossing = {
    longitude: (cross(c, d) * east.first - cross(a, b) * east.second) / determinant,
    latitude: (cross(c, d) * north.first - cross(a, b) * north.second) / determinant,
  };
  assertGroundPoint(model.imageToWorld({ x: 4410, y: 1024 }), crossing, 1e-8);
});

test('a CSCRNA with impossible or missing numbers is refused, one without heights is not', () => {
  assert.throws(() => parseCscrna(CSCRNA.replace('+26.56989', '+96.56989')), /ULCNR_LAT: 96.56989 is beyond/);
  assert.throws(() => parseCscrna(CSCRNA.replace('+120.02524', '          ')), /LRCNR_LONG/);
  assert.throws(() => parseCscrna(CSCRNA.slice(0, 100)), TreFormatError);
  assert.equal(parseCscrna(CSCRNA.replace('+00124.8', '        ')).upperLeft.heightMetres, 0);
});
