import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createChipMapping } from '../../../../src/domain/sensor-models/sar/chip.js';

test('a rotated and scaled chip maps to its full image as in the published worked example', () => {
  // The figures of the six-library test of section 5.1.1 (test_geometric_chip).
  const mapping = createChipMapping({
    size: { row: 1000, column: 1000 },
    upperLeft: { row: 146.9986, column: 462.7939 },
    upperRight: { row: 346.9986, column: 365.9017 },
    lowerRight: { row: 256.5206, column: 179.1415 },
    lowerLeft: { row: 56.5206, column: 276.0336 },
  });
  const chip = mapping.toChip({ row: 180.2995, column: 415.5702 });
  assert.ok(chip !== null);
  assert.ok(Math.abs(chip.row - 134.6943) < 1e-3);
  assert.ok(Math.abs(chip.column - 227.2724) < 1e-3);
  const full = mapping.toFullImage({ row: 134.6943, column: 227.2724 });
  assert.ok(Math.abs(full.row - 180.2995) < 1e-4);
  assert.ok(Math.abs(full.column - 415.5702) < 1e-4);
});

test('corners are the centres of the corner pixels', () => {
  const { toFullImage } = createChipMapping({
    size: { row: 101, column: 201 },
    upperLeft: { row: 1000, column: 500 },
    upperRight: { row: 1000, column: 900 },
    lowerLeft: { row: 1200, column: 500 },
    lowerRight: { row: 1200, column: 900 },
  });
  assert.deepEqual(toFullImage({ row: 0, column: 0 }), { row: 1000, column: 500 });
  assert.deepEqual(toFullImage({ row: 100, column: 200 }), { row: 1200, column: 900 });
  assert.deepEqual(toFullImage({ row: 50, column: 1 }), { row: 1100, column: 502 });
});

test('corners one past the last pixel of an unscaled chip are seen through', () => {
  const square = { upperLeft: { row: 512, column: 512 }, upperRight: { row: 512, column: 1024 }, lowerLeft: { row: 1024, column: 512 }, lowerRight: { row: 1024, column: 1024 } };
  const { toFullImage, toChip } = createChipMapping({ size: { row: 512, column: 512 }, ...square });
  assert.deepEqual(toFullImage({ row: 511, column: 100 }), { row: 1023, column: 612 });
  const chip = toChip({ row: 1023, column: 612 });
  assert.ok(chip !== null);
  assert.ok(Math.hypot(chip.row - 511, chip.column - 100) < 1e-6);
});

test('a chip whose sides are not parallel maps there and back', () => {
  const { toFullImage, toChip } = createChipMapping({
    size: { row: 300, column: 400 },
    upperLeft: { row: 10, column: 20 },
    upperRight: { row: 25, column: 700 },
    lowerLeft: { row: 590, column: -15 },
    lowerRight: { row: 640, column: 760 },
  });
  for (const chip of [{ row: 0, column: 0 }, { row: 299, column: 399 }, { row: 150.5, column: 33 }, { row: -20, column: 420 }]) {
    const back = toChip(toFullImage(chip));
    assert.ok(back !== null);
    assert.ok(Math.hypot(back.row - chip.row, back.column - chip.column) < 1e-6);
  }
});

test('a chip of one pixel is that pixel', () => {
  const corner = { row: 7, column: 9 };
  const { toFullImage } = createChipMapping({ size: { row: 1, column: 1 }, upperLeft: corner, upperRight: corner, lowerLeft: corner, lowerRight: corner });
  assert.deepEqual(toFullImage({ row: 0, column: 0 }), corner);
});
