import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { distanceToSegment, simplifyLine, simplifyRing, type PlanePosition } from '../../../src/domain/footprint/simplify.js';

const asIs = (point: PlanePosition): PlanePosition => point;

test('a line keeps its ends and its bends and loses what is straight', () => {
  const line = [{ x: 0, y: 0 }, { x: 1, y: 0 }, { x: 2, y: 0.01 }, { x: 3, y: 0 }, { x: 3, y: 4 }, { x: 3, y: 5 }];
  assert.deepEqual(simplifyLine(line, 0.1, asIs), [line[0], line[3], line[5]]);
  assert.deepEqual(simplifyLine(line, 0.001, asIs), [line[0], line[1], line[2], line[3], line[5]]);
});

test('a staircase becomes the slope that it stands for', () => {
  const ring = [...Array.from({ length: 100 }, (_, index) => [{ x: index, y: index }, { x: index + 1, y: index }]).flat(), { x: 100, y: 100 }, { x: 0, y: 100 }];
  assert.ok(simplifyRing(ring, 1, asIs).length <= 4);
});

test('what is taken out of a line lies within the tolerance of what is left', () => {
  const positions = fc.array(fc.record({ x: fc.double({ min: -50, max: 50, noNaN: true }), y: fc.double({ min: -50, max: 50, noNaN: true }) }), { minLength: 2, maxLength: 60 });
  fc.assert(
    fc.property(positions, fc.double({ min: 0.01, max: 30, noNaN: true }), (line, tolerance) => {
      const kept = simplifyLine(line, tolerance, asIs);
      for (const point of line) {
        const distances = kept.slice(1).map((to, index) => distanceToSegment(point, kept[index] ?? to, to));
        assert.ok(Math.min(...distances) <= tolerance + 1e-9);
      }
    }),
  );
});
