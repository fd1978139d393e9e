import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ecefToGeodetic, geodeticToEcef } from '../../../src/domain/sensor-models/geodetic.js';
import type { ImagePoint } from '../../../src/domain/sensor-models/sensor-model.js';
import { createSicdModel } from '../../../src/domain/sensor-models/sicd.js';
import type { SicdMetadata } from '../../../src/domain/sensor-models/sicd-metadata.js';
import { INCA_STRIPMAP, PFA_SPOTLIGHT, RMA_SPOTLIGHT } from './sar/published-examples.js';
import { GRID_KINDS, add, createScene, createSicd, expectedContour, geodeticOf, inner, norm, normalised, observe, outer, positionAt, subtract, times, vectorOf, velocityAt } from './sar/sar-scene.js';
import type { SceneOptions } from './sar/sar-scene.js';

const SCENES: Record<string, SceneOptions> = {
  'broadside, left': { look: 'left', squintDegrees: 0 },
  'broadside, right': { look: 'right', squintDegrees: 0 },
  'squinted forward, left': { look: 'left', squintDegrees: 25 },
  'squinted backward, right': { look: 'right', squintDegrees: -30 },
  'steep, southern hemisphere, below the ellipsoid': { look: 'right', squintDegrees: 3, grazeDegrees: 68, latitude: -33.9, longitude: 151.2, heightMetres: -42, azimuthDegrees: 260 },
  'shallow, high north, high terrain': { look: 'left', squintDegrees: -8, grazeDegrees: 18, latitude: 79.5, longitude: -41, heightMetres: 2900, azimuthDegrees: 10 },
};

/** Centres of pixels all over the image and beyond its edges. */
function* pixelsOf({ size }: SicdMetadata): Generator<{ x: number; y: number }> {
  for (const v of [-0.1, 0, 0.25, 0.5, 0.8, 1]) {
    for (const u of [-0.1, 0, 0.3, 0.5, 0.9, 1]) yield { x: 0.5 + u * (size.column - 1), y: 0.5 + v * (size.row - 1) };
  }
}

for (const kind of GRID_KINDS) {
  describe(`a SICD image on a ${kind} grid`, () => {
    for (const [name, options] of Object.entries(SCENES)) {
      const scene = createScene(options);
      const metadata = createSicd(scene, kind);
      const model = createSicdModel(metadata);
      const centrePixel = { x: metadata.sceneCentrePixel.column + 0.5, y: metadata.sceneCentrePixel.row + 0.5 };

      test(`shows the scene centre point at its pixel (${name})`, () => {
        const ground = model.imageToWorld(centrePixel);
        assert.ok(ground !== null);
        assert.ok(norm(subtract(vectorOf(geodeticToEcef(ground)), scene.centre)) < 1e-6);
        assert.ok(Math.abs(model.referenceHeightMetres - (options.heightMetres ?? 137.25)) < 1e-6);

        const pixel = model.worldToImage(ecefToGeodetic(metadata.sceneCentre));
        assert.ok(pixel !== null);
        assert.ok(Math.hypot(pixel.x - centrePixel.x, pixel.y - centrePixel.y) < 1e-4);
      });

      test(`puts every pixel where the sensor sees it at the pixel's range and range rate, at any height (${name})`, () => {
        for (const heightMetres of [undefined, model.referenceHeightMetres - 250, model.referenceHeightMetres + 3000]) {
          for (const pixel of pixelsOf(metadata)) {
            const ground = model.imageToWorld(pixel, heightMetres);
            assert.ok(ground !== null);
            assert.equal(ground.heightMetres, heightMetres ?? model.referenceHeightMetres);

            const { row, column } = metadata.sceneCentrePixel;
            const expected = expectedContour(metadata, (pixel.y - 0.5 - row) * metadata.spacingMetres.row, (pixel.x - 0.5 - column) * metadata.spacingMetres.column);
            const point = vectorOf(geodeticToEcef(ground));
            const seen = observe(scene.orbit, expected.time, point);
            assert.ok(Math.abs(seen.range - expected.range) < 1e-5, `range off by ${seen.range - expected.range} m`);
            assert.ok(Math.abs(seen.rate - expected.rate) < 1e-5, `range rate off by ${seen.rate - expected.rate} m/s`);

            const sensor = positionAt(scene.orbit, expected.time);
            const side = inner(outer(sensor, velocityAt(scene.orbit, expected.time)), subtract(point, sensor));
            assert.equal(Math.sign(side), scene.look);
          }
        }
      });

      test(`finds back the pixel that it projected from (${name})`, () => {
        for (const heightMetres of [undefined, model.referenceHeightMetres + 1500]) {
          for (const pixel of pixelsOf(metadata)) {
            const ground = model.imageToWorld(pixel, heightMetres);
            assert.ok(ground !== null);
            const back = model.worldToImage(ground);
            assert.ok(back !== null);
            assert.ok(Math.hypot(back.x - pixel.x, back.y - pixel.y) < 1e-3, `off by ${Math.hypot(back.x - pixel.x, back.y - pixel.y)} pixels`);
          }
        }
      });
    }
  });
}

test('any scene, from any side, is projected there and back', () => {
  fc.assert(
    fc.property(
      fc.record({
        kind: fc.constantFrom(...GRID_KINDS),
        look: fc.constantFrom('left' as const, 'right' as const),
        latitude: fc.double({ min: -89, max: 89, noNaN: true }),
        longitude: fc.double({ min: -180, max: 180, noNaN: true }),
        heightMetres: fc.double({ min: -400, max: 8000, noNaN: true }),
        squintDegrees: fc.double({ min: -25, max: 25, noNaN: true }),
        grazeDegrees: fc.double({ min: 15, max: 50, noNaN: true }),
        azimuthDegrees: fc.double({ min: 0, max: 360, noNaN: true }),
        u: fc.double({ min: 0, max: 1, noNaN: true }),
        v: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      ({ kind, u, v, ...options }) => {
        const metadata = createSicd(createScene(options), kind);
        const model = createSicdModel(metadata);
        const pixel = { x: u * metadata.size.column, y: v * metadata.size.row };
        const ground = model.imageToWorld(pixel);
        assert.ok(ground !== null);
        assert.ok(Math.abs(ground.longitude - options.longitude) < 180);
        const back = model.worldToImage(ground);
        assert.ok(back !== null);
        assert.ok(Math.hypot(back.x - pixel.x, back.y - pixel.y) < 1e-2);
      },
    ),
    { numRuns: 300 },
  );
});

test('a cut-out of an image counts its pixels from FirstRow and FirstCol', () => {
  const full = createSicd(createScene({ look: 'left', squintDegrees: 12 }), 'XRGYCR');
  const fullModel = createSicdModel(full);
  const cutOut = createSicdModel({ ...full, size: { row: 512, column: 256 }, firstPixel: { row: 1000, column: 2000 } });

  const ground = fullModel.imageToWorld({ x: 2100.5, y: 1400 });
  assert.ok(ground !== null);
  assert.deepEqual(cutOut.imageToWorld({ x: 100.5, y: 400 }), ground);
  const pixel = cutOut.worldToImage(ground);
  assert.ok(pixel !== null);
  assert.ok(Math.hypot(pixel.x - 100.5, pixel.y - 400) < 1e-4);
});

test('longitudes stay continuous across the antimeridian, in both directions of the projection', () => {
  for (const longitude of [179.999, -179.999]) {
    const metadata = createSicd(createScene({ look: 'right', squintDegrees: 5, longitude, latitude: -16 }), 'PFA');
    const model = createSicdModel(metadata);
    const grounds = [...pixelsOf(metadata)].map((pixel) => model.imageToWorld(pixel));
    const longitudes = grounds.map((ground) => ground?.longitude ?? NaN);
    assert.ok(Math.max(...longitudes) - Math.min(...longitudes) < 0.1);
    assert.ok(longitudes.some((each) => Math.abs(each) > 180));

    const [ground] = grounds;
    assert.ok(ground !== null && ground !== undefined);
    const [here, aTurnAway] = [model.worldToImage(ground), model.worldToImage({ ...ground, longitude: ground.longitude - 360 * Math.sign(longitude) })];
    assert.ok(here !== null && aTurnAway !== null);
    assert.ok(Math.hypot(here.x - aTurnAway.x, here.y - aTurnAway.y) < 1e-4);
  }
});

test('contours that pass the Earth, above it or beyond its limb, have no ground point', () => {
  const metadata = createSicd(createScene({ look: 'left', squintDegrees: 0 }), 'XRGYCR');
  const model = createSicdModel(metadata);
  // The sensor is some 850 km from the scene, 600 km above the ground, and its horizon 2,830 km away.
  const atSlantRange = (kilometres: number): { x: number; y: number } => {
    const { range } = observe(metadata.sensorPosition, 1.75, vectorOf(metadata.sceneCentre));
    return { x: metadata.sceneCentrePixel.column + 0.5, y: metadata.sceneCentrePixel.row + 0.5 + (kilometres * 1000 - range) / metadata.spacingMetres.row };
  };
  assert.equal(model.imageToWorld(atSlantRange(590)), null);
  assert.notEqual(model.imageToWorld(atSlantRange(620)), null);
  assert.notEqual(model.imageToWorld(atSlantRange(2500)), null);
  assert.equal(model.imageToWorld(atSlantRange(2900)), null);
  assert.equal(model.imageToWorld(atSlantRange(9000)), null);
  assert.equal(model.imageToWorld({ x: NaN, y: 0 }), null);
  // Faster than the sensor itself: a Doppler that no place has.
  assert.equal(createSicdModel(createSicd(createScene({ look: 'left', squintDegrees: 0 }), 'RGAZCOMP')).imageToWorld({ x: 2e6, y: 1500 }), null);
  assert.equal(createSicdModel(createSicd(createScene({ look: 'left', squintDegrees: 0 }), 'INCA')).imageToWorld({ x: 2260, y: -2e6 }), null);
});

test('places that the sensor cannot see have no pixel', () => {
  const scene = createScene({ look: 'left', squintDegrees: 0 });
  const model = createSicdModel(createSicd(scene, 'XRGYCR'));
  const sensor = positionAt(scene.orbit, scene.time);
  const zenith = normalised(sensor);
  const left = normalised(outer(zenith, velocityAt(scene.orbit, scene.time)));
  /** On the ground left of the track, at an angle from the point below the sensor, seen from the Earth's centre. */
  const pixelAt = (degrees: number): ImagePoint | null => {
    const angle = (degrees * Math.PI) / 180;
    const { longitude, latitude } = geodeticOf(add(times(zenith, 6371e3 * Math.cos(angle)), left, 6371e3 * Math.sin(angle)));
    return model.worldToImage({ longitude, latitude, heightMetres: 0 });
  };
  // From 600 km, the horizon is acos(6371 / 6971) = 24° away.
  assert.notEqual(pixelAt(5), null);
  assert.notEqual(pixelAt(22), null);
  assert.equal(pixelAt(26), null);
  assert.equal(pixelAt(40), null);
  assert.equal(pixelAt(180), null);
  // To the right of the track are the mirror images, at the same range and range rate, of what the pixels show.
  assert.equal(pixelAt(-5), null);
});

test('an image plane without an extent is refused', () => {
  const metadata = createSicd(createScene({ look: 'left', squintDegrees: 0 }), 'PLANE');
  assert.throws(() => createSicdModel({ ...metadata, columnDirection: metadata.rowDirection }), { name: 'SensorModelError', message: /parallel/ });
});

test('published spotlight images have their corners where their own processor put them', () => {
  // The published corners come from a parallel projection into a plane, good to half a metre over a
  // kilometre; they are the outer corners of the corner pixels.
  for (const { metadata, corners } of [PFA_SPOTLIGHT, RMA_SPOTLIGHT]) {
    const model = createSicdModel(metadata);
    const { row, column } = metadata.size;
    const cornerPixels = [{ x: 0, y: 0 }, { x: column, y: 0 }, { x: column, y: row }, { x: 0, y: row }];
    for (const [index, [latitude, longitude]] of corners.entries()) {
      const ground = model.imageToWorld(cornerPixels[index] ?? { x: NaN, y: NaN });
      assert.ok(ground !== null);
      const expected = vectorOf(geodeticToEcef({ latitude, longitude, heightMetres: 0 }));
      assert.ok(norm(subtract(vectorOf(geodeticToEcef(ground)), expected)) < 0.5);
    }
  }
});

test('a published stripmap image shows its corners in the columns that its own processor put them in', () => {
  // Its processor placed the corners on terrain of unknown height, which moves a place along its row
  // direction, range, but leaves the column, the time of closest approach, as it is.
  const { metadata, corners } = INCA_STRIPMAP;
  const model = createSicdModel(metadata);
  const lastColumn = metadata.size.column;
  for (const [index, [latitude, longitude]] of corners.entries()) {
    const pixel = model.worldToImage({ latitude, longitude, heightMetres: model.referenceHeightMetres });
    assert.ok(pixel !== null);
    assert.ok(Math.abs(pixel.x - 0.5 - (index === 0 || index === 3 ? 0 : lastColumn)) < 0.2);
    assert.ok(Math.abs(pixel.y - 0.5 - (index < 2 ? 0 : metadata.size.row)) < 80);
  }
});

/**
 * Outer corners at the scene centre's height, longitude and latitude: found from the metadata by a program that shares
 * nothing with this one (numpy): the three equations |P − ARP| = R, VARP·(ARP − P)/R = Ṙ and height(P) = h, with R and Ṙ as
 * NGA.STND.0024-3, section 4, has them for the grid, solved for the Earth-fixed P by Newton's method with differences,
 * geodetic coordinates by fixed-point iteration of the latitude.
 */
const SOLVED: Record<string, [metadata: SicdMetadata, corners: [longitude: number, latitude: number][]]> = {
  'polar format': [PFA_SPOTLIGHT.metadata, [[-0.006123491, 0.008083432], [-0.007438598, -0.005661161], [0.006129196, -0.008068873], [0.007433878, 0.005676265]]],
  'range migration': [RMA_SPOTLIGHT.metadata, [[-0.00600824, 0.007996449], [-0.007307096, -0.005630948], [0.006008016, -0.007993829], [0.007306954, 0.005632284]]],
  'zero Doppler': [INCA_STRIPMAP.metadata, [[-7.71570285, 33.575508335], [-7.690676729, 33.536277368], [-7.496798035, 33.623127624], [-7.521740583, 33.662411811]]],
  'range and azimuth compressed': [
    createSicd(createScene(SCENES['steep, southern hemisphere, below the ellipsoid'] ?? assert.fail()), 'RGAZCOMP'),
    [[151.163071602, -33.919214959], [151.244090252, -33.916017594], [151.236731562, -33.880857901], [151.155592799, -33.884207266]],
  ],
};

for (const [kind, [metadata, corners]] of Object.entries(SOLVED)) {
  test(`a ${kind} image has its corners where its range and range rate equations put them, to a millimetre`, () => {
    const model = createSicdModel(metadata);
    const { row, column } = metadata.size;
    for (const [index, [x, y]] of ([[0, 0], [0, row], [column, row], [column, 0]] as const).entries()) {
      const [longitude, latitude] = corners[index] ?? assert.fail();
      const expected = geodeticToEcef({ longitude, latitude, heightMetres: model.referenceHeightMetres });
      const ground = model.imageToWorld({ x, y }) ?? assert.fail();
      assert.ok(norm(subtract(vectorOf(geodeticToEcef(ground)), vectorOf(expected))) < 1e-3);
    }
  });
}
