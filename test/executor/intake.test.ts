import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { deferred } from '../../src/domain/deferred.js';
import { cancelledError } from '../../src/domain/errors.js';
import { EMPTY_JOB_REPORT } from '../../src/domain/job.js';
import { createExecutor } from '../../src/executor/executor.js';
import { createIntake } from '../../src/executor/intake.js';
import type { Outcome } from '../../src/executor/outcome.js';
import { DEFINITION, NOBODY_TOLD, startTestTable, type TestTable } from '../support/table.js';

let db: TestTable;
before(async () => {
  db = await startTestTable();
});
after(() => db.stop());

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

test('a viewpoint that is requested again while its failed job is on its way out is left to the queue, not to that job', async () => {
  const now = () => db.clock.now;
  const leaving = deferred<Outcome>();
  const handedOver = deferred<string>();
  const executor = createExecutor({ run: () => leaving.promise, replica: 'here', now, log: { ...silent, child: () => silent }, concurrency: 1, waitingRoom: 1 });
  const intake = createIntake({
    table: db.table,
    executor,
    completions: NOBODY_TOLD,
    handOver: ({ viewpoint_id }) => {
      handedOver.resolve(viewpoint_id);
      return Promise.resolve();
    },
    now,
    timeToLiveDays: 1,
    claimMs: 60_000,
    allowedBuckets: null,
    onHandOverError: (error) => handedOver.reject(error as Error),
    onNoteError: (error) => handedOver.reject(error as Error),
  });
  const request = { viewpointId: 'again', definition: DEFINITION, force: false, correlationId: 'first' };
  const first = await intake(request);
  await db.table.acquireLease('again', 'here', db.clock.now + 60_000);
  await db.table.finishFailed({ viewpointId: 'again', owner: 'here', attempt: 1 }, { message: 'cancelled', job: EMPTY_JOB_REPORT });

  const second = await intake({ ...request, correlationId: 'second' });
  assert.equal(second.record.viewpoint_status, 'REQUESTED');
  assert.equal(second.job, first.job);
  leaving.resolve({ end: 'failed', error: cancelledError() });
  assert.equal(await handedOver.promise, 'again');
});
