import assert from 'node:assert/strict';
import type { GroundPoint, ImagePoint, SensorModel } from '../../../src/domain/sensor-models/sensor-model.js';

export function assertClose(actual: number, expected: number, tolerance: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} is not within ${tolerance} of ${expected}`);
}

export function assertImagePoint(actual: ImagePoint | null, expected: ImagePoint, tolerancePixels: number): void {
  assert.ok(actual !== null, `no image point near ${expected.x}, ${expected.y}`);
  assertClose(actual.x, expected.x, tolerancePixels, 'x');
  assertClose(actual.y, expected.y, tolerancePixels, 'y');
}

export function assertGroundPoint(actual: GroundPoint | null, expected: Partial<GroundPoint>, toleranceDegrees: number): void {
  assert.ok(actual !== null, 'no ground point');
  if (expected.longitude !== undefined) assertClose(actual.longitude, expected.longitude, toleranceDegrees, 'longitude');
  if (expected.latitude !== undefined) assertClose(actual.latitude, expected.latitude, toleranceDegrees, 'latitude');
  if (expected.heightMetres !== undefined) assert.equal(actual.heightMetres, expected.heightMetres);
}

/** A grid of places over an image, from edge to edge. */
export function placesOver(width: number, height: number, perSide = 9): ImagePoint[] {
  const steps = Array.from({ length: perSide }, (_, index) => index / (perSide - 1));
  return steps.flatMap((v) => steps.map((u) => ({ x: u * width, y: v * height })));
}

/** Image to ground and back, at each height, must return to the same place. */
export function assertRoundTrips(model: SensorModel, places: readonly ImagePoint[], heights: readonly number[], tolerancePixels: number): void {
  for (const heightMetres of heights) {
    for (const place of places) {
      const ground = model.imageToWorld(place, heightMetres);
      assert.ok(ground !== null, `no ground point for ${place.x}, ${place.y} at ${heightMetres} m`);
      assert.equal(ground.heightMetres, heightMetres);
      assertImagePoint(model.worldToImage(ground), place, tolerancePixels);
    }
  }
}
