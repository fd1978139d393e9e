import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SensorModelError } from '../../../src/domain/sensor-models/errors.js';
import { applyHomography, fitHomography, invertHomography, type Homography, type PlanePoint } from '../../../src/domain/sensor-models/homography.js';
import { solveLeastSquares } from '../../../src/domain/sensor-models/least-squares.js';
import { assertClose } from './assertions.js';

const square = (size: number): PlanePoint[] => [
  { x: 0, y: 0 },
  { x: size, y: 0 },
  { x: size, y: size },
  { x: 0, y: size },
];

function pairsUnder(homography: Homography, points: readonly PlanePoint[]): { from: PlanePoint; to: PlanePoint }[] {
  return points.map((from) => {
    const to = applyHomography(homography, from);
    assert.ok(to !== null);
    return { from, to };
  });
}

function assertMaps(homography: Homography, pairs: readonly { from: PlanePoint; to: PlanePoint }[], tolerance: number): void {
  for (const { from, to } of pairs) {
    const reached = applyHomography(homography, from);
    assert.ok(reached !== null);
    assertClose(reached.x, to.x, tolerance, 'x');
    assertClose(reached.y, to.y, tolerance, 'y');
  }
}

test('four corners are met exactly, whatever convex figure they go to', () => {
  const coordinate = fc.double({ min: -20, max: 20, noNaN: true });
  fc.assert(
    fc.property(fc.tuple(coordinate, coordinate, coordinate, coordinate, coordinate, coordinate, coordinate, coordinate), (shifts) => {
      const [a, b, c, d, e, f, g, h] = shifts;
      const to = [
        { x: 100 + a, y: 200 + b },
        { x: 200 + c, y: 200 + d },
        { x: 200 + e, y: 100 + f },
        { x: 100 + g, y: 100 + h },
      ];
      const pairs = square(40000).map((from, index) => ({ from, to: to[index] ?? from }));
      const homography = fitHomography(pairs);
      assertMaps(homography, pairs, 1e-9);
      const inverse = invertHomography(homography);
      assertMaps(inverse, pairs.map(({ from, to: there }) => ({ from: there, to: from })), 1e-5);
    }),
  );
});

test('many points under a known projective map give that map back', () => {
  const known: Homography = [2, 0.3, 10, -0.2, 1.5, -7, 1e-4, 2e-4, 1];
  const points = Array.from({ length: 25 }, (_, index) => ({ x: (index % 5) * 250, y: Math.floor(index / 5) * 250 }));
  const fitted = fitHomography(pairsUnder(known, points));
  assertMaps(fitted, pairsUnder(known, [{ x: 333, y: 777 }, { x: -100, y: 40 }]), 1e-9);
});

test('contradicting points are averaged: the errors of a least-squares fit cancel out', () => {
  // Two readings of each corner, half a unit to the left and to the right of the truth.
  const pairs = square(100).flatMap((from) => [
    { from, to: { x: from.x - 0.5, y: from.y } },
    { from, to: { x: from.x + 0.5, y: from.y } },
  ]);
  const fitted = fitHomography(pairs);
  assertMaps(fitted, square(100).map((from) => ({ from, to: from })), 0.01);
});

test('beyond its horizon a projective map has no points', () => {
  const receding: Homography = [1, 0, 0, 0, 1, 0, 0, -0.01, 1];
  assert.notEqual(applyHomography(receding, { x: 5, y: 99 }), null);
  assert.equal(applyHomography(receding, { x: 5, y: 100 }), null);
  assert.equal(applyHomography(receding, { x: 5, y: 120 }), null);
  assert.equal(applyHomography(receding, { x: NaN, y: 0 }), null);
});

test('points that determine no projective map are refused', () => {
  const refused: [string, PlanePoint[], PlanePoint[]][] = [
    ['too few', square(10).slice(0, 3), square(10).slice(0, 3)],
    ['image points on one line', [0, 1, 2, 3].map((x) => ({ x, y: 2 * x })), square(10)],
    ['ground points on one line', square(10), [0, 1, 2, 3].map((x) => ({ x, y: 2 * x }))],
    ['all points the same', square(0), square(10)],
    ['a repeated point', [...square(10).slice(0, 3), { x: 0, y: 0 }], square(10)],
    ['three ground points on one line', square(10), [{ x: 0, y: 0 }, { x: 5, y: 0 }, { x: 10, y: 0 }, { x: 0, y: 10 }]],
    ['crossed corners', square(10), [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 0, y: 10 }, { x: 10, y: 10 }]],
    ['not numbers', square(10), [...square(10).slice(0, 3), { x: NaN, y: 0 }]],
  ];
  for (const [why, from, to] of refused) {
    const pairs = from.map((point, index) => ({ from: point, to: to[index] ?? point }));
    assert.throws(() => fitHomography(pairs), SensorModelError, why);
  }
});

test('least squares: the line through four measured points', () => {
  // y = 1 + 2x with errors of +0.1, -0.1, -0.1, +0.1, which are orthogonal to both unknowns.
  const solution = solveLeastSquares([[1, 0], [1, 1], [1, 2], [1, 3]], [1.1, 2.9, 4.9, 7.1]);
  assert.ok(solution !== null);
  assertClose(solution[0] ?? NaN, 1, 1e-12, 'intercept');
  assertClose(solution[1] ?? NaN, 2, 1e-12, 'slope');
});

test('least squares has no answer when the unknowns are not determined', () => {
  assert.equal(solveLeastSquares([[1, 2], [2, 4], [3, 6]], [1, 2, 3]), null);
  assert.equal(solveLeastSquares([[0, 0], [0, 0]], [0, 0]), null);
  assert.equal(solveLeastSquares([[NaN, 1], [1, 0]], [0, 0]), null);
});
