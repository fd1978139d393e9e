import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { planParts, type Part } from '../../../src/storage/download/part-plan.js';

const MIB = 1024 * 1024;
const LONGEST = { partSizeBytes: 64 * MIB };

/** All parts, where each connection brings so many bytes per second. */
function partsOf(sizeBytes: number, { partSizeBytes }: { partSizeBytes: number }, connections: number, bytesPerSecond: number | null): Part[] {
  const plan = planParts(sizeBytes, { partSizeBytes, connections });
  const parts: Part[] = [];
  for (let part = plan.next(bytesPerSecond); part !== null; part = plan.next(bytesPerSecond)) parts.push(part);
  return parts;
}

const sizesOf = (parts: readonly Part[]): number[] => parts.map(({ sizeBytes }) => sizeBytes / MIB);

test('a small object is one part and an empty one none', () => {
  assert.deepEqual(partsOf(0, LONGEST, 4, null), []);
  assert.deepEqual(partsOf(1, LONGEST, 4, null), [{ startByte: 0, sizeBytes: 1 }]);
  assert.deepEqual(partsOf(15 * MIB, LONGEST, 4, 200 * MIB), [{ startByte: 0, sizeBytes: 15 * MIB }]);
});

test('the end comes after the beginning, and then the rest from top to bottom', () => {
  assert.deepEqual(partsOf(40 * MIB, LONGEST, 4, null).map(({ startByte }) => startByte / MIB), [0, 30, 10, 20]);
  assert.deepEqual(partsOf(20 * MIB, LONGEST, 4, null).map(({ startByte }) => startByte / MIB), [0, 8]);
});

test('a part is about as long as a connection brings in a second, within limits', () => {
  const sizes = [null, 10, 50, 1000].map((rate) => sizesOf(partsOf(4096 * MIB, LONGEST, 16, rate === null ? null : rate * MIB))[2]);
  assert.deepEqual(sizes, [8, 10, 43, 64]);
});

test('all connections have as many parts, of one length', () => {
  assert.deepEqual(sizesOf(partsOf(16 * MIB, LONGEST, 4, null)), [8, 8]);
  assert.deepEqual(sizesOf(partsOf(264 * MIB, LONGEST, 4, 1000 * MIB)), [33, 33, 33, 33, 33, 33, 33, 33]);
  // Five parts of 64 MiB would leave three connections idle through the last one.
  assert.deepEqual(sizesOf(partsOf(320 * MIB, LONGEST, 4, 1000 * MIB)), Array.from({ length: 8 }, () => 40));
});

test('no round has work for some of the connections only', () => {
  assert.deepEqual(sizesOf(partsOf(60 * MIB, LONGEST, 4, 10 * MIB)), [15, 15, 15, 15]);
  assert.deepEqual(sizesOf(partsOf(200 * MIB, LONGEST, 16, 10 * MIB)), [...Array.from({ length: 15 }, () => 13), 5]);
});

test('parts follow the speed of connections from round to round', () => {
  const plan = planParts(2000 * MIB, { ...LONGEST, connections: 2 });
  const next = (rate: number | null): number => (plan.next(rate)?.sizeBytes ?? 0) / MIB;
  assert.deepEqual([next(null), next(null), next(100 * MIB), next(20 * MIB), next(20 * MIB), next(20 * MIB)], [8, 8, 62, 62, 20, 20]);
});

test('it comes to no more parts than it says', () => {
  for (const size of [1, 8 * MIB, 100 * MIB + 1]) assert(partsOf(size, LONGEST, 4, null).length <= planParts(size, { ...LONGEST, connections: 4 }).most);
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
  );
});
