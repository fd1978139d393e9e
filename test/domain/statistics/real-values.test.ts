import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDistribution, NO_MOMENTS, withValues } from '../../../src/domain/statistics/real-values.js';

function measure(chunks: number[][], valid: Uint8Array | null = null) {
  const moments = chunks.reduce((sum, chunk) => withValues(sum, chunk, valid), NO_MOMENTS);
  const distribution = createDistribution(moments);
  for (const chunk of chunks) distribution.add(chunk, valid);
  return distribution.measure(chunks.flat().length);
}

test('statistics do not depend on how the pixels are split', () => {
  const whole = measure([[2, 4, 4, 4, 5, 5, 7, 9]]).statistics;
  const parts = measure([[2], [4, 4, 4, 5], [], [5, 7, 9]]).statistics;
  for (const statistics of [whole, parts]) {
    assert.deepEqual([statistics?.minimum, statistics?.maximum, statistics?.mean], [2, 9, 5]);
    assert.ok(Math.abs((statistics?.standardDeviation ?? 0) - 2) < 1e-15);
  }
});

test('NaN, infinities and masked pixels count as no data', () => {
  const { statistics, validFraction } = measure([[Number.NaN, 1, Number.POSITIVE_INFINITY, 3, Number.NEGATIVE_INFINITY, 99]], Uint8Array.of(1, 1, 1, 1, 1, 0));
  assert.deepEqual([statistics?.minimum, statistics?.maximum, statistics?.mean, statistics?.standardDeviation], [1, 3, 2, 1]);
  assert.equal(validFraction, 2 / 6);
});

test('small differences between large values keep their digits', () => {
  const statistics = measure([[1e9 + 1, 1e9 + 2, 1e9 + 3], [1e9 + 2]]).statistics;
  assert.equal(statistics?.mean, 1e9 + 2);
  assert.ok(Math.abs(statistics.standardDeviation - Math.SQRT1_2) < 1e-9);
});

test('percentiles are the nearest ranks, right to a 65536th of the range', () => {
  const values = Array.from({ length: 10_000 }, (_, index) => index / 10_000);
  const statistics = measure([values]).statistics;
  assert.ok(Math.abs((statistics?.percentile2 ?? 0) - 0.0199) < 2 / 65_536);
  assert.ok(Math.abs((statistics?.percentile98 ?? 0) - 0.9799) < 2 / 65_536);
});

test('the histogram has the frame of that of whole numbers and holds every pixel', () => {
  const { histogram } = measure([[0, 0.5, 1, 1]]);
  assert.deepEqual([histogram?.minimum, histogram?.maximum, histogram?.counts.length], [-1 / 510, 1 + 1 / 510, 256]);
  assert.deepEqual([histogram?.counts[0], histogram?.counts[128], histogram?.counts[255]], [1, 1, 2]);
});

test('a range that swallows the width of its buckets still has statistics', () => {
  const { statistics, histogram } = measure([[1e300, -1e300, 0]]);
  assert.deepEqual([statistics?.minimum, statistics?.maximum], [-1e300, 1e300]);
  assert.equal(histogram?.counts.reduce((sum, count) => sum + count, 0), 3);
  const tiny = measure([[1, 1 + Number.EPSILON]]);
  assert.equal(tiny.histogram?.counts.reduce((sum, count) => sum + count, 0), 2);
});

test('a band without a valid pixel has no statistics', () => {
  assert.deepEqual(measure([[Number.NaN, Number.NaN]]), { statistics: null, histogram: null, validFraction: 0 });
});
