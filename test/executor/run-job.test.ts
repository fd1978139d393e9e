import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { ViewpointError } from '../../src/domain/errors.js';
import { PIPELINE_RESULT } from '../support/table.js';
import { startJobRunner, untilAborted } from './job-runner.js';

const runner = await startJobRunner();
after(() => runner.stop());
const { db, root, volume, requested, run, status } = runner;

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
