import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overviewsProjection, pictureProjection, projectionProperties } from '../../../src/domain/stac/projection.js';

test('the transform is in the order of rows, the shape with the height first', () => {
  const projjson = { type: 'ProjectedCRS', id: { authority: 'EPSG', code: 32633 } };
  assert.deepEqual(projectionProperties({ width: 200, height: 100, geotransform: [500_000, 10, 0, 4_600_000, 0, -20], projjson }), {
    'proj:code': 'EPSG:32633',
    'proj:projjson': projjson,
    'proj:shape': [100, 200],
    'proj:transform': [10, 0, 500_000, 0, -20, 4_600_000],
    'proj:bbox': [500_000, 4_598_000, 502_000, 4_600_000],
  });
});

test('the box of a turned grid is around all corners', () => {
  const { 'proj:bbox': box } = projectionProperties({ width: 10, height: 10, geotransform: [0, 3, 4, 0, 4, -3], projjson: null });
  assert.deepEqual(box, [0, -30, 70, 40]);
});

test('an image without CRS says so', () => {
  assert.deepEqual(projectionProperties({ width: 2, height: 3, geotransform: null, projjson: null }), { 'proj:code': null, 'proj:shape': [3, 2] });
  assert.equal(projectionProperties({ width: 2, height: 3, geotransform: null, projjson: { type: 'ProjectedCRS' } })['proj:code'], null);
});

test('overviews lie where the image does, on a coarser grid', () => {
  assert.deepEqual(overviewsProjection({ width: 201, height: 100, geotransform: [500_000, 10, 2, 4_600_000, 1, -20], projjson: null }, { width: 101, height: 50 }), {
    'proj:shape': [50, 101],
    'proj:transform': [10 * (201 / 101), 4, 500_000, 201 / 101, -40, 4_600_000],
  });
  assert.deepEqual(overviewsProjection({ width: 8, height: 6, geotransform: null, projjson: null }, { width: 4, height: 3 }), { 'proj:shape': [3, 4] });
});

test('a picture has no place, and says so of each field that the item has', () => {
  const grid = { width: 8, height: 6, geotransform: null };
  assert.deepEqual(pictureProjection({ ...grid, projjson: null }, { width: 4, height: 3 }), { 'proj:code': null, 'proj:shape': [3, 4] });
  assert.deepEqual(pictureProjection({ ...grid, projjson: { type: 'ProjectedCRS' } }, { width: 4, height: 3 }), { 'proj:code': null, 'proj:projjson': null, 'proj:shape': [3, 4] });
});
