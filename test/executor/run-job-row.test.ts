import assert from 'node:assert/strict';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { itemOf } from '../../src/storage/job-table/viewpoint-item.js';
import { DEFINITION, PIPELINE_RESULT } from '../support/table.js';
import { startJobRunner, untilAborted } from './job-runner.js';

const runner = await startJobRunner();
after(() => runner.stop());
const { db, root, volume, requested, run, status } = runner;
const key = (id: string) => ({ TableName: db.tableName, Key: { viewpoint_id: { S: id } } });

test('an end state that a late writer wrote over is found as abandoned', async () => {
  const { id } = await run({ pipeline: () => Promise.resolve(PIPELINE_RESULT) });
  assert.ok(!(await db.table.findUnattended(db.clock.now, 0)).viewpointIds.includes(id));
  await db.dynamodb.send(new UpdateItemCommand({ ...key(id), UpdateExpression: 'SET viewpoint_status = :s, range_adjustment = :d', ExpressionAttributeValues: { ':s': { S: 'REQUESTED' }, ':d': { S: 'DRA' } } }));
  assert.ok((await db.table.findUnattended(db.clock.now, 0)).viewpointIds.includes(id));
  const { outcome } = await run({ viewpointId: id, pipeline: () => Promise.resolve(PIPELINE_RESULT) });
  assert.equal(outcome.end, 'ready');
  assert.ok(!(await db.table.findUnattended(db.clock.now, 0)).viewpointIds.includes(id));
});

test('a viewpoint deleted during the job stops it, and its folder goes', async () => {
  const { id, outcome } = await run({
    pipeline: async (pipelineRun) => {
      await mkdir(join(root, pipelineRun.record.viewpoint_id), { recursive: true });
      await db.dynamodb.send(new UpdateItemCommand({ ...key(pipelineRun.record.viewpoint_id), UpdateExpression: 'SET viewpoint_status = :s', ExpressionAttributeValues: { ':s': { S: 'DELETED' } } }));
      return untilAborted(pipelineRun);
    },
  });
  assert.equal(outcome.end, 'settled');
  assert.equal(await status(id), 'DELETED');
  await volume.settled();
  assert.ok(!(await readdir(root)).includes(id));
});

test('a row removed during the job is not written again', async () => {
  const { id, outcome } = await run({
    pipeline: async (pipelineRun) => {
      await db.dynamodb.send(new DeleteItemCommand(key(pipelineRun.record.viewpoint_id)));
      return PIPELINE_RESULT;
    },
  });
  assert.equal(outcome.end, 'settled');
  assert.equal(await db.table.get(id), null);
});

test('a range adjustment changed during the job makes it start over with the new one', async () => {
  const seen: string[] = [];
  const { id, outcome } = await run({
    pipeline: async ({ record, confirm }) => {
      seen.push(record.range_adjustment);
      if (seen.length === 1) {
        await db.dynamodb.send(new UpdateItemCommand({ ...key(record.viewpoint_id), UpdateExpression: 'SET range_adjustment = :s', ExpressionAttributeValues: { ':s': { S: 'DRA' } } }));
      }
      await confirm();
      return PIPELINE_RESULT;
    },
  });
  assert.deepEqual(outcome, { end: 'ready' });
  assert.deepEqual(seen, ['NONE', 'DRA']);
  assert.equal((await db.table.get(id))?.range_adjustment, 'DRA');
});

test('a change behind the last confirmation starts it over as well, with a lease that is still renewed', async () => {
  let runs = 0;
  const { id, outcome } = await run({
    pipeline: async ({ record, confirm }) => {
      await confirm();
      if (++runs === 1) {
        await db.dynamodb.send(new UpdateItemCommand({ ...key(record.viewpoint_id), UpdateExpression: 'SET tile_size = :n', ExpressionAttributeValues: { ':n': { N: '256' } } }));
      }
      return PIPELINE_RESULT;
    },
  });
  assert.deepEqual(outcome, { end: 'ready' });
  assert.equal(runs, 2);
  assert.equal((await db.table.get(id))?.tile_size, 256);
});

test('a writer that puts the whole row wipes the lease, and the job takes it again', async () => {
  let runs = 0;
  const { id, outcome } = await run({
    pipeline: async (pipelineRun) => {
      if (++runs > 1) return PIPELINE_RESULT;
      const { viewpoint_id } = pipelineRun.record;
      const row = { viewpoint_id, ...DEFINITION, viewpoint_name: 'Renamed', viewpoint_status: 'REQUESTED', local_object_path: null, error_message: null, expire_time: null };
      await db.dynamodb.send(new PutItemCommand({ TableName: db.tableName, Item: itemOf(row) }));
      return untilAborted(pipelineRun);
    },
  });
  assert.deepEqual(outcome, { end: 'ready' });
  assert.equal((await db.table.get(id))?.viewpoint_name, 'Renamed');
});

test('a viewpoint that another process holds is left to it', async () => {
  const id = await requested();
  await db.table.acquireLease(id, 'replica-b', db.clock.now + 60_000);
  const { outcome } = await run({ viewpointId: id, pipeline: () => assert.fail('must not run') });
  assert.deepEqual(outcome, { end: 'leased_elsewhere', until: db.clock.now + 60_000 });
});

test('a viewpoint that is READY already is left as it is', async () => {
  const { id } = await run({ pipeline: () => Promise.resolve(PIPELINE_RESULT) });
  const { outcome } = await run({ viewpointId: id, pipeline: () => assert.fail('must not run') });
  assert.equal(outcome.end, 'settled');
});

test('a job whose lease was taken over publishes nothing and writes no end', async () => {
  const id = await requested();
  const { outcome } = await run({
    viewpointId: id,
    pipeline: async ({ confirm }) => {
      db.clock.now += 60_001;
      await db.table.acquireLease(id, 'replica-b', db.clock.now + 60_000);
      await confirm();
      return assert.fail('must not be reached');
    },
  });
  assert.equal(outcome.end, 'leased_elsewhere');
  assert.equal((await db.table.get(id))?.lease_owner, 'replica-b');
});
