import assert from 'node:assert/strict';
import { test } from 'node:test';
import { solveNewton } from '../../../src/domain/sensor-models/newton.js';
import { assertClose } from './assertions.js';

test('a linear system is solved exactly', () => {
  const solution = solveNewton({
    residual: (u, v) => [3 * u + v - 5, u - 2 * v + 4],
    start: [0, 0],
    tolerancePixels: 1e-9,
  });
  assert.ok(solution !== null);
  assertClose(solution[0], 6 / 7, 1e-12, 'u');
  assertClose(solution[1], 17 / 7, 1e-12, 'v');
});

test('steps that would overshoot are damped', () => {
  // Newton's undamped method diverges on the arctangent from beyond ±1.39.
  const solution = solveNewton({ residual: (u, v) => [Math.atan(u), Math.atan(v)], start: [3, -20], tolerancePixels: 1e-9 });
  assert.ok(solution !== null);
  assertClose(solution[0], 0, 1e-9, 'u');
  assertClose(solution[1], 0, 1e-9, 'v');
});

test('a step out of the domain is cut short', () => {
  const solution = solveNewton({
    residual: (u, v) => (u > 0 ? [Math.log(u), v] : null),
    start: [10, 1],
    tolerancePixels: 1e-9,
  });
  assert.ok(solution !== null);
  assertClose(solution[0], 1, 1e-8, 'u');
});

test('there is no answer without a root, from a flat start or from outside of the domain', () => {
  assert.equal(solveNewton({ residual: (u, v) => [u * u + 1, v], start: [0.3, 0], tolerancePixels: 1e-6 }), null);
  assert.equal(solveNewton({ residual: () => [1, 1], start: [0, 0], tolerancePixels: 1e-6 }), null);
  assert.equal(solveNewton({ residual: () => null, start: [0, 0], tolerancePixels: 1e-6 }), null);
  assert.equal(solveNewton({ residual: () => [NaN, 0], start: [0, 0], tolerancePixels: 1e-6 }), null);
});
