import { test } from 'node:test';
import fc from 'fast-check';
import { geodeticToEcef } from '../../../src/domain/sensor-models/geodetic.js';
import { createTangentPlane } from '../../../src/domain/sensor-models/tangent-plane.js';
import { assertClose, assertGroundPoint } from './assertions.js';

test('the origin is the middle itself, at the height that was asked for', () => {
  for (const middle of [
    { longitude: 179.9, latitude: -16, heightMetres: 10 },
    { longitude: 30, latitude: 89.999, heightMetres: 0 },
  ]) {
    assertGroundPoint(createTangentPlane(middle, 1234)(0, 0), { ...middle, heightMetres: 1234 }, 1e-9);
  }
});

test('a short way on the plane is as long on the ground, wherever it starts', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -90, max: 90, noNaN: true }),
      fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
      (longitude, latitude, azimuth) => {
        const onGround = createTangentPlane({ longitude, latitude, heightMetres: 0 }, 500);
        const start = geodeticToEcef(onGround(0, 0));
        const end = geodeticToEcef(onGround(100 * Math.sin(azimuth), 100 * Math.cos(azimuth)));
        assertClose(Math.hypot(end.x - start.x, end.y - start.y, end.z - start.z), 100, 1e-4, 'length');
      },
    ),
  );
});

test('east and north are where they should be, and longitudes go on past the antimeridian', () => {
  const onGround = createTangentPlane({ longitude: 179.999, latitude: 0, heightMetres: 0 }, 0);
  assertGroundPoint(onGround(1000, 0), { longitude: 179.999 + 1000 / 111319.4908, latitude: 0 }, 1e-8);
  assertGroundPoint(onGround(0, 1000), { longitude: 179.999, latitude: 1000 / 110574.2727 }, 1e-8);
});

test('the pole can be walked over', () => {
  const onGround = createTangentPlane({ longitude: 10, latitude: 89.999, heightMetres: 0 }, 0);
  const beyond = onGround(0, 300);
  assertClose(Math.abs(beyond.longitude - 10), 180, 1e-6, 'turn of longitude');
  assertClose(beyond.latitude, 90 - (300 - 111.694) / 111694, 1e-5, 'latitude');
});
