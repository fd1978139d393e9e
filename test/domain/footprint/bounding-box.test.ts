import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundingBox } from '../../../src/domain/footprint/bounding-box.js';
import type { LonLatPolygon } from '../../../src/domain/footprint/world-polygons.js';

function box(west: number, south: number, east: number, north: number): LonLatPolygon {
  return [[[west, south], [east, south], [east, north], [west, north], [west, south]]];
}

test('a box around one polygon is its extent', () => {
  assert.deepEqual(boundingBox([box(10, -5, 20, 7)]), [10, -5, 20, 7]);
});

test('a box across the antimeridian has its west in the east, as in the example of RFC 7946, section 5.2', () => {
  assert.deepEqual(boundingBox([box(177, -20, 180, -16), box(-180, -20, -178, -16)]), [177, -20, -178, -16]);
});

test('a box around parts far apart takes the shorter way', () => {
  assert.deepEqual(boundingBox([box(-100, 0, -90, 1), box(100, 2, 110, 3)]), [100, 0, -90, 3]);
  assert.deepEqual(boundingBox([box(-60, 0, -50, 1), box(20, 2, 30, 3)]), [-60, 0, 30, 3]);
});

test('a box around a pole spans all longitudes, as in RFC 7946, section 5.3', () => {
  assert.deepEqual(boundingBox([box(-180, 83, 180, 90)]), [-180, 83, 180, 90]);
});
