import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { adjustedRange, histogramOf, rangeHistogramBuckets, toBytes, type RangeHistogram } from '../../src/domain/range-adjustment.js';

function histogram(minimum: number, maximum: number, counts: readonly number[]): RangeHistogram {
  return { minimum, maximum, buckets: counts.length, filled: counts.flatMap((count, bucket) => (count > 0 ? [[bucket, count] as const] : [])) };
}

test('the histogram has one bucket per whole step, and 255 for floating point', () => {
  assert.equal(rangeHistogramBuckets(0, 255, false), 255);
  assert.equal(rangeHistogramBuckets(200, 2247, false), 2047);
  assert.equal(rangeHistogramBuckets(-3.5, 6, false), 9);
  assert.equal(rangeHistogramBuckets(0, 1, true), 255);
  assert.equal(rangeHistogramBuckets(7, 7, false), 1);
});

test('values outside of the range count in the outer buckets, and NaN nowhere', () => {
  const { filled } = histogramOf([-5, 0, 0.9, 1, 2.5, 3.9, 4, 99, Number.NaN], 0, 4, 4);
  // By hand: −5, 0 and 0.9; 1; 2.5; 3.9, 4 and 99.
  assert.deepEqual(filled, [[0, 3], [1, 1], [2, 1], [3, 3]]);
});

test('MINMAX spans the non-empty buckets', () => {
  assert.deepEqual(adjustedRange(histogram(100, 110, [0, 0, 4, 0, 9, 9, 0, 1, 0, 0]), 'MINMAX'), { minimum: 102, maximum: 107 });
});

test('DRA cuts 2 % off either end and widens what is left by a fifth and two fifths', () => {
  // Of 1000 pixels in 100 buckets, by hand: 1 in bucket 5; 10 each in 10 to 19, so that bucket 11 holds the 20th;
  // 40 each in 20 to 39; 9 each in 40 to 49, of which bucket 48 ends with the 982nd and 47 with the 973rd;
  // 9 in 60. 980 lie at or below bucket 47, so the range is 11 − 0.2 · 36 = 3.8, cut to 5, to 47 + 0.4 · 36 = 61.4, cut to 60.
  const counts = new Array<number>(100).fill(0);
  const fill = (from: number, to: number, count: number) => counts.fill(count, from, to + 1);
  fill(5, 5, 1);
  fill(10, 19, 10);
  fill(20, 39, 40);
  fill(40, 49, 9);
  fill(60, 60, 9);
  assert.deepEqual(adjustedRange(histogram(1000, 1100, counts), 'DRA'), { minimum: 1005, maximum: 1060 });
});

test('DRA stays inside where the ends lie farther out than it widens', () => {
  // 1 of 1000 at either end, and 998 spread evenly over buckets 400 to 499: 10 each but for the last two.
  const counts = new Array<number>(1000).fill(0);
  counts.fill(10, 400, 498);
  [counts[498], counts[499], counts[0], counts[999]] = [9, 9, 1, 1];
  // Bucket 401 brings the count to 21, the first at or above 20; bucket 496 to 971, and 497 to 981, above 980.
  const expected = { minimum: 401 - 0.2 * 95, maximum: 496 + 0.4 * 95 };
  assert.deepEqual(adjustedRange(histogram(0, 1000, counts), 'DRA'), expected);
});

test('DRA of a band that is all one value is that value', () => {
  assert.deepEqual(adjustedRange(histogramOf([42, 42, 42], 42, 42, 1), 'DRA'), { minimum: 42, maximum: 42 });
});

test('there is no range without adjustment, nor without pixels', () => {
  assert.equal(adjustedRange(histogram(0, 2, [1, 1]), 'NONE'), null);
  assert.equal(adjustedRange(histogram(0, 2, [0, 0]), 'MINMAX'), null);
  assert.equal(adjustedRange(histogram(0, 2, [0, 0]), 'DRA'), null);
});

test('pixels are mapped linearly onto 0 to 255, rounded and clamped', () => {
  // (v − 100) · 255 / 400 by hand: −63.75, 0, 31.875, 127.5, 254.36, 255, 318.75.
  assert.deepEqual([...toBytes([0, 100, 150, 300, 499, 500, 600], { minimum: 100, maximum: 500 })], [0, 0, 32, 128, 254, 255, 255]);
});

test('without a range pixels keep their values as far as a byte holds them', () => {
  assert.deepEqual([...toBytes([-1, 0, 0.4, 0.5, 254.6, 255, 4000, Number.NaN], null)], [0, 0, 0, 1, 255, 255, 255, 0]);
});

test('a range of no width is a threshold', () => {
  assert.deepEqual([...toBytes([41, 42, 43], { minimum: 42, maximum: 42 })], [0, 0, 255]);
});

/** The formula by its letter, over a list of all buckets. */
function draBuckets(counts: readonly number[]): [low: number, high: number] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  const cumulative = counts.map((count) => (seen += count) / total);
  const eMin = cumulative.findIndex((fraction) => fraction >= 0.02);
  const eMax = Math.max(eMin, cumulative.findLastIndex((fraction) => fraction <= 0.98));
  const width = eMax - eMin;
  return [Math.max(counts.findIndex((count) => count > 0), eMin - 0.2 * width), Math.min(counts.findLastIndex((count) => count > 0), eMax + 0.4 * width)];
}

test('empty buckets count as the formula counts them', () => {
  const counts = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60 })), { minLength: 1, maxLength: 60 }).filter((list) => list.some((count) => count > 0));
  fc.assert(
    fc.property(counts, (list) => {
      const [low, high] = draBuckets(list);
      assert.deepEqual(adjustedRange(histogram(0, list.length, list), 'DRA'), { minimum: low, maximum: high });
    }),
  );
});

test('values that span 32 bits and more have a bucket per step too', () => {
  const values = Array.from({ length: 1000 }, (_, index) => index * 4_294_967);
  const maximum = 999 * 4_294_967;
  const range = adjustedRange(histogramOf(values, 0, maximum, rangeHistogramBuckets(0, maximum, false)), 'DRA');
  // The 20th value, and the last step before the 981st, which is where the count goes beyond 980; the last value has no step of its own.
  const [low, high] = [19 * 4_294_967, 980 * 4_294_967 - 1];
  assert.deepEqual(range, { minimum: 0, maximum: Math.min(maximum - 1, high + 0.4 * (high - low)) });
});
