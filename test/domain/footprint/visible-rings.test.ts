import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ringArea } from '../../../src/domain/footprint/pixel-ring.js';
import { visibleRings } from '../../../src/domain/footprint/visible-rings.js';
import { disk, plateCarree } from './map-models.js';

test('an image that shows the Earth everywhere is one ring around its edge', () => {
  const rings = visibleRings(plateCarree(0, 10, 0.01), 300, 200);
  assert.deepEqual(rings.map((ring) => Math.round(ringArea(ring))), [60_000]);
});

test('a whole disk is drawn on its limb', () => {
  const rings = visibleRings(disk(10, 20, 1000, 1100), 2200, 2200);
  assert.equal(rings.length, 1);
  for (const { x, y } of rings[0] ?? []) assert.ok(Math.abs(Math.hypot(x - 1100, y - 1100) - 1000) < 0.001);
  assert.ok(Math.abs(ringArea(rings[0] ?? []) / (Math.PI * 1e6) - 1) < 1e-3);
});

test('a part of the disk follows the limb and the edge of the image', () => {
  // The quarter to the lower right, as far as 800 pixels from the middle.
  const rings = visibleRings(disk(10, 20, 1000, 0), 800, 800);
  assert.equal(rings.length, 1);
  for (const corner of [[0, 0], [800, 0], [0, 800]] as const) assert.ok(rings[0]?.some(({ x, y }) => x === corner[0] && y === corner[1]), String(corner));
  assert.ok(!rings[0]?.some(({ x, y }) => Math.hypot(x, y) > 1000));
  // Two triangles of 800 by 600, and the sector between them.
  const expected = 800 * 600 + (1e6 / 2) * (Math.PI / 2 - 2 * Math.atan2(600, 800));
  assert.ok(Math.abs(ringArea(rings[0] ?? []) / expected - 1) < 1e-3, `${ringArea(rings[0] ?? [])} instead of ${expected}`);
});

test('parts that the limb sets apart are rings of their own, and nothing gives none', () => {
  const model = disk(0, 0, 100, 100);
  const twoDisks = { ...model, imageToWorld: ({ x, y }: { x: number; y: number }) => model.imageToWorld({ x: x > 220 ? x - 240 : x, y }) };
  assert.equal(visibleRings(twoDisks, 440, 200).length, 2);
  assert.deepEqual(visibleRings({ ...model, imageToWorld: () => null }, 440, 200), []);
});
