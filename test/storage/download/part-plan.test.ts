import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { planParts, type Part } from '../../../src/storage/download/part-plan.js';

const MIB = 1024 * 1024;
const LONGEST = { partSizeBytes: 64 * MIB };

/** All parts, where each connection brings so many bytes per second. */
function partsOf(sizeBytes: number, { partSizeBytes }: { partSizeBytes: number }, connections: number, bytesPerSecond: number | null): Part[] {
  const plan = planParts(sizeBytes, { partSizeBytes });
  const parts: Part[] = [];
  for (let part = plan.next(connections, bytesPerSecond); part !== null; part = plan.next(connections, bytesPerSecond)) parts.push(part);
  return parts;
}

const sizesOf = (parts: readonly Part[]): number[] => parts.map(({ sizeBytes }) => sizeBytes / MIB);

test('a small object is one part and an empty one none', () => {
  assert.deepEqual(partsOf(0, LONGEST, 4, null), []);
  assert.deepEqual(partsOf(1, LONGEST, 4, null), [{ startByte: 0, sizeBytes: 1 }]);
  assert.deepEqual(partsOf(15 * MIB, LONGEST, 4, 200 * MIB), [{ startByte: 0, sizeBytes: 15 * MIB }]);
});

test('the end comes after the beginning, and then the rest from top to bottom', () => {
  assert.deepEqual(partsOf(40 * MIB, LONGEST, 4, null).map(({ startByte }) => startByte / MIB), [0, 32, 8, 16, 24]);
  assert.deepEqual(partsOf(20 * MIB, LONGEST, 4, null).map(({ startByte }) => startByte / MIB), [0, 8]);
});

test('a part is as long as a connection brings in a quarter of a second, within limits', () => {
  const [longest, slow, fast, veryFast] = [null, 10, 100, 1000].map((rate) => partsOf(4000 * MIB, LONGEST, 16, rate === null ? null : rate * MIB)[2]?.sizeBytes ?? 0).map((bytes) => bytes / MIB);
  assert.deepEqual([longest, slow, fast, veryFast], [8, 8, 25, 64]);
});

test('a fast connection leaves work to the others', () => {
  assert.deepEqual(sizesOf(partsOf(128 * MIB, LONGEST, 4, 1000 * MIB)), [32, 8, 22, 16, 12, 9, 8, 8, 13]);
});

test('it comes to no more parts than it says', () => {
  for (const size of [1, 8 * MIB, 100 * MIB + 1]) assert(partsOf(size, LONGEST, 4, null).length <= planParts(size, LONGEST).most);
});

test('parts cover the object without gap or overlap and none is longer than allowed', () => {
  const rate = fc.option(fc.integer({ min: 1, max: 2_000_000_000 }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000_000_000 }), fc.integer({ min: 100_000, max: 5_000_000_000 }), fc.integer({ min: 1, max: 64 }), rate, (size, partSizeBytes, connections, bytesPerSecond) => {
      let next = 0;
      for (const part of partsOf(size, { partSizeBytes }, connections, bytesPerSecond).sort((a, b) => a.startByte - b.startByte)) {
        assert.equal(part.startByte, next);
        assert(part.sizeBytes > 0 && part.sizeBytes <= partSizeBytes);
        next += part.sizeBytes;
      }
      assert.equal(next, size);
    }),
    { numRuns: 60 },
  );
});
