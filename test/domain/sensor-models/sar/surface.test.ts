import assert from 'node:assert/strict';
import { test } from 'node:test';
import { geodeticToEcef } from '../../../../src/domain/sensor-models/geodetic.js';
import { createCylinder, createGeographicSurface, createPlane } from '../../../../src/domain/sensor-models/sar/surface.js';
import { add, createScene, geodeticOf, norm, normalised, outer, pointOf, subtract, times, vectorOf } from './sar-scene.js';
import type { Vector } from './sar-scene.js';

test('positions on a plane with oblique axes are those that its points were made from', () => {
  const plane = createPlane({ x: 10, y: 20, z: 30 }, { x: 1, y: 0, z: 0 }, { x: 0.6, y: 0.8, z: 0 });
  const point = plane.toEcef({ row: 3, column: 5 });
  assert.deepEqual(point, { x: 10 + 3 + 3, y: 20 + 4, z: 30 });
  // Raised along a slanted direction, it comes back to where it was.
  const { row, column } = plane.positionOf({ x: point.x + 2, y: point.y - 1, z: point.z + 4 }, { x: 0.5, y: -0.25, z: 1 });
  assert.ok(Math.hypot(row - 3, column - 5) < 1e-12);
});

test('a point above a curved surface comes down along the given direction', () => {
  const scene = createScene({ look: 'left', squintDegrees: 0, latitude: -20, longitude: 179.9 });
  for (const surface of [createCylinder(pointOf(scene.centre), pointOf(scene.slantColumn), null), createGeographicSurface(pointOf(scene.centre))]) {
    const on = surface.toEcef({ row: 300, column: -700 });
    const direction = { x: -0.9, y: 0.3, z: -0.2 };
    const above = { x: on.x + 50 * direction.x, y: on.y + 50 * direction.y, z: on.z + 50 * direction.z };
    const { row, column } = surface.positionOf(above, direction);
    // To first order on the geographic surface: 50 m of the Earth are flat to 0.2 mm, 1e-5 arcseconds.
    assert.ok(Math.hypot(row - 300, column + 700) < 2e-5);
  }
});

test('a cylinder stands on the normal of the ellipsoid of the Earth\'s shape that passes through its reference point', () => {
  const scene = createScene({ look: 'left', squintDegrees: 0, latitude: 45, longitude: 0, heightMetres: 9000 });
  const [x, y, z] = scene.centre;
  // The gradient of x² + y² + z² / (1 − f)².
  const up = normalised([x, y, z / (1 - 1 / 298.257223563) ** 2]);
  const north = normalised(subtract([0, 0, 1], times(up, up[2])));
  const quarterTurn = createCylinder(pointOf(scene.centre), { x: 0, y: 0, z: 1 }, 1e6).toEcef({ row: 0, column: (1e6 * Math.PI) / 2 });
  assert.ok(norm(subtract(vectorOf(quarterTurn), add(add(scene.centre, up, -1e6), north, 1e6))) < 1e-6);
});

test('a cylinder without a given radius is as curved as the Earth along the strip', () => {
  for (const [heightMetres, tolerance] of [[0, 1e-6], [9000, 2e-5]] as const) {
    const scene = createScene({ look: 'left', squintDegrees: 0, latitude: 41.5, longitude: 30, heightMetres });
    const east = normalised([-scene.up[1], scene.up[0], 0]);
    const north = outer(scene.up, east);
    for (const azimuth of [0, 0.6, Math.PI / 2, 2.5, -1.3]) {
      const strip = add(times(north, Math.cos(azimuth)), east, Math.sin(azimuth));
      const cylinder = createCylinder(pointOf(scene.centre), pointOf(strip), null);
      const onCylinder = [-5000, 0, 5000].map((column) => vectorOf(cylinder.toEcef({ row: 0, column })));
      const atHeight = [-5000, 0, 5000].map((distance) => vectorOf(geodeticToEcef({ ...geodeticOf(add(scene.centre, strip, distance)), heightMetres })));
      assert.ok(Math.abs(circleRadius(onCylinder) / circleRadius(atHeight) - 1) < tolerance);
    }
  }
});

function circleRadius(points: readonly Vector[]): number {
  const [a, b, c] = points;
  assert.ok(a !== undefined && b !== undefined && c !== undefined);
  const [ab, bc, ca] = [subtract(b, a), subtract(c, b), subtract(a, c)];
  return (norm(ab) * norm(bc) * norm(ca)) / (2 * norm(outer(ab, bc)));
}

test('a geographic surface counts arcseconds southwards and eastwards, at the height of its reference point', () => {
  const scene = createScene({ look: 'left', squintDegrees: 0, latitude: 10, longitude: -179.9, heightMetres: 400 });
  const { latitude, longitude, heightMetres } = geodeticOf(vectorOf(createGeographicSurface(pointOf(scene.centre)).toEcef({ row: 360, column: -720 })));
  assert.ok(Math.abs(latitude - 9.9) < 1e-10);
  assert.ok(Math.abs(longitude - 179.9) < 1e-10);
  assert.ok(Math.abs(heightMetres - 400) < 1e-6);
});
