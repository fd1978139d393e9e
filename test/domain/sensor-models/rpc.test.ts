import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import gdal from 'gdal-async';
import { SensorModelError } from '../../../src/domain/sensor-models/errors.js';
import { longitudeNear } from '../../../src/domain/sensor-models/geodetic.js';
import { createRpcModel, type RpcCoefficients } from '../../../src/domain/sensor-models/rpc.js';
import { parseRpcMetadata } from '../../../src/domain/sensor-models/rpc-metadata.js';
import type { GroundPoint, ImagePoint } from '../../../src/domain/sensor-models/sensor-model.js';
import { assertGroundPoint, assertImagePoint, assertRoundTrips, placesOver } from './assertions.js';
import { PUBLISHED_RPC, rpcAt, rpcMetadata } from './rpc-samples.js';

/** GDAL's own RPC transformer, over a small GeoTIFF in memory that carries the coefficients. */
function withGdalTransformer(rpc: RpcCoefficients, use: (worldToImage: (ground: GroundPoint) => ImagePoint) => void): void {
  const path = `/vsimem/rpc-${String(rpc.longitude.offset)}-${String(rpc.latitude.offset)}.tif`;
  const created = gdal.open(path, 'w', 'GTiff', 16, 16, 1, gdal.GDT_Byte);
  assert.ok(created.setMetadata(rpcMetadata(rpc), 'RPC'));
  created.close();
  const dataset = gdal.open(path);
  try {
    const wgs84 = gdal.SpatialReference.fromProj4('+proj=longlat +datum=WGS84 +no_defs');
    const transformation = new gdal.CoordinateTransformation(wgs84, dataset);
    use(({ longitude, latitude, heightMetres }) => transformation.transformPoint({ x: longitude, y: latitude, z: heightMetres }));
  } finally {
    dataset.close();
    gdal.vsimem.release(path);
  }
}

test('ground to image agrees with GDAL’s RPC transformer, half a pixel and all', () => {
  const model = createRpcModel(PUBLISHED_RPC);
  withGdalTransformer(PUBLISHED_RPC, (gdalWorldToImage) => {
    for (const heightMetres of [-500, -9, 0, 1200]) {
      for (const longitude of [56.3, 56.3653, 56.43]) {
        for (const latitude of [27.15, 27.2197, 27.29]) {
          const ground = { longitude, latitude, heightMetres };
          assertImagePoint(model.worldToImage(ground), gdalWorldToImage(ground), 1e-6);
        }
      }
    }
  });
});

test('image to ground leads to where GDAL sees the same pixel, all over the image', () => {
  const model = createRpcModel(PUBLISHED_RPC);
  withGdalTransformer(PUBLISHED_RPC, (gdalWorldToImage) => {
    for (const place of placesOver(12328, 13854)) {
      const ground = model.imageToWorld(place);
      assert.ok(ground !== null);
      assertImagePoint(gdalWorldToImage(ground), place, 1e-5);
    }
  });
});

test('the published example: the lower-left corner of the image', () => {
  // The toolkit gives (0, 13854) to the nearest pixel, counting pixel centres at whole numbers.
  const ground = { longitude: 56.305048278781925, latitude: 27.15809908265984, heightMetres: -9 };
  assertImagePoint(createRpcModel(PUBLISHED_RPC).worldToImage(ground), { x: 0.5, y: 13854.5 }, 1);
});

test('round trips hold over the whole image and beyond it, at all heights of the model', () => {
  const model = createRpcModel(PUBLISHED_RPC);
  assertRoundTrips(model, placesOver(12328, 13854), [-3243, -9, 500, 3225], 1e-6);
  assertRoundTrips(model, [{ x: -6000, y: -6000 }, { x: 18000, y: 20000 }], [-9], 1e-6);
});

test('the reference height is HEIGHT_OFF, and the default', () => {
  const model = createRpcModel(PUBLISHED_RPC);
  assert.equal(model.referenceHeightMetres, -9);
  assert.equal(model.precision, 'precise');
  assert.deepEqual(model.imageToWorld({ x: 100, y: 200 }), model.imageToWorld({ x: 100, y: 200 }, -9));
});

test('a whole sample or line is the centre of its pixel', () => {
  const linear = (index: number): number[] => Array.from({ length: 20 }, (_, term) => (term === index ? 1 : 0));
  const model = createRpcModel({
    ...PUBLISHED_RPC,
    lineNumerator: linear(2),
    lineDenominator: linear(0),
    sampleNumerator: linear(1),
    sampleDenominator: linear(0),
  });
  // In the middle of normalised space the line is LINE_OFF, 6927, and the sample SAMP_OFF, 6163.
  const middle = { longitude: 56.3653, latitude: 27.2197, heightMetres: -9 };
  assertImagePoint(model.worldToImage(middle), { x: 6163.5, y: 6927.5 }, 1e-9);
  assertGroundPoint(model.imageToWorld({ x: 6163.5, y: 6927.5 }), middle, 1e-12);
});

test('every term stands where RPC00B has it', () => {
  // The specification's formula, written out once more.
  const formula = (c: readonly number[], l: number, p: number, h: number): number => {
    const [c1 = 0, c2 = 0, c3 = 0, c4 = 0, c5 = 0, c6 = 0, c7 = 0, c8 = 0, c9 = 0, c10 = 0, ...rest] = c;
    const [c11 = 0, c12 = 0, c13 = 0, c14 = 0, c15 = 0, c16 = 0, c17 = 0, c18 = 0, c19 = 0, c20 = 0] = rest;
    return (
      c1 + c2 * l + c3 * p + c4 * h + c5 * l * p + c6 * l * h + c7 * p * h + c8 * l ** 2 + c9 * p ** 2 + c10 * h ** 2 +
      c11 * p * l * h + c12 * l ** 3 + c13 * l * p ** 2 + c14 * l * h ** 2 + c15 * l ** 2 * p + c16 * p ** 3 + c17 * p * h ** 2 +
      c18 * l ** 2 * h + c19 * p ** 2 * h + c20 * h ** 3
    );
  };
  const coefficient = fc.double({ min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(coefficient, { minLength: 20, maxLength: 20 }), coefficient, coefficient, coefficient, (numerator, l, p, h) => {
      const one = [1, ...new Array<number>(19).fill(0)];
      const unit = { offset: 0, scale: 1 };
      const model = createRpcModel({
        line: unit, sample: unit, latitude: unit, longitude: unit, height: unit,
        lineNumerator: numerator, lineDenominator: one, sampleNumerator: one, sampleDenominator: one,
      });
      const seen = model.worldToImage({ longitude: l, latitude: p, heightMetres: h });
      assertImagePoint(seen, { x: 1.5, y: formula(numerator, l, p, h) + 0.5 }, 1e-12);
    }),
  );
});

test('an image across the antimeridian is one, from either side', () => {
  for (const offset of [179.98, -179.99, -180, 180.01]) {
    const model = createRpcModel(rpcAt(offset, -17));
    const east = model.worldToImage({ longitude: -179.97, latitude: -17, heightMetres: 0 });
    assertImagePoint(model.worldToImage({ longitude: 180.03, latitude: -17, heightMetres: 0 }), east ?? { x: NaN, y: NaN }, 1e-6);
    assertRoundTrips(model, placesOver(12328, 13854), [0, 900], 1e-5);
    const continuous: number[] = [];
    for (const place of placesOver(12328, 13854)) {
      const ground = model.imageToWorld(place);
      assert.ok(ground !== null && Math.abs(longitudeNear(ground.longitude, offset) - offset) < 0.2);
      continuous.push(ground.longitude);
    }
    assert.ok(Math.max(...continuous) - Math.min(...continuous) < 0.4);
  }
});

test('a longitude offset counted from 0 to 360 gives longitudes within ±180', () => {
  const middle = createRpcModel(rpcAt(242, 33)).imageToWorld({ x: 6000, y: 6900 });
  assert.ok(middle !== null && Math.abs(middle.longitude + 118) < 0.1);
});

test('near the pole round trips hold up to latitude 90, and beyond it there is no ground', () => {
  const model = createRpcModel(rpcAt(30, 89.95));
  assertRoundTrips(model, placesOver(12328, 6000).filter(({ y }) => y > 4000), [0], 1e-5);
  assert.equal(model.imageToWorld({ x: 6000, y: 0 }), null);
});

test('a place that no ground shows gives null, and so does a ground point beyond a pole of the ratio', () => {
  // The line reaches a largest value of 6927 + 6927/4 at L = 1/2: no ground lies at lines above it.
  const parabola = [0, 1, 0, 0, 0, 0, 0, -1, ...new Array<number>(12).fill(0)];
  const one = [1, ...new Array<number>(19).fill(0)];
  const latitudeOnly = [0, 0, 1, ...new Array<number>(17).fill(0)];
  const model = createRpcModel({
    ...PUBLISHED_RPC, lineNumerator: parabola, lineDenominator: one, sampleNumerator: latitudeOnly, sampleDenominator: one,
  });
  assert.notEqual(model.imageToWorld({ x: 6163, y: 6927 + 1700 }), null);
  assert.equal(model.imageToWorld({ x: 6163, y: 6927 + 1800 }), null);

  // 1 + L vanishes one scale west of the middle.
  const pole = createRpcModel({ ...PUBLISHED_RPC, lineDenominator: [1, 1, ...new Array<number>(18).fill(0)] });
  const { offset, scale } = PUBLISHED_RPC.longitude;
  assert.notEqual(pole.worldToImage({ longitude: offset - 0.9 * scale, latitude: 27.2, heightMetres: 0 }), null);
  assert.equal(pole.worldToImage({ longitude: offset - 1.1 * scale, latitude: 27.2, heightMetres: 0 }), null);
});

test('coefficients of no use are refused', () => {
  const zeros = new Array<number>(20).fill(0);
  for (const change of [
    { lineNumerator: [1, 2, 3] },
    { sampleDenominator: zeros },
    { sampleNumerator: zeros.map(() => NaN) },
    { height: { offset: 0, scale: 0 } },
    { latitude: { offset: NaN, scale: 1 } },
  ] as Partial<RpcCoefficients>[]) {
    assert.throws(() => createRpcModel({ ...PUBLISHED_RPC, ...change }), SensorModelError);
  }
});

test('GDAL’s RPC metadata domain is read, with units behind the numbers too', () => {
  assert.deepEqual(parseRpcMetadata(rpcMetadata(PUBLISHED_RPC)), PUBLISHED_RPC);
  const withUnits = { ...rpcMetadata(PUBLISHED_RPC), LINE_OFF: '+006927.00 pixels', LAT_OFF: ' +27.21970000 degrees' };
  assert.deepEqual(parseRpcMetadata(withUnits), PUBLISHED_RPC);
});

test('RPC metadata that lack an item or hold other than numbers are refused by name', () => {
  const complete = rpcMetadata(PUBLISHED_RPC);
  const incomplete = Object.fromEntries(Object.entries(complete).filter(([item]) => item !== 'SAMP_DEN_COEFF'));
  assert.throws(() => parseRpcMetadata(incomplete), /lack SAMP_DEN_COEFF/);
  assert.throws(() => parseRpcMetadata({ ...complete, LINE_NUM_COEFF: '1 2 3' }), /LINE_NUM_COEFF should be 20 numbers/);
  assert.throws(() => parseRpcMetadata({ ...complete, LAT_OFF: 'north' }), /LAT_OFF should be 1 numbers, not "north"/);
  assert.throws(() => parseRpcMetadata({}), SensorModelError);
});
