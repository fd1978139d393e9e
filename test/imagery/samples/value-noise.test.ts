import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createValueNoise, hash } from '../../../src/imagery/samples/value-noise.js';

const octaves = [{ cellSizePixels: 32, amplitude: 1 }];

function row(width: number, y: number, seed: number): Float64Array {
  const sums = new Float64Array(width);
  createValueNoise(width, octaves, seed)(y, sums);
  return sums;
}

test('noise stays within half its amplitude and is not flat', () => {
  const values = Array.from({ length: 200 }, (_, y) => [...row(300, y, 1)]).flat();
  const minimum = Math.min(...values.slice(0, 60_000));
  const maximum = Math.max(...values.slice(0, 60_000));
  assert.ok(minimum >= -0.5 && maximum <= 0.5, `${minimum} to ${maximum}`);
  assert.ok(maximum - minimum > 0.5, `${minimum} to ${maximum}`);
});

test('noise is smooth: neighbours differ by less than the steepest slope of a cell', () => {
  // A smooth step rises at most 1.5 times as fast as a straight line, over 32 pixels, by at most the amplitude.
  const steepest = 1.5 / 32;
  const rows = Array.from({ length: 100 }, (_, y) => row(300, y, 2));
  rows.forEach((current, y) => {
    current.forEach((value, x) => {
      const right = current[x + 1] ?? value;
      const below = rows[y + 1]?.[x] ?? value;
      assert.ok(Math.abs(right - value) <= steepest && Math.abs(below - value) <= steepest, `at ${x}, ${y}`);
    });
  });
});

test('noise of one seed is the same whatever rows were made before, and of two seeds differs', () => {
  const noise = createValueNoise(300, octaves, 3);
  noise(99, new Float64Array(300));
  const sums = new Float64Array(300);
  noise(7, sums);
  assert.deepEqual(sums, row(300, 7, 3));
  assert.notDeepEqual(sums, row(300, 7, 4));
});

test('noise is added to what the row holds', () => {
  const sums = new Float64Array(300).fill(10);
  createValueNoise(300, octaves, 5)(0, sums);
  row(300, 0, 5).forEach((value, x) => assert.ok(Math.abs((sums[x] ?? 0) - 10 - value) < 1e-12));
});

test('the hash fills 32 bits evenly', () => {
  const tenths = new Array<number>(10).fill(0);
  for (let x = 0; x < 100; x++) {
    for (let y = 0; y < 100; y++) {
      const tenth = Math.floor((hash(x, y, 6) / 2 ** 32) * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
  }
  // 10000 draws, 1000 expected in each tenth, standard deviation 30.
  for (const count of tenths) assert.ok(count > 850 && count < 1150, tenths.join(' '));
});
