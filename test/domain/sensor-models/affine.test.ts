import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import gdal from 'gdal-async';
import { createAffineModel, type AffineModelOptions } from '../../../src/domain/sensor-models/affine.js';
import { SensorModelError } from '../../../src/domain/sensor-models/errors.js';
import { assertGroundPoint, assertImagePoint, assertRoundTrips, placesOver } from './assertions.js';

const degrees: Pick<AffineModelOptions, 'toWgs84' | 'fromWgs84'> = {
  toWgs84: (longitude, latitude) => ({ longitude, latitude }),
  fromWgs84: (x, y) => ({ x, y }),
};

function projectedBy(proj4: string): Pick<AffineModelOptions, 'toWgs84' | 'fromWgs84'> {
  const crs = gdal.SpatialReference.fromProj4(proj4);
  const wgs84 = gdal.SpatialReference.fromProj4('+proj=longlat +datum=WGS84');
  const forward = new gdal.CoordinateTransformation(crs, wgs84);
  const back = new gdal.CoordinateTransformation(wgs84, crs);
  return {
    toWgs84(x, y) {
      const point = forward.transformPoint(x, y);
      return { longitude: point.x, latitude: point.y };
    },
    fromWgs84: (longitude, latitude) => back.transformPoint(longitude, latitude),
  };
}

test('the origin of the geotransform is the outer corner of the upper-left pixel', () => {
  const model = createAffineModel({ geotransform: [10, 0.5, 0, 50, 0, -0.25], ...degrees });
  assertGroundPoint(model.imageToWorld({ x: 0, y: 0 }), { longitude: 10, latitude: 50, heightMetres: 0 }, 0);
  assertGroundPoint(model.imageToWorld({ x: 4, y: 2 }, 120), { longitude: 12, latitude: 49.5, heightMetres: 120 }, 0);
  assertImagePoint(model.worldToImage({ longitude: 11, latitude: 49, heightMetres: 7 }), { x: 2, y: 4 }, 0);
  assert.equal(model.precision, 'approximate');
});

test('a UTM image lies where its zone puts it', () => {
  // 500 km of false easting stand for the zone's middle, 123° W, and northings count from the equator.
  const model = createAffineModel({ geotransform: [500000, 30, 0, 0, 0, -30], ...projectedBy('+proj=utm +zone=10 +datum=WGS84') });
  assertGroundPoint(model.imageToWorld({ x: 0, y: 0 }), { longitude: -123, latitude: 0 }, 1e-9);
  assertRoundTrips(model, placesOver(10000, 10000), [0, 500], 1e-6);
});

test('round trips hold for any turned and sheared geotransform', () => {
  const number = fc.double({ min: -1000, max: 1000, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(number, number, number, number, number, number), number, number, (geotransform, x, y) => {
      const [, a, b, , c, d] = geotransform;
      const determinant = a * d - b * c;
      fc.pre(Math.abs(determinant) > 1e-3 * (Math.abs(a * d) + Math.abs(b * c)) && Math.abs(determinant) > 1e-3);
      const model = createAffineModel({ geotransform, ...degrees });
      const ground = model.imageToWorld({ x, y });
      assert.ok(ground !== null);
      assertImagePoint(model.worldToImage(ground), { x, y }, 1e-4);
    }),
  );
});

test('a place outside of the projection has neither ground nor image point', () => {
  const model = createAffineModel({ geotransform: [0, 1, 0, 0, 0, -1], toWgs84: () => null, fromWgs84: () => null });
  assert.equal(model.imageToWorld({ x: 0, y: 0 }), null);
  assert.equal(model.worldToImage({ longitude: 0, latitude: 0, heightMetres: 0 }), null);
  const infinite = createAffineModel({
    geotransform: [0, 1, 0, 0, 0, -1],
    toWgs84: () => ({ longitude: Infinity, latitude: NaN }),
    fromWgs84: () => ({ x: Infinity, y: 0 }),
  });
  assert.equal(infinite.imageToWorld({ x: 0, y: 0 }), null);
  assert.equal(infinite.worldToImage({ longitude: 0, latitude: 0, heightMetres: 0 }), null);
});

test('a geotransform that cannot be inverted is refused', () => {
  for (const geotransform of [
    [0, 0, 0, 0, 0, 0],
    [0, 1, 2, 0, 2, 4],
    [0, 1, 0, 0, 0, 0],
    [0, NaN, 0, 0, 0, 1],
  ] as [number, number, number, number, number, number][]) {
    assert.throws(() => createAffineModel({ geotransform, ...degrees }), SensorModelError);
  }
});
