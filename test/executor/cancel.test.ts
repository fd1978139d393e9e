import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ViewpointError, type ErrorCode } from '../../src/domain/errors.js';
import { EMPTY_JOB_REPORT } from '../../src/domain/job.js';
import { createCancel, type Cancel } from '../../src/executor/cancel.js';
import { createExecutor } from '../../src/executor/executor.js';
import { DEFINITION, NOBODY_TOLD, startTestTable, type TestTable } from '../support/table.js';

let db: TestTable;
let cancel: Cancel;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
before(async () => {
  db = await startTestTable();
  const now = () => db.clock.now;
  const executor = createExecutor({ run: () => assert.fail('nothing is submitted'), replica: 'here', now, log: { ...silent, child: () => silent }, concurrency: 1, waitingRoom: 1 });
  cancel = createCancel({ table: db.table, executor, completions: NOBODY_TOLD, now });
});
after(() => db.stop());

const hasCode = (code: ErrorCode) => (error: unknown) => error instanceof ViewpointError && error.code === code;

test('a viewpoint that waits in the queue is FAILED at once, so that its message finds nothing to do', async () => {
  await db.table.create('queued', DEFINITION, 1_900_000_000, 0);
  await cancel('queued');
  const row = await db.table.get('queued');
  assert.deepEqual([row?.viewpoint_status, row?.job?.error?.code, row?.job?.error?.retryable, row?.job?.step], ['FAILED', 'cancelled', false, 'waiting']);
  assert.equal(await db.table.acquireLease('queued', 'there', db.clock.now + 60_000), null);
});

test('a viewpoint that waits in the room of another replica is FAILED at once', async () => {
  await db.table.create('claimed', DEFINITION, 1_900_000_000, db.clock.now + 60_000);
  await cancel('claimed');
  assert.equal((await db.table.get('claimed'))?.viewpoint_status, 'FAILED');
});

test('a job on another replica is asked to stop, and whoever takes it over knows of that', async () => {
  await db.table.create('elsewhere', DEFINITION, 1_900_000_000, 0);
  await db.table.acquireLease('elsewhere', 'there', db.clock.now + 60_000);
  await cancel('elsewhere');
  const row = await db.table.get('elsewhere');
  assert.deepEqual([row?.viewpoint_status, row?.cancel_requested], ['REQUESTED', 1]);
  db.clock.now += 60_001;
  assert.equal((await db.table.acquireLease('elsewhere', 'third', db.clock.now + 60_000))?.cancel_requested, 1);
});

test('a viewpoint processed again knows nothing of a former cancel', async () => {
  await db.table.create('again', DEFINITION, 1_900_000_000, 0);
  await db.table.acquireLease('again', 'there', db.clock.now + 60_000);
  await cancel('again');
  assert.ok(await db.table.finishFailed({ viewpointId: 'again', owner: 'there', attempt: 1 }, { message: 'cancelled', job: EMPTY_JOB_REPORT }));
  const failed = await db.table.get('again');
  assert.ok(failed);
  assert.equal((await db.table.reopen(failed, null, 0))?.cancel_requested, 0);
});

test('what has its end and what does not exist cannot be cancelled', async () => {
  await assert.rejects(cancel('queued'), hasCode('not_processing'));
  await assert.rejects(cancel('nowhere'), hasCode('viewpoint_not_found'));
});
