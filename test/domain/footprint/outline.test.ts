import assert from 'node:assert/strict';
import { test } from 'node:test';
import { longitudeNear } from '../../../src/domain/sensor-models/geodetic.js';
import { traceOutline } from '../../../src/domain/footprint/outline.js';
import { imageRing } from '../../../src/domain/footprint/pixel-ring.js';
import { disk, plateCarree, polarMap } from './map-models.js';

test('the outline of an image that is straight in longitude and latitude is its four corners', () => {
  const outline = traceOutline(plateCarree(10, 50, 0.01), imageRing(400, 300), 2000);
  assert.deepEqual(
    outline?.positions.map(({ longitude, latitude }) => [Number(longitude.toFixed(9)), Number(latitude.toFixed(9))]),
    [[10, 50], [10, 47], [14, 47], [14, 50]],
  );
  assert.deepEqual([outline.turns, outline.isComplete], [0, true]);
});

test('an outline follows a curved edge to a tenth of a pixel all along', () => {
  // Beside the pole, so that every edge is a curve in longitude and latitude.
  const model = polarMap(1, -300, 5000, 0.002);
  const [width, height] = [4000, 3000];
  const outline = traceOutline(model, imageRing(width, height), 2000);
  assert.ok(outline !== null);
  assert.ok(outline.positions.length > 40 && outline.positions.length < 600, `${outline.positions.length} positions`);
  let farthest = 0;
  for (const [index, from] of outline.positions.entries()) {
    const to = outline.positions[(index + 1) % outline.positions.length] ?? from;
    for (const share of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      const place = { longitude: from.longitude + share * (longitudeNear(to.longitude, from.longitude) - from.longitude), latitude: from.latitude + share * (to.latitude - from.latitude) };
      const pixel = model.worldToImage({ ...place, heightMetres: 0 });
      assert.ok(pixel !== null);
      const toEdges = [Math.abs(pixel.x), Math.abs(pixel.x - width), Math.abs(pixel.y), Math.abs(pixel.y - height)];
      farthest = Math.max(farthest, Math.min(...toEdges));
    }
  }
  assert.ok(farthest < 0.1, `${farthest} pixels from the edge`);
});

test('longitudes run on where an outline crosses the antimeridian', () => {
  const outline = traceOutline(plateCarree(178, 10, 0.01), imageRing(400, 100), 2000);
  assert.deepEqual([...new Set(outline?.positions.map(({ longitude }) => Math.round(longitude)))], [178, 182]);
});

test('an outline around a pole turns about the axis once', () => {
  assert.equal(Math.abs(traceOutline(polarMap(1, 500, 500, 0.01), imageRing(1000, 1000), 2000)?.turns ?? 0), 1);
  assert.equal(Math.abs(traceOutline(polarMap(-1, 20, 600, 0.01), imageRing(1000, 1000), 2000)?.turns ?? 0), 1);
  assert.equal(traceOutline(polarMap(1, -20, 600, 0.01), imageRing(1000, 1000), 2000)?.turns, 0);
});

test('an outline that leaves the Earth says so', () => {
  assert.equal(traceOutline(disk(0, 0, 100, 90), imageRing(180, 180), 2000)?.isComplete, false);
  assert.equal(traceOutline(disk(0, 0, 100, 300), imageRing(50, 50), 2000), null);
});

test('an outline has no more positions than it may', () => {
  // The long thin spiral of a ring that has no straight side.
  const ring = Array.from({ length: 300 }, (_, index) => ({ x: 50_000 + 40_000 * Math.cos(index / 48), y: 50_000 + 40_000 * Math.sin(index / 48) }));
  const outline = traceOutline(polarMap(1, 50_000, 50_000, 0.0004), ring, 1000);
  assert.ok((outline?.positions.length ?? 0) > 300 && (outline?.positions.length ?? Infinity) <= 1000, `${outline?.positions.length ?? 0} positions`);
});
