import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { untilTrue } from '../support/eventually.js';
import { publishedFiles } from '../support/published-files.js';
import { definitionOf, newId, startTestService, WAIT } from '../support/service.js';
import type { Row } from '../support/tile-server.js';

const service = await startTestService();
after(() => service.stop());

const RGB = definitionOf('samples/rgb-striped.tif', { viewpoint_name: 'Rio Grande' });
const TEN_ATTRIBUTES = ['bucket_name', 'error_message', 'expire_time', 'local_object_path', 'object_key', 'range_adjustment', 'tile_size', 'viewpoint_id', 'viewpoint_name', 'viewpoint_status'];

const queueIsEmpty = () => untilTrue('the queue is empty', async () => (await service.messageCount()) === 0);

function assertReadyRow(row: Row | undefined, viewpointId: string): void {
  assert.ok(row);
  assert.deepEqual(Object.keys(row).filter((name) => TEN_ATTRIBUTES.includes(name)).sort(), TEN_ATTRIBUTES);
  const { expire_time, ...rest } = Object.fromEntries(TEN_ATTRIBUTES.map((name) => [name, row[name]]));
  assert.deepEqual(rest, {
    viewpoint_id: { S: viewpointId },
    viewpoint_name: { S: 'Rio Grande' },
    bucket_name: { S: 'viewpoint-images' },
    object_key: { S: 'samples/rgb-striped.tif' },
    tile_size: { N: '512' },
    range_adjustment: { S: 'NONE' },
    viewpoint_status: { S: 'READY' },
    local_object_path: { S: join(service.config.volumeRoot, viewpointId, 'rgb-striped.tif') },
    error_message: { NULL: true },
  });
  const days = (Number(expire_time?.N) - Date.now() / 1000) / 86_400;
  assert.ok(Math.abs(days - 36_500) < 0.01, `${days} days`);
  // The tile server cuts fractions and knows neither sets nor binary values.
  assert.doesNotMatch(JSON.stringify(row), /"(SS|NS|BS|B)":|"N":"[^"]*\./);
}

test('a viewpoint that the tile server requests becomes READY with all its files in place', async () => {
  const viewpointId = newId('queued');
  const correlationId = randomUUID();
  await service.putRow(viewpointId, RGB);
  await service.sendMessage(viewpointId, RGB, correlationId);

  const status = await service.endOf(viewpointId);
  assert.equal(status.viewpoint_status, 'READY');
  assert.equal(status.attempt, 1);
  assert.equal(status.percent, 100);
  assert.equal(status.correlation_id, correlationId);
  assert.deepEqual(Object.keys(status.timings_ms), ['download', 'pyramid', 'metadata', 'publish']);
  assertReadyRow(await service.row(viewpointId), viewpointId);
  assert.deepEqual((await readdir(join(service.config.volumeRoot, viewpointId))).sort(), publishedFiles('rgb-striped.tif'));
  await queueIsEmpty();

  const linesOfJob = service.logLines.filter((line) => line['viewpointId'] === viewpointId);
  assert.ok(linesOfJob.length >= 2);
  for (const line of linesOfJob) assert.equal(line['correlationId'], correlationId, JSON.stringify(line));
});

test('a message without a correlation id is processed all the same', async () => {
  const viewpointId = newId('uncorrelated');
  await service.putRow(viewpointId, RGB);
  await service.sendMessage(viewpointId, RGB, null);
  const status = await service.endOf(viewpointId);
  assert.equal(status.viewpoint_status, 'READY');
  assert.equal(status.correlation_id, null);
  assertReadyRow(await service.row(viewpointId), viewpointId);
  await queueIsEmpty();
});

test('a viewpoint whose image is none becomes FAILED with the cause, and its message goes', async () => {
  const viewpointId = newId('text');
  const definition = definitionOf('samples/text-file.tif');
  const expireTime = String(Math.floor(Date.now() / 1000) + 4321);
  await service.putRow(viewpointId, definition, { expire_time: { N: expireTime } });
  await service.sendMessage(viewpointId, definition, randomUUID());

  const status = await service.endOf(viewpointId);
  assert.equal(status.viewpoint_status, 'FAILED');
  assert.equal(status.error?.code, 'not_an_image');
  assert.equal(status.error.retryable, false);
  const row = await service.row(viewpointId);
  assert.deepEqual(row?.['error_message'], { S: status.error.message });
  assert.deepEqual(row['local_object_path'], { NULL: true });
  assert.deepEqual(row['expire_time'], { N: expireTime });
  assert.deepEqual(TEN_ATTRIBUTES.filter((name) => !(name in row)), []);
  await untilTrue('nothing of it stays on the volume', async () => !(await readdir(service.config.volumeRoot)).includes(viewpointId));
  await queueIsEmpty();
});

test('a message whose viewpoint is READY, DELETED or gone is deleted, and nothing is done', async () => {
  const ready = newId('ready');
  await service.process(ready, RGB, WAIT);
  const deleted = newId('deleted');
  await service.putRow(deleted, RGB, { viewpoint_status: { S: 'DELETED' } });
  const before = [await service.row(ready), await service.row(deleted)];
  for (const viewpointId of [ready, deleted, newId('gone')]) await service.sendMessage(viewpointId, RGB, randomUUID());
  await queueIsEmpty();
  assert.deepEqual([await service.row(ready), await service.row(deleted)], before);
});

test('a viewpoint that comes by message and by POST at the same time is one job', async () => {
  const viewpointId = newId('twice');
  await service.putRow(viewpointId, RGB);
  const [answer] = await Promise.all([service.process(viewpointId, undefined, WAIT), service.sendMessage(viewpointId, RGB, randomUUID())]);
  assert.equal(answer.status, 200);
  const status = await service.endOf(viewpointId);
  assert.equal(status.viewpoint_status, 'READY');
  assert.equal(status.attempt, 1);
  await queueIsEmpty();
  assert.equal((await service.endOf(viewpointId)).attempt, 1);
  assert.equal(service.logLines.filter((line) => line['viewpointId'] === viewpointId && line['msg'] === 'job started').length, 1);
});
