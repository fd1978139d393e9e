import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { deferred } from '../../src/domain/deferred.js';
import { ViewpointError } from '../../src/domain/errors.js';
import { createJobTracker } from '../../src/executor/job-tracker.js';
import type { Outcome } from '../../src/executor/outcome.js';
import { createStepPace } from '../../src/executor/step-pace.js';
import { runJob, type JobLog, type RunJobDeps } from '../../src/executor/run-job.js';
import type { PipelineResult, PipelineRun } from '../../src/pipeline/run-pipeline.js';
import { itemOf } from '../../src/storage/job-table/viewpoint-item.js';
import { createVolume, type Volume } from '../../src/storage/volume.js';
import { DEFINITION, NOBODY_TOLD, PIPELINE_RESULT, startTestTable, type TestTable } from '../support/table.js';

let db: TestTable;
let root: string;
let volume: Volume;
before(async () => {
  db = await startTestTable();
  root = await mkdtemp(join(tmpdir(), 'viewpoint-volume-'));
  volume = createVolume(root);
});
after(async () => {
  await db.stop();
  await rm(root, { recursive: true, force: true });
});

const SILENT: JobLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
let serial = 0;

interface Run {
  pipeline: (run: PipelineRun) => Promise<PipelineResult>;
  isLastChance?: boolean;
  stop?: AbortSignal;
  tries?: number;
  owner?: string;
  isOutage?: boolean;
  viewpointId?: string;
}

async function requested(): Promise<string> {
  const id = `job-${serial++}`;
  await db.table.create(id, DEFINITION, 1_900_000_000, 0);
  return id;
}

async function run({ pipeline, isLastChance = false, stop, tries = 1, owner = 'replica-a', viewpointId, isOutage = false }: Run): Promise<{ id: string; outcome: Outcome }> {
  const id = viewpointId ?? (await requested());
  const now = () => db.clock.now;
  const deps: RunJobDeps = {
    table: db.table,
    volume,
    pipeline,
    completions: NOBODY_TOLD,
    owner,
    now,
    // The table's clock stands still in these tests: a heartbeat of 0 renews at every look.
    lease: { leaseMs: 60_000, heartbeatMs: 0, reportMs: 5 },
    isOutage: () => Promise.resolve(isOutage),
    retries: { tries, baseMs: 1, maximumMs: 2 },
  };
  const tracker = createJobTracker({ replica: owner, correlationId: null, now, pace: createStepPace(), onChange: () => undefined });
  const outcome = await runJob(deps, { viewpointId: id, tracker, log: SILENT, signal: stop ?? new AbortController().signal, isLastChance: () => isLastChance });
  return { id, outcome };
}

/** A pipeline that goes on until its signal is aborted, as a long download does. */
function untilAborted({ signal }: PipelineRun): Promise<PipelineResult> {
  if (signal.aborted) return Promise.reject(signal.reason as Error);
  const { promise, reject } = deferred<PipelineResult>();
  signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  return promise;
}

const key = (id: string) => ({ TableName: db.tableName, Key: { viewpoint_id: { S: id } } });

async function status(id: string) {
  return (await db.table.get(id))?.viewpoint_status;
}

test('a pipeline that succeeds makes the viewpoint READY with path and 36,500 days', async () => {
  const { id, outcome } = await run({ pipeline: async ({ confirm }) => (await confirm(), PIPELINE_RESULT) });
  assert.deepEqual(outcome, { end: 'ready' });
  const row = await db.table.get(id);
  assert.equal(row?.viewpoint_status, 'READY');
  assert.equal(row.local_object_path, PIPELINE_RESULT.localObjectPath);
  assert.equal(row.expire_time, Math.floor(db.clock.now / 1000) + 36_500 * 86_400);
  assert.equal(row.job?.percent, 100);
  assert.equal(row.lease_owner, null);
});

test('a final error makes it FAILED with the cause, at the first try', async () => {
  let tries = 0;
  const { id, outcome } = await run({
    tries: 3,
    pipeline: () => {
      tries++;
      return Promise.reject(new ViewpointError('no_such_key', 'The bucket holds no such object.'));
    },
  });
  assert.equal(outcome.end, 'failed');
  assert.equal(tries, 1);
  const row = await db.table.get(id);
  assert.equal(row?.viewpoint_status, 'FAILED');
  assert.equal(row.error_message, 'The bucket holds no such object.');
  assert.equal(row.job?.error?.code, 'no_such_key');
});

test('a passing error is tried again, and the viewpoint becomes READY', async () => {
  let tries = 0;
  const { outcome } = await run({ tries: 3, pipeline: () => (++tries < 3 ? Promise.reject(new ViewpointError('download_failed', 'cut off')) : Promise.resolve(PIPELINE_RESULT)) });
  assert.deepEqual(outcome, { end: 'ready' });
  assert.equal(tries, 3);
});

test('a passing error that stays leaves the row REQUESTED and free for a later try', async () => {
  const { id, outcome } = await run({ pipeline: () => Promise.reject(new ViewpointError('download_failed', 'cut off')) });
  assert.equal(outcome.end, 'again');
  const row = await db.table.get(id);
  assert.equal(row?.viewpoint_status, 'REQUESTED');
  assert.equal(row.lease_owner, null);
});

test('a passing error at the last chance makes it FAILED', async () => {
  const { id } = await run({ isLastChance: true, pipeline: () => Promise.reject(new ViewpointError('download_failed', 'cut off')) });
  assert.equal(await status(id), 'FAILED');
});

test('a passing error of an outage leaves the row REQUESTED even at the last chance, for the search for abandoned viewpoints to find', async () => {
  const { id, outcome } = await run({ isLastChance: true, isOutage: true, pipeline: () => Promise.reject(new ViewpointError('download_failed', 'S3 is down')) });
  assert.equal(outcome.end, 'again');
  assert.equal(await status(id), 'REQUESTED');
  assert.ok(!(await db.table.findUnattended(db.clock.now, 0)).viewpointIds.includes(id));
  assert.ok((await db.table.findUnattended(db.clock.now + 60_001, 0)).viewpointIds.includes(id));
});

test('a decoder killed from outside gets one more try, whatever the number of tries, and then the viewpoint fails for good', async () => {
  let tries = 0;
  const { id, outcome } = await run({
    tries: 1,
    pipeline: () => {
      tries++;
      return Promise.reject(new ViewpointError('decoder_killed', 'Killed from outside.'));
    },
  });
  assert.equal(outcome.end, 'failed');
  assert.equal(tries, 2);
  assert.equal((await db.table.get(id))?.job?.error?.code, 'decoder_crashed');
});

test('a full disk gives the room back at once, before the next try', async () => {
  let tries = 0;
  const { id, outcome } = await run({
    tries: 2,
    pipeline: async ({ lease }) => {
      await volume.settled();
      assert.ok(!(await readdir(root)).includes(lease.viewpointId), 'the scratch is gone');
      const scratch = await volume.openScratch(lease);
      await writeFile(scratch.pathOf('half.tif'), 'half');
      tries++;
      throw new ViewpointError('disk_full', 'no room');
    },
  });
  assert.deepEqual([outcome.end, tries], ['again', 2]);
  await volume.settled();
  assert.ok(!(await readdir(root)).includes(id));
});

test('an end state that a late writer wrote over is found as abandoned', async () => {
  const { id } = await run({ pipeline: () => Promise.resolve(PIPELINE_RESULT) });
  assert.ok(!(await db.table.findUnattended(db.clock.now, 0)).viewpointIds.includes(id));
  await db.dynamodb.send(new UpdateItemCommand({ ...key(id), UpdateExpression: 'SET viewpoint_status = :s, range_adjustment = :d', ExpressionAttributeValues: { ':s': { S: 'REQUESTED' }, ':d': { S: 'DRA' } } }));
  assert.ok((await db.table.findUnattended(db.clock.now, 0)).viewpointIds.includes(id));
  const { outcome } = await run({ viewpointId: id, pipeline: () => Promise.resolve(PIPELINE_RESULT) });
  assert.equal(outcome.end, 'ready');
  assert.ok(!(await db.table.findUnattended(db.clock.now, 0)).viewpointIds.includes(id));
});

test('an error that nobody foresaw is a passing one, never READY', async () => {
  const { id, outcome } = await run({ pipeline: () => Promise.reject(new TypeError('surprise')) });
  assert.equal(outcome.end, 'again');
  assert.equal(await status(id), 'REQUESTED');
});

test('a cancelled job ends FAILED with code cancelled and leaves no scratch', async () => {
  const stop = new AbortController();
  const { id, outcome } = await run({
    stop: stop.signal,
    pipeline: async (pipelineRun) => {
      const scratch = await volume.openScratch(pipelineRun.lease);
      await writeFile(scratch.pathOf('half.tif'), 'half');
      stop.abort(new ViewpointError('cancelled', 'The job was cancelled on request.'));
      return untilAborted(pipelineRun);
    },
  });
  assert.equal(outcome.end, 'failed');
  assert.equal((await db.table.get(id))?.job?.error?.code, 'cancelled');
  await volume.settled();
  assert.deepEqual((await readdir(root)).filter((name) => name === id), []);
});

test('a cancel asked for through the row stops the job with its next heartbeat', async () => {
  const { id } = await run({
    pipeline: async (pipelineRun) => {
      await db.table.requestCancel(pipelineRun.record);
      return untilAborted(pipelineRun);
    },
  });
  assert.equal((await db.table.get(id))?.job?.error?.code, 'cancelled');
});

test('a job taken over from a replica that was asked to stop it ends cancelled without work', async () => {
  const id = await requested();
  const record = await db.table.acquireLease(id, 'replica-b', db.clock.now + 60_000);
  assert.ok(record !== null && (await db.table.requestCancel(record)));
  db.clock.now += 60_001;
  const { outcome } = await run({ viewpointId: id, pipeline: () => assert.fail('must not run') });
  assert.equal(outcome.end, 'failed');
  const row = await db.table.get(id);
  assert.deepEqual([row?.job?.error?.code, row?.cancel_requested], ['cancelled', 0]);
});

test('a shutdown hands the job back: the row is REQUESTED and free', async () => {
  const stop = new AbortController();
  const { id, outcome } = await run({
    stop: stop.signal,
    isLastChance: true,
    pipeline: (pipelineRun) => {
      stop.abort(new ViewpointError('shutting_down', 'The service is shutting down.'));
      return untilAborted(pipelineRun);
    },
  });
  assert.deepEqual(outcome, { end: 'handed_back' });
  const row = await db.table.get(id);
  assert.equal(row?.viewpoint_status, 'REQUESTED');
  assert.equal(row.lease_owner, null);
  // Should its message be used up, it counts as abandoned after a while.
  assert.ok(row.lease_expires_at > 0);
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
