import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ecefToGeodetic } from '../../../../src/domain/sensor-models/geodetic.js';
import { evaluate, evaluate2D, evaluateVector, vectorDerivative } from '../../../../src/domain/sensor-models/sar/polynomial.js';
import { projectToHeight, projectToPlane, rangeAndRate, slantPlaneNormal } from '../../../../src/domain/sensor-models/sar/range-doppler.js';
import { PFA_SPOTLIGHT } from './published-examples.js';

const close = (actual: number, expected: number, tolerance: number): void => assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

test('polynomials are evaluated by their exponents', () => {
  assert.equal(evaluate([1, -2, 3], 2), 9);
  assert.equal(evaluate([], 2), 0);
  assert.equal(evaluate2D([[1, 2], [], [0, 0, 5]], 3, 2), 1 + 2 * 2 + 5 * 9 * 4);
  assert.deepEqual(vectorDerivative({ x: [7], y: [1, 2], z: [0, 0, 0, 4] }), { x: [], y: [2], z: [0, 0, 12] });
});

test('slant range, Doppler cone angle and twist of a published image agree with its own figures', () => {
  // SCPCOA of the published example: SlantRange, DopplerConeAng, ARPVel, and IPN of its PFA block, the
  // image plane being the slant plane.
  const { sensorPosition, sceneCentre, look } = PFA_SPOTLIGHT.metadata;
  const time = 1.6800674762530383;
  const position = evaluateVector(sensorPosition, time);
  const velocity = evaluateVector(vectorDerivative(sensorPosition), time);
  close(velocity.x, 340.47184478328006, 1e-8);
  close(velocity.y, -7332.8194533174392, 1e-8);
  close(velocity.z, -403.5112050640754, 1e-8);

  const { rangeMetres, rangeRateMetresPerSecond } = rangeAndRate(position, velocity, sceneCentre);
  close(rangeMetres, 1701141.9562064605, 1e-6);
  const coneAngle = (Math.acos(-rangeRateMetresPerSecond / Math.hypot(velocity.x, velocity.y, velocity.z)) * 180) / Math.PI;
  close(coneAngle, 80.000333057346595, 1e-10);

  const normal = slantPlaneNormal(look, position, velocity, sceneCentre);
  close(normal.x, 0.85540832579135895, 1e-7);
  close(normal.y, 0.067973204303252321, 1e-7);
  close(normal.z, -0.51347467325894713, 1e-7);
});

test('on a flat plane the contour meets the ground where Pythagoras says', () => {
  // 3 km up, flying along x at 100 m/s; the target 4 km to the side at 5 km range is broadside.
  const set = { sensorPosition: { x: 0, y: 0, z: 3000 }, sensorVelocity: { x: 100, y: 0, z: 0 }, rangeMetres: 5000, rangeRateMetresPerSecond: 0 };
  const origin = { x: 0, y: 0, z: 0 };
  const up = { x: 0, y: 0, z: 1 };
  const left = projectToPlane(set, 1, origin, up);
  const right = projectToPlane(set, -1, origin, up);
  assert.ok(left !== null && right !== null);
  close(left.y, 4000, 1e-9);
  close(right.y, -4000, 1e-9);
  close(left.x, 0, 1e-9);

  // Closing in at 48 m/s: 2.4 km ahead, so 3.2 km to the side.
  const ahead = projectToPlane({ ...set, rangeRateMetresPerSecond: -48 }, -1, origin, up);
  assert.ok(ahead !== null);
  close(ahead.x, 2400, 1e-9);
  close(ahead.y, -3200, 1e-9);

  // Climbing as well: 100·x + 50·(3000 − z) = −Ṙ·R gives x = (48·5000 + 50·3000) / 100 = 3,900.
  const climbing = projectToPlane({ ...set, sensorVelocity: { x: 100, y: 0, z: 50 }, rangeRateMetresPerSecond: -9 }, 1, origin, up);
  assert.ok(climbing !== null);
  close(climbing.x, (9 * 5000 + 50 * 3000) / 100, 1e-9);

  assert.equal(projectToPlane({ ...set, rangeMetres: 2999 }, 1, origin, up), null);
  assert.equal(projectToPlane({ ...set, rangeRateMetresPerSecond: 81 }, 1, origin, up), null);
  assert.equal(projectToPlane({ ...set, sensorVelocity: { x: 0, y: 0, z: 9 } }, 1, origin, up), null);
});

test('a point on the surface of constant height is found far from where the search starts', () => {
  // Over the equator at 700 km, heading north, looking right: the contour meets the equator in the east
  // at an angle from the Earth's centre that the law of cosines gives.
  const orbitRadius = 6378137 + 700e3;
  const set = { sensorPosition: { x: orbitRadius, y: 0, z: 0 }, sensorVelocity: { x: 0, y: 0, z: 7500 }, rangeMetres: 1500e3, rangeRateMetresPerSecond: 0 };
  for (const heightMetres of [0, -300, 8000]) {
    const groundRadius = 6378137 + heightMetres;
    const angle = Math.acos((orbitRadius ** 2 + groundRadius ** 2 - 1500e3 ** 2) / (2 * orbitRadius * groundRadius));
    const point = projectToHeight(set, -1, { x: 6378137, y: 0, z: 0 }, heightMetres);
    assert.ok(point !== null);
    const { longitude, latitude, heightMetres: found } = ecefToGeodetic(point);
    close(longitude, (angle * 180) / Math.PI, 1e-10);
    close(latitude, 0, 1e-10);
    close(found, heightMetres, 1e-6);
  }
});
