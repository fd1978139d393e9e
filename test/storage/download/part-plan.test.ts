import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { planParts } from '../../../src/storage/download/part-plan.js';

const MIB = 1024 * 1024;
const options = { partSizeBytes: 64 * MIB, connections: 4 };

test('a small object is one part and an empty one none', () => {
  assert.deepEqual(planParts(0, options), []);
  assert.deepEqual(planParts(1, options), [{ startByte: 0, sizeBytes: 1 }]);
  assert.equal(planParts(15 * MIB, options).length, 1);
});

test('an object worth it is spread over all connections', () => {
  assert.deepEqual(planParts(16 * MIB, options).map((part) => part.sizeBytes), [8 * MIB, 8 * MIB]);
  assert.deepEqual(planParts(60 * MIB, options).map((part) => part.sizeBytes), [15 * MIB, 15 * MIB, 15 * MIB, 15 * MIB]);
  // Five parts of 64 MiB would leave three connections idle through the last one.
  assert.deepEqual(planParts(320 * MIB, options).map((part) => part.sizeBytes), Array.from({ length: 8 }, () => 40 * MIB));
});

test('parts cover the object without gap or overlap and none is longer than allowed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000_000_000 }), fc.integer({ min: 100_000, max: 5_000_000_000 }), fc.integer({ min: 1, max: 64 }), (size, partSizeBytes, connections) => {
      let next = 0;
      for (const part of planParts(size, { partSizeBytes, connections })) {
        assert.equal(part.startByte, next);
        assert(part.sizeBytes > 0 && part.sizeBytes <= partSizeBytes);
        next += part.sizeBytes;
      }
      assert.equal(next, size);
    }),
  );
});
