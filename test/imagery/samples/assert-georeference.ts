import assert from 'node:assert/strict';
import gdal from 'gdal-async';
import type { GeoreferenceTruth, RasterTruth } from '../../../src/imagery/samples/recipe.js';
import { CORNERS } from '../../../src/imagery/samples/sample-pattern.js';

const WGS84 = gdal.SpatialReference.fromProj4('+proj=longlat +datum=WGS84 +no_defs');

/** About 0.1 m on the ground. */
const TOLERANCE_DEGREES = 1e-6;

/** The dataset lies where the truth says: the library's own projections and camera models agree with it. */
export function assertGeoreference(dataset: gdal.Dataset, truth: RasterTruth): void {
  const { georeference } = truth;
  if (georeference === null) assertNowhere(dataset);
  else if (georeference.kind === 'affine') assertAffine(dataset, truth, georeference);
  else if (georeference.kind === 'gcps') assertControlPoints(dataset, truth, georeference);
  else if (georeference.kind === 'rpc') assertRationalPolynomials(dataset, truth, georeference);
  else assertLeftToRecords(dataset);
}

/** The library has no way of its own to place the image, other than the RPCs of what it was cut from. */
function assertLeftToRecords(dataset: gdal.Dataset): void {
  assert.equal(dataset.geoTransform, null);
  assert.deepEqual(dataset.getGCPs(), []);
  assert.ok(Object.keys(dataset.getMetadata('TRE') as object).length > 0 || dataset.getFileList().length === 1);
}

function cornerPositions({ widthPixels, heightPixels }: RasterTruth): [number, number][] {
  return CORNERS.map((corner) => [corner.endsWith('Left') ? 0 : widthPixels, corner.startsWith('upper') ? 0 : heightPixels]);
}

function assertNowhere(dataset: gdal.Dataset): void {
  const { geoTransform, srs } = dataset;
  assert.deepEqual(dataset.getGCPs(), []);
  assert.deepEqual(dataset.getMetadata('RPC'), {});
  if (geoTransform === null) return;
  if (srs === null) assert.ok(Math.abs(geoTransform[0] ?? 0) > 180, 'a geotransform without a reference system, in degrees');
  else assert.throws(() => new gdal.CoordinateTransformation(srs, WGS84).transformPoint(geoTransform[0] ?? 0, geoTransform[3] ?? 0));
}

function assertAffine(dataset: gdal.Dataset, truth: RasterTruth, { corners }: GeoreferenceTruth): void {
  const [x0 = NaN, dxdx = NaN, dxdy = NaN, y0 = NaN, dydx = NaN, dydy = NaN] = dataset.geoTransform ?? [];
  // By way of PROJ's own notation, since EPSG:4326 as such wants the latitude first.
  const source = dataset.srs === null ? WGS84 : gdal.SpatialReference.fromProj4(dataset.srs.toProj4());
  const transformation = new gdal.CoordinateTransformation(source, WGS84);
  cornerPositions(truth).forEach(([x, y], index) => {
    const corner = CORNERS[index] ?? 'upperLeft';
    const mapPoint = [x0 + dxdx * x + dxdy * y, y0 + dydx * x + dydy * y] as const;
    const expected = corners[corner];
    if (expected === null) {
      assert.throws(() => transformation.transformPoint(...mapPoint), corner);
      return;
    }
    const ground = transformation.transformPoint(...mapPoint);
    const turns = Math.round((expected[0] - ground.x) / 360);
    assertNear(ground.x + 360 * turns, expected[0], `longitude of ${corner}`);
    assertNear(ground.y, expected[1], `latitude of ${corner}`);
  });
}

function assertControlPoints(dataset: gdal.Dataset, truth: RasterTruth, { corners }: GeoreferenceTruth): void {
  const points = dataset.getGCPs() as { dfGCPPixel: number; dfGCPLine: number; dfGCPX: number; dfGCPY: number }[];
  assert.ok(points.length > 3);
  assert.match(dataset.getGCPProjection(), /WGS 84/);
  cornerPositions(truth).forEach(([x, y], index) => {
    const corner = CORNERS[index] ?? 'upperLeft';
    const point = points.find(({ dfGCPPixel, dfGCPLine }) => dfGCPPixel === x && dfGCPLine === y);
    assertNear(point?.dfGCPX, corners[corner]?.[0], `longitude of ${corner}`);
    assertNear(point?.dfGCPY, corners[corner]?.[1], `latitude of ${corner}`);
  });
}

function assertRationalPolynomials(dataset: gdal.Dataset, truth: RasterTruth, { corners, heightMetres }: GeoreferenceTruth): void {
  assert.equal(Number((dataset.getMetadata('RPC') as Record<string, string>)['HEIGHT_OFF']), heightMetres);
  const toPixels = new gdal.CoordinateTransformation(WGS84, dataset);
  cornerPositions(truth).forEach(([x, y], index) => {
    const corner = CORNERS[index] ?? 'upperLeft';
    const [longitude = NaN, latitude = NaN] = corners[corner] ?? [];
    const pixel = toPixels.transformPoint({ x: longitude, y: latitude, z: heightMetres });
    assert.ok(Math.abs(pixel.x - x) < 1e-3 && Math.abs(pixel.y - y) < 1e-3, `${corner}: ${pixel.x}, ${pixel.y}`);
  });
}

function assertNear(actual: number | undefined, expected: number | undefined, what: string): void {
  assert.ok(Math.abs((actual ?? NaN) - (expected ?? NaN)) < TOLERANCE_DEGREES, `${what}: ${actual ?? 'none'} instead of ${expected ?? 'none'}`);
}
