import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { deferred } from '../../src/domain/deferred.js';
import { ViewpointError } from '../../src/domain/errors.js';
import type { ObjectEvent } from '../../src/domain/events/object-event.js';
import { createJobTracker } from '../../src/executor/job-tracker.js';
import { createStepPace } from '../../src/executor/step-pace.js';
import { createObjectIntake, type ObjectIntake } from '../../src/executor/object-intake.js';
import type { Outcome } from '../../src/executor/outcome.js';
import { runJob } from '../../src/executor/run-job.js';
import type { PipelineResult, PipelineRun } from '../../src/pipeline/run-pipeline.js';
import { createVolume } from '../../src/storage/volume.js';
import { NOBODY_TOLD, PIPELINE_RESULT, startTestTable, type TestTable } from '../support/table.js';

let db: TestTable;
let root: string;
let intake: ObjectIntake;
before(async () => {
  db = await startTestTable();
  root = await mkdtemp(join(tmpdir(), 'viewpoint-volume-'));
  intake = createObjectIntake({ table: db.table, rules: [{ bucket: 'images', suffix: '.tif', viewpoint_id: '{stem}' }], now: () => db.clock.now, timeToLiveDays: 2, claimMs: 60_000 });
});
after(async () => {
  await db.stop();
  await rm(root, { recursive: true, force: true });
});

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const created = (objectKey: string, sequencer: string): ObjectEvent => ({ kind: 'created', name: 'ObjectCreated:Put', bucketName: 'images', objectKey, version: { sequencer, versionId: null, eTag: null } });

/** One job on this pipeline. */
function run(viewpointId: string, pipeline: (run: PipelineRun) => Promise<PipelineResult>): Promise<Outcome> {
  const now = () => db.clock.now;
  const deps = { table: db.table, volume: createVolume(root), pipeline, completions: NOBODY_TOLD, owner: 'replica-a', now, lease: { leaseMs: 60_000, heartbeatMs: 0, reportMs: 5 }, isOutage: () => Promise.resolve(false), retries: { tries: 1, baseMs: 1, maximumMs: 1 } };
  const tracker = createJobTracker({ replica: 'replica-a', correlationId: null, now, pace: createStepPace(), onChange: () => undefined });
  return runJob(deps, { viewpointId, tracker, log: silent, signal: new AbortController().signal, isLastChance: () => true });
}

test('a new object gives a row as the tile server writes it, and the version of the object', async () => {
  assert.deepEqual(await intake.register(created('in/first.tif', '01')), { viewpointId: 'first' });
  const record = await db.table.get('first');
  assert.deepEqual(
    [record?.viewpoint_status, record?.expire_time, record?.tile_size, record?.viewpoint_name, record?.lease_expires_at],
    ['REQUESTED', Math.floor(db.clock.now / 1000) + 2 * 86_400, 512, 'first.tif', db.clock.now + 60_000],
  );
  assert.deepEqual(JSON.parse(record?.object_version ?? ''), { sequencer: '01', version_id: null, etag: null });
});

test('of many events that come at the same time, the newest stays', async () => {
  const order = [5, 1, 9, 3, 7, 9, 2, 8];
  const registrations = await Promise.all(order.map((number) => intake.register(created('in/crowd.tif', `0${number}`))));
  assert.equal(registrations.filter(({ viewpointId }) => viewpointId === 'crowd').length + registrations.filter(({ ignored }) => ignored !== undefined).length, order.length);
  assert.match((await db.table.get('crowd'))?.object_version ?? '', /"sequencer":"09"/);
});

test('a newer version has a READY viewpoint processed again, the same one does not', async () => {
  await intake.register(created('in/ready.tif', '01'));
  assert.deepEqual(await run('ready', () => Promise.resolve(PIPELINE_RESULT)), { end: 'ready' });
  assert.deepEqual(await intake.register(created('in/ready.tif', '01')), { viewpointId: 'ready' });
  assert.equal((await db.table.get('ready'))?.viewpoint_status, 'READY');
  assert.deepEqual(await intake.register(created('in/ready.tif', '02')), { viewpointId: 'ready' });
  assert.equal((await db.table.get('ready'))?.viewpoint_status, 'REQUESTED');
});

for (const [what, confirms] of [['before it publishes', true], ['as it ends', false]] as const) {
  test(`a newer version that comes during a job makes the job start over, ${what}`, async () => {
    const key = `in/during-${String(confirms)}.tif`;
    const { viewpointId = '' } = await intake.register(created(key, '01'));
    const started = deferred<undefined>();
    const goOn = deferred<undefined>();
    const seen: (string | null)[] = [];
    const outcome = run(viewpointId, async ({ record, confirm }) => {
      seen.push(record.object_version);
      started.resolve(undefined);
      await goOn.promise;
      if (confirms) await confirm();
      return PIPELINE_RESULT;
    });
    await started.promise;
    assert.deepEqual(await intake.register(created(key, '02')), { viewpointId });
    goOn.resolve(undefined);
    assert.deepEqual(await outcome, { end: 'ready' });
    assert.deepEqual(seen.map((text) => (JSON.parse(text ?? '') as { sequencer: string }).sequencer), ['01', '02']);
    assert.equal((await db.table.get(viewpointId))?.viewpoint_status, 'READY');
  });
}

test('an old version that fails does not fail the viewpoint when a newer one is there', async () => {
  await intake.register(created('in/broken.tif', '01'));
  let runs = 0;
  const outcome = await run('broken', async () => {
    if (++runs > 1) return PIPELINE_RESULT;
    await intake.register(created('in/broken.tif', '02'));
    throw new ViewpointError('image_corrupt', 'The image is cut off.');
  });
  assert.deepEqual(outcome, { end: 'ready' });
  const record = await db.table.get('broken');
  assert.deepEqual([record?.viewpoint_status, record?.error_message, record?.job?.error], ['READY', null, null]);
});

test('a viewpoint that was deleted stays deleted', async () => {
  await intake.register(created('in/deleted.tif', '01'));
  await db.dynamodb.send(new UpdateItemCommand({ TableName: db.tableName, Key: { viewpoint_id: { S: 'deleted' } }, UpdateExpression: 'SET viewpoint_status = :deleted', ExpressionAttributeValues: { ':deleted': { S: 'DELETED' } } }));
  assert.match((await intake.register(created('in/deleted.tif', '02'))).ignored ?? '', /was deleted/);
  assert.equal((await db.table.get('deleted'))?.viewpoint_status, 'DELETED');
});

test('a viewpoint of another object is left alone', async () => {
  await intake.register(created('in/a/same.tif', '01'));
  assert.match((await intake.register(created('in/b/same.tif', '02'))).ignored ?? '', /shows another object, images\/in\/a\/same\.tif/);
});
