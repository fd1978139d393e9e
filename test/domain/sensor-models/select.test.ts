import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rankSensorModels, selectSensorModel } from '../../../src/domain/sensor-models/select.js';
import type { SensorModel, SensorModelName } from '../../../src/domain/sensor-models/sensor-model.js';

function modelNamed(name: SensorModelName, locates = true): SensorModel {
  return {
    name,
    precision: name === 'affine' || name === 'projective' ? 'approximate' : 'precise',
    referenceHeightMetres: 0,
    imageToWorld: () => (locates ? { longitude: 0, latitude: 0, heightMetres: 0 } : null),
    worldToImage: () => null,
  };
}

test('precise models come before approximate ones, SAR metadata before RSM, RSM before RPC', () => {
  const models = (['affine', 'rpc', 'sicd', 'projective', 'rsm', 'sidd'] as const).map((name) => modelNamed(name));
  const ranked = rankSensorModels(models);
  assert.deepEqual(ranked.map(({ name }) => name), ['sidd', 'sicd', 'rsm', 'rpc', 'projective', 'affine']);
  assert.equal(selectSensorModel(models)?.name, 'sidd');
});

test('a model that cannot locate the middle of the image gives way to the next one', () => {
  const models = [modelNamed('affine'), modelNamed('rpc'), modelNamed('rsm', false)];
  assert.equal(selectSensorModel(models)?.name, 'rsm');
  assert.equal(selectSensorModel(models, { x: 5, y: 5 })?.name, 'rpc');
});

test('there may be no model at all', () => {
  assert.equal(selectSensorModel([]), null);
  assert.equal(selectSensorModel([modelNamed('rpc', false)], { x: 5, y: 5 }), null);
});
