import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ecefToGeodetic, geodeticToEcef } from '../../../src/domain/sensor-models/geodetic.js';
import { createSiddModel } from '../../../src/domain/sensor-models/sidd.js';
import type { SiddMetadata, SiddProjection } from '../../../src/domain/sensor-models/sidd-metadata.js';
import { PLANE_PRODUCT, SPOTLIGHT_PRODUCT } from './sar/published-examples.js';
import { add, createScene, geodeticOf, inner, norm, normalised, observe, outer, pointOf, positionAt, subtract, times, value2D, vectorOf, velocityAt } from './sar/sar-scene.js';
import type { Scene, SceneOptions, Vector } from './sar/sar-scene.js';

const SCENES: Record<string, SceneOptions> = {
  'left-looking': { look: 'left', squintDegrees: 0 },
  'right-looking, squinted': { look: 'right', squintDegrees: 25, latitude: -33.9, longitude: 151.2, heightMetres: 612, azimuthDegrees: 200 },
  'across the antimeridian': { look: 'left', squintDegrees: -10, latitude: 65, longitude: 179.99, heightMetres: -20, azimuthDegrees: 300 },
};
const SIZE = { row: 3000, column: 4000 };
const REFERENCE_PIXEL = { row: 1480.25, column: 2010.5 };

type Surfaced = Exclude<SiddProjection, { type: 'PolynomialProjection' }>;

function eastNorth({ up }: Scene): { east: Vector; north: Vector } {
  const east = normalised([-up[1], up[0], 0]);
  return { east, north: outer(up, east) };
}

function createProjection(scene: Scene, type: Surfaced['type']): Surfaced {
  const { east, north } = eastNorth(scene);
  switch (type) {
    case 'PlaneProjection': {
      const rowDirection = add(times(north, -Math.cos(0.4)), east, Math.sin(0.4));
      return { type, rowDirection: pointOf(rowDirection), columnDirection: pointOf(outer(scene.up, rowDirection)), spacing: { row: 0.6, column: 0.5 }, apertureTime: [[scene.time, 4e-5], [-3e-5, 1e-9]] };
    }
    case 'GeographicProjection':
      return { type, spacing: { row: 0.02, column: 0.03 }, apertureTime: [[scene.time, 1e-3], [-2e-3]] };
    case 'CylindricalProjection':
      return { type, stripDirection: pointOf(add(times(north, -0.8), east, 0.6)), curvatureRadiusMetres: null, spacing: { row: 0.6, column: 0.5 }, apertureTime: [[scene.time, 4e-5], [-3e-5]] };
  }
}

function createProduct(scene: Scene, projection: SiddProjection): SiddMetadata {
  return { size: SIZE, referencePoint: pointOf(scene.centre), referencePixel: REFERENCE_PIXEL, projection, sensorPosition: scene.orbit, chip: null };
}

/** The point of the product's surface that a pixel stands for, computed from the geometry rather than the standard's formulas. */
function surfacePoint(scene: Scene, projection: Surfaced, pixel: { x: number; y: number }): Vector {
  const row = (pixel.y - 0.5 - REFERENCE_PIXEL.row) * projection.spacing.row;
  const column = (pixel.x - 0.5 - REFERENCE_PIXEL.column) * projection.spacing.column;
  switch (projection.type) {
    case 'PlaneProjection':
      return add(add(scene.centre, vectorOf(projection.rowDirection), row), vectorOf(projection.columnDirection), column);
    case 'GeographicProjection': {
      const { latitude, longitude, heightMetres } = geodeticOf(scene.centre);
      return vectorOf(geodeticToEcef({ latitude: latitude - row / 3600, longitude: longitude + column / 3600, heightMetres }));
    }
    case 'CylindricalProjection': {
      // Turned around the cylinder's axis, which lies a radius below the reference point (Rodrigues' formula).
      const forward = normalised(add(vectorOf(projection.stripDirection), scene.up, -inner(vectorOf(projection.stripDirection), scene.up)));
      const right = outer(forward, scene.up);
      const radius = stripRadius(scene, forward);
      const fromAxis = times(scene.up, radius);
      const angle = -column / radius;
      const turned = add(times(fromAxis, Math.cos(angle)), outer(right, fromAxis), Math.sin(angle));
      return add(add(subtract(scene.centre, fromAxis), turned), right, row);
    }
  }
}

/** The radius of the circle through three points of the strip, 1 km apart, at the height of the reference point. */
function stripRadius(scene: Scene, forward: Vector): number {
  const { heightMetres } = geodeticOf(scene.centre);
  const atHeight = (point: Vector): Vector => vectorOf(geodeticToEcef({ ...geodeticOf(point), heightMetres }));
  const [a, b, c] = [atHeight(add(scene.centre, forward, -1000)), scene.centre, atHeight(add(scene.centre, forward, 1000))];
  const [ab, bc, ca] = [subtract(b, a), subtract(c, b), subtract(a, c)];
  return (norm(ab) * norm(bc) * norm(ca)) / (2 * norm(outer(ab, bc)));
}

function* pixels(): Generator<{ x: number; y: number }> {
  for (const v of [-0.05, 0, 0.3, 0.5, 1]) for (const u of [-0.05, 0, 0.4, 0.5, 1]) yield { x: u * SIZE.column, y: v * SIZE.row };
}

for (const type of ['PlaneProjection', 'GeographicProjection', 'CylindricalProjection'] as const) {
  describe(`a SIDD product with a ${type}`, () => {
    for (const [name, options] of Object.entries(SCENES)) {
      const scene = createScene(options);
      const projection = createProjection(scene, type);
      const model = createSiddModel(createProduct(scene, projection));
      // The standard's cylinder stands on the normal of a scaled ellipsoid, here on the geodetic one: 1e-7 radians apart.
      const tolerance = type === 'CylindricalProjection' ? 1e-3 : 1e-6;

      test(`shows its reference point at its reference pixel (${name})`, () => {
        const ground = model.imageToWorld({ x: REFERENCE_PIXEL.column + 0.5, y: REFERENCE_PIXEL.row + 0.5 });
        assert.ok(ground !== null);
        assert.ok(norm(subtract(vectorOf(geodeticToEcef(ground)), scene.centre)) < 1e-6);
        const pixel = model.worldToImage(geodeticOf(scene.centre));
        assert.ok(pixel !== null);
        assert.ok(Math.hypot(pixel.x - REFERENCE_PIXEL.column - 0.5, pixel.y - REFERENCE_PIXEL.row - 0.5) < 1e-3);
      });

      test(`shows the points of its surface at their own heights (${name})`, () => {
        for (const pixel of pixels()) {
          const expected = surfacePoint(scene, projection, pixel);
          const ground = model.imageToWorld(pixel, geodeticOf(expected).heightMetres);
          assert.ok(ground !== null);
          assert.ok(norm(subtract(vectorOf(geodeticToEcef(ground)), expected)) < tolerance);
        }
      });

      test(`follows the contour of range and range rate to other heights, and back to the pixel (${name})`, () => {
        assert.ok(projection.apertureTime !== null);
        for (const heightMetres of [undefined, model.referenceHeightMetres + 2000]) {
          for (const pixel of pixels()) {
            const time = value2D(projection.apertureTime, (pixel.y - 0.5 - REFERENCE_PIXEL.row) * projection.spacing.row, (pixel.x - 0.5 - REFERENCE_PIXEL.column) * projection.spacing.column);
            const expected = observe(scene.orbit, time, surfacePoint(scene, projection, pixel));
            const ground = model.imageToWorld(pixel, heightMetres);
            assert.ok(ground !== null);
            const point = vectorOf(geodeticToEcef(ground));
            const seen = observe(scene.orbit, time, point);
            assert.ok(Math.abs(seen.range - expected.range) < tolerance * 10);
            assert.ok(Math.abs(seen.rate - expected.rate) < tolerance * 10);
            assert.equal(Math.sign(inner(outer(positionAt(scene.orbit, time), velocityAt(scene.orbit, time)), subtract(point, positionAt(scene.orbit, time)))), scene.look);

            assert.ok(Math.abs(ground.longitude - (options.longitude ?? 2.1)) < 1);
            const back = model.worldToImage(ground);
            assert.ok(back !== null);
            assert.ok(Math.hypot(back.x - pixel.x, back.y - pixel.y) < 1e-3);
          }
        }
      });
    }
  });
}

test('published products have the outer corners of their corner pixels where their own processor put them', () => {
  // Those corners are points of the product plane, without a height; at the plane's height above the
  // ellipsoid there, the contour passes through the very point.
  for (const [{ metadata, corners }, tolerance] of [[PLANE_PRODUCT, 1e-12], [SPOTLIGHT_PRODUCT, 1e-10]] as const) {
    const model = createSiddModel(metadata);
    const { row, column } = metadata.size;
    const { projection } = metadata;
    assert.equal(projection.type, 'PlaneProjection');
    const cornerPixels = [{ x: 0, y: 0 }, { x: column, y: 0 }, { x: column, y: row }, { x: 0, y: row }];
    for (const [index, [latitude, longitude]] of corners.entries()) {
      const pixel = cornerPixels[index] ?? { x: NaN, y: NaN };
      const rowMetres = (pixel.y - 0.5 - metadata.referencePixel.row) * projection.spacing.row;
      const columnMetres = (pixel.x - 0.5 - metadata.referencePixel.column) * projection.spacing.column;
      const planePoint = add(add(vectorOf(metadata.referencePoint), vectorOf(projection.rowDirection), rowMetres), vectorOf(projection.columnDirection), columnMetres);
      const ground = model.imageToWorld(pixel, geodeticOf(planePoint).heightMetres);
      assert.ok(ground !== null);
      assert.ok(Math.abs(ground.latitude - latitude) < tolerance);
      assert.ok(Math.abs(ground.longitude - longitude) < tolerance);

      // At the reference height, off by what the plane stands above the ellipsoid, laid over.
      const atReference = model.imageToWorld(pixel);
      assert.ok(atReference !== null);
      assert.ok(norm(subtract(vectorOf(geodeticToEcef(atReference)), vectorOf(geodeticToEcef(ground)))) < 2);
    }
  }
});

test('a cylindrical strip stays on the surface where a plane would leave it', () => {
  const scene = createScene({ look: 'left', squintDegrees: 0, heightMetres: 0 });
  const projection = createProjection(scene, 'CylindricalProjection');
  const model = createSiddModel({ ...createProduct(scene, projection), sensorPosition: null });
  // 30 km along the strip a plane stands 70 m above the ellipsoid.
  const end = surfacePoint(scene, projection, { x: REFERENCE_PIXEL.column + 0.5 + 60_000, y: REFERENCE_PIXEL.row + 0.5 });
  assert.ok(Math.abs(geodeticOf(end).heightMetres) < 0.5);
  const ground = model.imageToWorld({ x: REFERENCE_PIXEL.column + 0.5 + 60_000, y: REFERENCE_PIXEL.row + 0.5 }, geodeticOf(end).heightMetres);
  assert.ok(ground !== null);
  assert.ok(norm(subtract(vectorOf(geodeticToEcef(ground)), end)) < 0.005);
});

test('the given curvature of a cylinder wins over that of the ellipsoid', () => {
  const scene = createScene({ look: 'left', squintDegrees: 0, latitude: 0, longitude: 0, heightMetres: 0 });
  const projection: SiddProjection = { type: 'CylindricalProjection', stripDirection: { x: 0, y: 0, z: -1 }, curvatureRadiusMetres: 2000, spacing: { row: 1, column: 1 }, apertureTime: [[0]] };
  const model = createSiddModel({ ...createProduct(scene, projection), sensorPosition: null, referencePixel: { row: 0, column: 0 } });
  // A quarter of the way around, heading south, the cylinder is a radius lower and a radius on; rows count to the right, west.
  const expected = ecefToGeodetic({ x: 6378137 - 2000, y: -300, z: -2000 });
  const ground = model.imageToWorld({ x: 0.5 + (2000 * Math.PI) / 2, y: 300.5 }, expected.heightMetres);
  assert.ok(ground !== null);
  assert.ok(Math.abs(ground.latitude - expected.latitude) < 1e-9);
  assert.ok(Math.abs(ground.longitude - expected.longitude) < 1e-9);
});

test('without the radar geometry, heights do not move a pixel', () => {
  for (const type of ['PlaneProjection', 'GeographicProjection', 'CylindricalProjection'] as const) {
    const scene = createScene({ look: 'right', squintDegrees: 0, longitude: -180 });
    const projection = createProjection(scene, type);
    for (const metadata of [
      { ...createProduct(scene, projection), sensorPosition: null },
      createProduct(scene, { ...projection, apertureTime: null }),
    ]) {
      const model = createSiddModel(metadata);
      for (const pixel of pixels()) {
        const expected = geodeticOf(surfacePoint(scene, projection, pixel));
        const [low, high] = [model.imageToWorld(pixel), model.imageToWorld(pixel, 5000)];
        assert.ok(low !== null && high !== null);
        assert.deepEqual({ ...high, heightMetres: 0 }, { ...low, heightMetres: 0 });
        assert.ok(Math.abs(low.latitude - expected.latitude) < 1e-8);
        assert.ok(Math.abs(low.longitude + 180) < 1);
        for (const ground of [low, high]) {
          const back = model.worldToImage(ground);
          assert.ok(back !== null);
          assert.ok(Math.hypot(back.x - pixel.x, back.y - pixel.y) < 1e-4);
        }
      }
    }
  }
});

test('a chip shows what its full image shows there', () => {
  const full = SPOTLIGHT_PRODUCT.metadata;
  const fullModel = createSiddModel(full);
  const chip = {
    size: { row: 512, column: 512 },
    upperLeft: { row: 512, column: 512 },
    upperRight: { row: 512, column: 1023 },
    lowerLeft: { row: 1023, column: 512 },
    lowerRight: { row: 1023, column: 1023 },
  };
  const model = createSiddModel({ ...full, chip });
  for (const [x, y] of [[0, 0], [0.5, 0.5], [512, 512], [100.25, 400.75]] as const) {
    const [expected, ground] = [fullModel.imageToWorld({ x: x + 512, y: y + 512 }), model.imageToWorld({ x, y })];
    assert.ok(expected !== null && ground !== null);
    assert.ok(norm(subtract(vectorOf(geodeticToEcef(ground)), vectorOf(geodeticToEcef(expected)))) < 1e-5);
    const back = model.worldToImage(ground);
    assert.ok(back !== null);
    assert.ok(Math.hypot(back.x - x, back.y - y) < 1e-3);
  }
});

test('polynomials map pixels to degrees, and are inverted where their counterparts are only near', () => {
  const projection: SiddProjection = {
    type: 'PolynomialProjection',
    latitude: [[-12.5, 1e-6, 2e-12], [-9e-6, 3e-11]],
    longitude: [[179.98, 8e-6], [1.5e-6, -2e-11]],
    // The linear part's inverse, off by several pixels in the corners.
    row: [[-12.5 * 109067 - 13633 * 179.98, 13633], [-109067]],
    column: [[-12.5 * 20450 - 122700 * 179.98, 122700], [20450]],
  };
  const scene = createScene({ look: 'left', squintDegrees: 0, latitude: -12.5, longitude: 179.98, heightMetres: 33 });
  const model = createSiddModel({ ...createProduct(scene, projection), sensorPosition: null });
  assert.ok(Math.abs(model.referenceHeightMetres - 33) < 1e-6);
  const ground = model.imageToWorld({ x: 1000.5, y: 2000.5 });
  assert.ok(ground !== null);
  assert.ok(Math.abs(ground.latitude - (-12.5 + 1e-3 + 2e-6 - 18e-3 + 6e-5)) < 1e-12);
  assert.ok(Math.abs(ground.longitude - (179.98 + 8e-3 + 3e-3 - 4e-5)) < 1e-12);
  assert.equal(model.imageToWorld({ x: 0, y: 0 }, 77)?.heightMetres, 77);

  fc.assert(
    fc.property(fc.double({ min: 0, max: 4000, noNaN: true }), fc.double({ min: 0, max: 3000, noNaN: true }), (x, y) => {
      const there = model.imageToWorld({ x, y });
      assert.ok(there !== null);
      for (const turn of [0, -360]) {
        const back = model.worldToImage({ ...there, longitude: there.longitude + turn });
        assert.ok(back !== null);
        assert.ok(Math.hypot(back.x - x, back.y - y) < 1e-3);
      }
    }),
  );
});

test('places that a product cannot show are null', () => {
  const scene = createScene({ look: 'left', squintDegrees: 0 });
  const model = createSiddModel(createProduct(scene, createProjection(scene, 'PlaneProjection')));
  assert.equal(model.imageToWorld({ x: 1e7, y: 1e7 }), null);
  assert.equal(model.imageToWorld({ x: NaN, y: 5 }), null);
  assert.equal(model.worldToImage({ latitude: -41, longitude: -178, heightMetres: 0 }), null);
});
