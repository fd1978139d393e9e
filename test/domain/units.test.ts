import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeBytes, describeSeconds } from '../../src/domain/units.js';

test('sizes are told in three digits and decimal units', () => {
  assert.deepEqual([0, 1, 999, 1000, 201_376_122, 1_553_274_572, 5e15].map(describeBytes), ['0 bytes', '1 bytes', '999 bytes', '1 kB', '201 MB', '1.55 GB', '5000 TB']);
});

test('durations are told in tenths of a second', () => {
  assert.deepEqual([0, 49, 1449, 61_000].map(describeSeconds), ['0.0 s', '0.0 s', '1.4 s', '61.0 s']);
});
