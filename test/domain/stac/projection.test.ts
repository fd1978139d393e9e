import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectionProperties } from '../../../src/domain/stac/projection.js';

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
