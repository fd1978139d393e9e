import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { traceOutline } from '../../../src/domain/footprint/outline.js';
import { imageRing } from '../../../src/domain/footprint/pixel-ring.js';
import type { UnrolledRing } from '../../../src/domain/footprint/unroll.js';
import { worldPolygons } from '../../../src/domain/footprint/world-polygons.js';
import { areaOf, assertArea, covers, sphericalAreaOf } from './assert-area.js';
import { plateCarree, polarMap } from './map-models.js';

function outlineThrough(...places: [longitude: number, latitude: number][]): UnrolledRing {
  return { positions: places.map(([longitude, latitude]) => ({ longitude, latitude })), turns: 0 };
}

test('an area on one side of the antimeridian is one polygon, counterclockwise', () => {
  const polygons = worldPolygons(outlineThrough([10, 50], [10, 47], [14, 47], [14, 50]), { longitude: 12, latitude: 48 });
  assert.ok(polygons !== null);
  assertArea(polygons);
  assert.deepEqual(new Set(polygons[0]?.[0]?.map(String)), new Set(['10,50', '10,47', '14,47', '14,50']));
});

test('an area across the antimeridian is cut there, wherever its longitudes count from', () => {
  for (const turns of [-360, 0, 360]) {
    const west = 178 + turns;
    const polygons = worldPolygons(outlineThrough([west, 1], [west, -1], [west + 5, -2], [west + 5, 2]), { longitude: -179, latitude: 0 });
    assert.ok(polygons !== null);
    assertArea(polygons);
    assert.equal(polygons.length, 2);
    assert.ok(Math.abs(areaOf(polygons) - 15) < 1e-9); // a trapezoid 5 wide, 2 and 4 high
    // On the antimeridian, two fifths along, the sides stand 1.4 from the equator.
    const onAntimeridian = polygons.flat(2).filter(([longitude]) => Math.abs(longitude) === 180).map(([, latitude]) => Math.abs(latitude));
    assert.deepEqual([...new Set(onAntimeridian)], [1.4]);
  }
});

test('an edge that lies on the antimeridian cuts nothing off', () => {
  const polygons = worldPolygons(outlineThrough([179, 1], [179, 0], [180.0000000000001, 0], [180.0000000000001, 1]), { longitude: 179.5, latitude: 0.5 });
  assert.ok(polygons !== null);
  assertArea(polygons);
  assert.equal(polygons.length, 1);
});

test('an area of all longitudes is the belt around the world, from wherever it begins', () => {
  for (const west of [-180, 0, 20]) {
    const polygons = worldPolygons(outlineThrough([west, 60], [west, -60], [west + 360, -60], [west + 360, 60]), { longitude: 5, latitude: 0 });
    assert.ok(polygons !== null);
    assertArea(polygons);
    assert.ok(Math.abs(areaOf(polygons) - 360 * 120) < 1e-6);
  }
});

for (const pole of [1, -1] as const) {
  test(`an image over the ${pole === 1 ? 'north' : 'south'} pole is closed along the pole's latitude`, () => {
    const model = polarMap(pole, 400, 500, 0.01);
    const outline = traceOutline(model, imageRing(1000, 1000), 2000);
    assert.ok(outline !== null);
    const polygons = worldPolygons(outline, model.imageToWorld({ x: 500, y: 500 }));
    assert.ok(polygons !== null);
    assertArea(polygons);
    assert.ok(covers(polygons, [12, pole * 89.9]) && covers(polygons, [-170, pole * 89.9]));
    assert.ok(!covers(polygons, [12, pole * -89.9]) && !covers(polygons, [100, pole * 80]));
    const atPole = polygons.flat(2).filter(([, latitude]) => latitude === 90 * pole).map(([longitude]) => longitude);
    assert.deepEqual([Math.min(...atPole), Math.max(...atPole)], [-180, 180]);
    const expected = squareOnSphere();
    // A tenth of a pixel on each side is 4e-4 of the area.
    assert.ok(Math.abs(sphericalAreaOf(polygons) / expected - 1) < 4e-4, `${sphericalAreaOf(polygons)} instead of ${expected} sr`);
  });
}

/** The area on the sphere of the image of 1000² pixels above, summed up: that on the map times sin ρ / ρ. */
function squareOnSphere(): number {
  const step = (0.01 * Math.PI) / 180;
  let area = 0;
  for (let row = 0; row < 1000; row += 5) {
    for (let column = 0; column < 1000; column += 5) {
      const distance = Math.hypot(column + 2.5 - 400, row + 2.5 - 500) * step;
      area += ((5 * step) ** 2 * Math.sin(distance)) / distance;
    }
  }
  return area;
}

test('an image that shows most of the world is the world without the rest', () => {
  const hole = outlineThrough([20, -40], [30, -40], [30, -50], [20, -50]);
  const polygons = worldPolygons(hole, { longitude: -100, latitude: 30 });
  assert.ok(polygons !== null);
  assertArea(polygons);
  assert.ok(Math.abs(areaOf(polygons) - (360 * 180 - 100)) < 1e-6);
  assert.ok(covers(polygons, [-100, 30]) && !covers(polygons, [25, -45]));
});

test('a line that crosses itself becomes polygons that do not', () => {
  const polygons = worldPolygons(outlineThrough([0, 0], [2, 2], [2, 0], [0, 2]), null);
  assert.ok(polygons !== null);
  assertArea(polygons);
  assert.ok(Math.abs(areaOf(polygons) - 2) < 1e-9);
});

test('any image on a map in longitude and latitude keeps its area and its places', () => {
  fc.assert(
    fc.property(fc.double({ min: -720, max: 720, noNaN: true }), fc.double({ min: -80, max: 85, noNaN: true }), fc.integer({ min: 10, max: 2000 }), fc.integer({ min: 10, max: 900 }), (west, north, width, height) => {
      const [columns, rows] = [width, Math.min(height, Math.floor((north + 90) / 0.1))];
      const model = plateCarree(west, north, 0.1);
      const outline = traceOutline(model, imageRing(columns, rows), 2000);
      const polygons = outline === null ? null : worldPolygons(outline, model.imageToWorld({ x: columns / 2, y: rows / 2 }));
      assert.ok(polygons !== null);
      assertArea(polygons);
      assert.ok(Math.abs(areaOf(polygons) - columns * rows * 0.01) < 1e-4);
      const [longitude, latitude] = [west + columns * 0.03, north - rows * 0.07];
      assert.ok(covers(polygons, [longitude - 360 * Math.round(longitude / 360), latitude]));
    }),
    { numRuns: 60 },
  );
});
