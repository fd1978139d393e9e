import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addValues, emptyValueCounts, measureCounts } from '../../../src/domain/statistics/value-counts.js';

function measure(values: number[], valid: number[] | null, isByte: boolean) {
  const counts = emptyValueCounts(isByte ? 0 : -32_768, isByte ? 256 : 65_536);
  addValues(counts, values, valid && Uint8Array.from(valid));
  return measureCounts(counts, values.length, isByte);
}

test('statistics are those of the valid pixels', () => {
  const { statistics, validFraction } = measure([2, 4, 4, 4, 5, 5, 7, 9, 200, 0], [1, 1, 1, 1, 1, 1, 1, 1, 0, 0], true);
  assert.deepEqual(statistics, { minimum: 2, maximum: 9, mean: 5, standardDeviation: 2, percentile2: 2, percentile98: 9 });
  assert.equal(validFraction, 0.8);
});

test('a percentile is the least value that as many pixels do not exceed', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  assert.deepEqual([measure(hundred, null, true).statistics?.percentile2, measure(hundred, null, true).statistics?.percentile98], [2, 98]);
});

test('the histogram of bytes has a bucket per value', () => {
  const { histogram } = measure([0, 0, 255, 7], null, true);
  assert.deepEqual([histogram?.minimum, histogram?.maximum, histogram?.counts.length], [-0.5, 255.5, 256]);
  assert.deepEqual([histogram?.counts[0], histogram?.counts[7], histogram?.counts[255]], [2, 1, 1]);
});

test('the histogram of wider types has 256 buckets from the least to the greatest value, centred on both', () => {
  const { histogram } = measure([-1000, -1000, 0, 1550], null, false);
  // (1550 + 1000) / 255 is 10 to a bucket; 0 is 100 buckets above the first one's centre.
  assert.deepEqual([histogram?.minimum, histogram?.maximum], [-1005, 1555]);
  assert.deepEqual([histogram?.counts[0], histogram?.counts[100], histogram?.counts[255]], [2, 1, 1]);
});

test('a constant band has one bucket and no deviation', () => {
  const { statistics, histogram } = measure([-7, -7, -7], null, false);
  assert.deepEqual(statistics, { minimum: -7, maximum: -7, mean: -7, standardDeviation: 0, percentile2: -7, percentile98: -7 });
  assert.deepEqual(histogram, { minimum: -7.5, maximum: -6.5, counts: [3] });
});

test('a band without a valid pixel has no statistics', () => {
  assert.deepEqual(measure([1, 2], [0, 0], true), { statistics: null, histogram: null, validFraction: 0 });
});
