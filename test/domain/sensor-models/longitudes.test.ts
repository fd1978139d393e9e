import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { continuousLongitudes } from '../../../src/domain/sensor-models/longitudes.js';
import { assertClose } from './assertions.js';

test('longitudes away from the antimeridian stay as they are', () => {
  assert.deepEqual(continuousLongitudes([10, 12, -3]), [10, 12, -3]);
  assert.deepEqual(continuousLongitudes([]), []);
});

test('longitudes on both sides of the antimeridian come together on one', () => {
  assert.deepEqual(continuousLongitudes([179, -179, -178, 179]), [-181, -179, -178, -181]);
  assert.deepEqual(continuousLongitudes([178, -179, 179]), [178, 181, 179]);
  assert.deepEqual(continuousLongitudes([-179, 179, -170]), [-179, -181, -170]);
});

test('longitudes from 0 to 360 come back to ±180', () => {
  assert.deepEqual(continuousLongitudes([242, 243, 244]), [-118, -117, -116]);
});

test('an image of the whole Earth is not folded up', () => {
  assert.deepEqual(continuousLongitudes([-180, 180, 180, -180]), [-180, 180, 180, -180]);
  assert.deepEqual(continuousLongitudes([-180, -60, 60, 180]), [-180, -60, 60, 180]);
});

test('a footprint of up to 180 degrees keeps its width wherever it lies', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.array(fc.double({ min: 0, max: 170, noNaN: true }), { minLength: 1, maxLength: 8 }),
      (west, offsets) => {
        // Without any width, -180 and 180 cannot be told from the two edges of a world map.
        fc.pre(Math.max(...offsets) - Math.min(...offsets) > 1e-6);
        const wrapped = offsets.map((offset) => ((west + offset + 540) % 360) - 180);
        const continuous = continuousLongitudes(wrapped);
        const width = Math.max(...continuous) - Math.min(...continuous);
        assertClose(width, Math.max(...offsets) - Math.min(...offsets), 1e-8, 'width');
        for (const [index, longitude] of continuous.entries()) {
          const turns = (longitude - (wrapped[index] ?? NaN)) / 360;
          assertClose(turns, Math.round(turns), 1e-12, 'whole turns');
        }
      },
    ),
  );
});
