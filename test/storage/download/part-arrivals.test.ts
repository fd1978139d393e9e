import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createPartArrivals } from '../../../src/storage/download/part-arrivals.js';

test('what is there grows from the beginning and from the end, and never tells of a byte that is not', () => {
  const steps = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 9 })), { maxLength: 80 });
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 12 }), steps, (sizes, taken) => {
      const sizeBytes = sizes.reduce((sum, size) => sum + size, 0);
      const arrivals = createPartArrivals(sizeBytes);
      const there = new Array<boolean>(sizeBytes).fill(false);
      let startByte = 0;
      const parts = sizes.map((size) => {
        const part = { startByte, sizeBytes: size };
        startByte += size;
        return { ...part, bytesDone: 0, received: null as ((bytes: number) => void) | null };
      });
      for (const [choice, bytes] of taken) {
        const part = parts[choice % parts.length] ?? assert.fail();
        const now = Math.min(bytes, part.sizeBytes - part.bytesDone);
        if (now === 0) continue;
        part.received ??= arrivals.begin(part);
        part.received(now);
        there.fill(true, part.startByte + part.bytesDone, part.startByte + part.bytesDone + now);
        part.bytesDone += now;

        const missing = there.indexOf(false);
        const isWhole = missing === -1;
        const { prefixBytes, suffixStart } = arrivals.arrived();
        assert.equal(prefixBytes, isWhole ? sizeBytes : missing);
        // From the end only whole parts count.
        const lastMissing = parts.findLast(({ bytesDone, sizeBytes: size }) => bytesDone < size);
        assert.equal(suffixStart, lastMissing === undefined ? 0 : lastMissing.startByte + lastMissing.sizeBytes);
      }
    }),
  );
});
