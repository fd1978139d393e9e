import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overviewFactors } from '../../src/domain/overview-levels.js';

test('an image gets as many halvings as bring its shorter edge to 1024 pixels or fewer', () => {
  assert.deepEqual(overviewFactors(1024, 1024), []);
  assert.deepEqual(overviewFactors(1025, 1025), [2]);
  assert.deepEqual(overviewFactors(2048, 2048), [2]);
  assert.deepEqual(overviewFactors(2049, 2049), [2, 4]);
  assert.deepEqual(overviewFactors(8192, 8192), [2, 4, 8]);
  assert.deepEqual(overviewFactors(20_000, 20_000), [2, 4, 8, 16, 32]);
});

test('the shorter edge alone decides', () => {
  assert.deepEqual(overviewFactors(100_000, 700), []);
  assert.deepEqual(overviewFactors(700, 100_000), []);
  assert.deepEqual(overviewFactors(1500, 100_000), [2]);
  assert.deepEqual(overviewFactors(1, 1), []);
});
