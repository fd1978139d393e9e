import assert from 'node:assert/strict';
import { test } from 'node:test';
import { maskRings, type Mask } from '../../../src/domain/footprint/mask-rings.js';
import { ringArea } from '../../../src/domain/footprint/pixel-ring.js';

function drawn(...rows: string[]): Mask {
  return { width: rows[0]?.length ?? 0, height: rows.length, values: Uint8Array.from(rows.join(''), (character) => (character === '#' ? 255 : 0)) };
}

function sampled(width: number, height: number, isValid: (x: number, y: number) => boolean): Mask {
  return { width, height, values: Uint8Array.from({ length: width * height }, (_, index) => Number(isValid((index % width) + 0.5, Math.floor(index / width) + 0.5))) };
}

test('a mask without gaps has no outline of its own, and one of gaps only has none at all', () => {
  assert.equal(maskRings(drawn('##', '##'), 200, 200), null);
  assert.deepEqual(maskRings(drawn('..', '..'), 200, 200), []);
});

test('a rectangle of valid pixels is outlined along their outer edges, in pixels of the full image', () => {
  const rings = maskRings(sampled(50, 40, (x, y) => x > 10 && x < 30 && y > 5 && y < 35), 500, 400);
  assert.equal(rings?.length, 1);
  assert.deepEqual(new Set(rings[0]?.map(({ x, y }) => `${x},${y}`)), new Set(['100,50', '100,350', '300,350', '300,50']));
  assert.equal(ringArea(rings[0] ?? []), 200 * 300);
});

test('holes are filled', () => {
  const rings = maskRings(sampled(60, 60, (x, y) => x > 5 && Math.hypot(x - 30, y - 30) > 10), 60, 60);
  assert.deepEqual(rings?.map(ringArea), [55 * 60]);
});

test('pixels that touch at a corner belong together', () => {
  const rings = maskRings(drawn('##......', '##......', '..##....', '..##....', '........'), 8, 5);
  assert.equal(rings?.length, 1);
});

test('of separate parts, the large ones are kept, the largest first', () => {
  const parts = (x: number, y: number): boolean => (x < 40 && y < 40) || (x > 60 && y > 60 && x < 80 && y < 80) || (x > 90 && x < 92 && y < 2);
  const rings = maskRings(sampled(100, 100, parts), 100, 100);
  assert.deepEqual(rings?.map(ringArea), [1600, 400]);
});

test('the slanted collar of a turned scene is drawn with few points close to its true edges', () => {
  // A square of side 300, turned by the angle of a 3-4-5 triangle about the middle.
  const inScene = (x: number, y: number): boolean => {
    const [u, v] = [0.8 * (x - 256) + 0.6 * (y - 256), -0.6 * (x - 256) + 0.8 * (y - 256)];
    return Math.abs(u) < 150 && Math.abs(v) < 150;
  };
  const [ring = []] = maskRings(sampled(512, 512, inScene), 512, 512) ?? [];
  assert.ok(ring.length >= 4 && ring.length <= 16, `${ring.length} points`);
  for (const { x, y } of ring) {
    const [u, v] = [Math.abs(0.8 * (x - 256) + 0.6 * (y - 256)), Math.abs(-0.6 * (x - 256) + 0.8 * (y - 256))];
    assert.ok(Math.abs(Math.max(u, v) - 150) < 2, `${u}, ${v}`);
  }
  assert.ok(Math.abs(ringArea(ring) / 90_000 - 1) < 0.01);
});

test('noise is outlined within bounds', () => {
  let state = 1;
  const random = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) / 2 ** 32;
  const rings = maskRings(sampled(512, 512, () => random() > 0.4), 10_000, 10_000);
  assert.ok(rings !== null && rings.length > 0);
  assert.ok(rings.reduce((sum, ring) => sum + ring.length, 0) <= 400);
});
