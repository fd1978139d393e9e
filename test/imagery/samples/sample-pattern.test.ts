import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { cornerPatchPixels, cornerValue, CORNERS, createPattern, toneValue, type PatternSpec } from '../../../src/imagery/samples/sample-pattern.js';

const spec: PatternSpec = { widthPixels: 300, heightPixels: 200, scale: 'byte', seed: 1 };

test('each corner of each band has a value of its own, in every scale with values enough', () => {
  assert.deepEqual(CORNERS.map((corner) => cornerValue(corner, 1, 'byte')), [11, 31, 221, 241]);
  assert.deepEqual(CORNERS.map((corner) => cornerValue(corner, 3, 'byte')), [13, 33, 223, 243]);
  assert.deepEqual(CORNERS.map((corner) => cornerValue(corner, 1, 'uint16')), [264, 744, 5304, 5784]);
  assert.deepEqual(CORNERS.map((corner) => cornerValue(corner, 1, 'int16')), [-5850, -4850, 4650, 5650]);
  assert.deepEqual(CORNERS.map((corner) => cornerValue(corner, 1, 'float32')), [11 / 256, 31 / 256, 221 / 256, 241 / 256]);
  assert.deepEqual(CORNERS.map((corner) => cornerValue(corner, 1, 'palette16')), [0, 1, 13, 15]);
  const eightBands = Array.from({ length: 8 }, (_, index) => CORNERS.map((corner) => cornerValue(corner, index + 1, 'uint16'))).flat();
  assert.equal(new Set(eightBands).size, 32);
});

test('no flip, turn or transposition leaves the corners of a one-bit image as they were', () => {
  const [upperLeft, upperRight, lowerLeft, lowerRight] = CORNERS.map((corner) => cornerValue(corner, 1, 'bit'));
  const moved = [
    [upperRight, upperLeft, lowerRight, lowerLeft],
    [lowerLeft, lowerRight, upperLeft, upperRight],
    [lowerRight, lowerLeft, upperRight, upperLeft],
    [upperLeft, lowerLeft, upperRight, lowerRight],
    [lowerLeft, upperLeft, lowerRight, upperRight],
    [upperRight, lowerRight, upperLeft, lowerLeft],
  ];
  for (const corners of moved) assert.notDeepEqual(corners, [upperLeft, upperRight, lowerLeft, lowerRight]);
});

test('a corner patch is 64 pixels wide, and a quarter of the shorter side of a small image', () => {
  assert.equal(cornerPatchPixels(2500, 2400), 64);
  assert.equal(cornerPatchPixels(300, 200), 50);
  assert.equal(cornerPatchPixels(37, 3001), 9);
});

test('the patches sit in the corners and nothing else has their values', () => {
  const pixels = createPattern(spec).rows(2, 0, 200);
  const expected: Record<number, [x: number, y: number]> = { 12: [0, 0], 32: [250, 0], 222: [0, 150], 242: [250, 150] };
  for (const [value, [left, top]] of Object.entries(expected)) {
    const positions = [...pixels.keys()].filter((at) => pixels[at] === Number(value));
    assert.equal(positions.length, 50 * 50);
    for (const at of positions) {
      const x = at % 300;
      const y = Math.floor(at / 300);
      assert.ok(x >= left && x < left + 50 && y >= top && y < top + 50, `${value} at ${x}, ${y}`);
    }
  }
});

test('the body lies between the dark and the bright corners and grows brighter to the lower right', () => {
  const pixels = createPattern({ ...spec, widthPixels: 1200, heightPixels: 1000 }).rows(1, 0, 1000);
  const mean = (left: number, top: number): number => {
    let sum = 0;
    for (let y = top; y < top + 400; y++) for (let x = left; x < left + 400; x++) sum += pixels[y * 1200 + x] ?? 0;
    return sum / 400 ** 2;
  };
  assert.ok(mean(100, 100) + 20 < mean(700, 500), `${mean(100, 100)} and ${mean(700, 500)}`);
  const body = pixels.filter((value) => ![11, 31, 221, 241].includes(value));
  assert.ok(body.every((value) => value >= 60 && value <= 200));
  assert.ok(new Set(body).size > 80);
});

test('rows made piece by piece are the rows made at once', () => {
  const pattern = createPattern({ ...spec, fills: [{ value: 5, window: [100, 60, 80, 90] }] });
  const whole = pattern.rows(1, 0, 200);
  for (const [firstRow, rowCount] of [[0, 64], [64, 64], [128, 64], [192, 8]] as const) {
    assert.deepEqual(pattern.rows(1, firstRow, rowCount), whole.slice(firstRow * 300, (firstRow + rowCount) * 300));
  }
});

test('a body tone replaces all that is not corner', () => {
  const pixels = createPattern({ ...spec, bodyTone: 120 }).rows(1, 0, 200);
  assert.deepEqual([...new Set(pixels)].sort((a, b) => a - b), [11, 31, 120, 221, 241]);
  assert.equal(toneValue(120, 'byte'), 120);
  assert.equal(toneValue(120, 'uint16'), 2880);
});

test('fills cover their window, in their bands only, NaN included', () => {
  const pattern = createPattern({
    ...spec,
    scale: 'float32',
    fills: [
      { value: -9999, window: [10, 20, 30, 40] },
      { value: Number.NaN, window: 'everything', bandNumbers: [2] },
    ],
  });
  assert.equal(pattern.rows(1, 0, 200).filter((value) => value === -9999).length, 30 * 40);
  assert.equal(pattern.rows(1, 20, 1)[10], -9999);
  assert.ok(pattern.rows(2, 0, 200).every((value) => Number.isNaN(value)));
});

test('the pattern is the same bytes on every machine', () => {
  const digest = (scale: PatternSpec['scale']): string => createHash('sha256').update(createPattern({ ...spec, scale }).rows(1, 0, 200)).digest('hex').slice(0, 16);
  assert.deepEqual([digest('byte'), digest('uint16'), digest('float32')], ['dfa46e92ec3e96c6', 'a6110abf0bcbfcce', '38d132d180374d9b']);
});
