import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ecefToGeodetic, ellipsoidUp, geodeticToEcef, longitudeNear, WGS84 } from '../../../src/domain/sensor-models/geodetic.js';
import { assertClose } from './assertions.js';

test('the axes of the ellipsoid lie where WGS 84 puts them', () => {
  const equator = geodeticToEcef({ longitude: 0, latitude: 0, heightMetres: 0 });
  assert.deepEqual(equator, { x: 6378137, y: 0, z: 0 });
  const pole = geodeticToEcef({ longitude: 0, latitude: 90, heightMetres: 0 });
  assertClose(pole.z, 6356752.314245, 1e-6, 'polar radius');
  assertClose(pole.x, 0, 1e-8, 'distance from the axis');
  assertClose(WGS84.eccentricitySquared, 0.00669437999014, 1e-14, 'eccentricity squared');
});

test('a position agrees with the one PROJ gives (+proj=longlat to +proj=geocent, +datum=WGS84)', () => {
  const point = geodeticToEcef({ longitude: 2.2945, latitude: 48.8583, heightMetres: 300 });
  assertClose(point.x, 4201141.405328799, 1e-6, 'x');
  assertClose(point.y, 168331.33961199634, 1e-6, 'y');
  assertClose(point.z, 4780431.651168756, 1e-6, 'z');
});

test('round trips hold from the sea floor to geostationary height and over both poles', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -90, max: 90, noNaN: true }),
      fc.double({ min: -12000, max: 4.2e7, noNaN: true }),
      (longitude, latitude, heightMetres) => {
        const back = ecefToGeodetic(geodeticToEcef({ longitude, latitude, heightMetres }));
        assertClose(back.latitude, latitude, 1e-11, 'latitude');
        assertClose(back.heightMetres, heightMetres, 1e-7, 'height');
        // At the pole the longitude has no meaning: compare the distance along the ground.
        const east = (longitudeNear(back.longitude, longitude) - longitude) * Math.cos((latitude * Math.PI) / 180);
        assertClose(east, 0, 1e-11, 'longitude');
      },
    ),
  );
});

test('the poles themselves and the points beside them come back with their height', () => {
  for (const latitude of [90, 89.9999999999, -89.9999999999, -90]) {
    const back = ecefToGeodetic(geodeticToEcef({ longitude: 100, latitude, heightMetres: 250 }));
    assertClose(back.latitude, latitude, 1e-11, 'latitude');
    assertClose(back.heightMetres, 250, 1e-7, 'height');
  }
  assert.deepEqual(ecefToGeodetic({ x: 0, y: 0, z: -WGS84.semiMinorAxisMetres }), { longitude: 0, latitude: -90, heightMetres: 0 });
});

test('moving along the ellipsoid normal changes the height alone', () => {
  const ground = geodeticToEcef({ longitude: -77, latitude: 38.9, heightMetres: 0 });
  const up = ellipsoidUp(-77, 38.9);
  const lifted = ecefToGeodetic({ x: ground.x + 5000 * up.x, y: ground.y + 5000 * up.y, z: ground.z + 5000 * up.z });
  assertClose(lifted.longitude, -77, 1e-11, 'longitude');
  assertClose(lifted.latitude, 38.9, 1e-11, 'latitude');
  assertClose(lifted.heightMetres, 5000, 1e-7, 'height');
});

test('a longitude is brought beside its reference across the antimeridian', () => {
  assert.equal(longitudeNear(-179.5, 179), 180.5);
  assert.equal(longitudeNear(179.5, -179), -180.5);
  assert.equal(longitudeNear(10, 12), 10);
  assert.equal(longitudeNear(541, 0), -179);
});
