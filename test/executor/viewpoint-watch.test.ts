import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { EMPTY_JOB_REPORT } from '../../src/domain/job.js';
import type { Lease } from '../../src/domain/viewpoint-record.js';
import { createExecutor } from '../../src/executor/executor.js';
import { createViewpointWatch, type ViewpointWatch } from '../../src/executor/viewpoint-watch.js';
import { untilTrue } from '../support/eventually.js';
import { DEFINITION, startTestTable, type TestTable } from '../support/table.js';

const WAIT_MS = 30_000;
let db: TestTable;
const reads = new Map<string, number>();
before(async () => (db = await startTestTable()));
after(() => db.stop());

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

function createTestWatch(maximumWatchers = 10): ViewpointWatch {
  const executor = createExecutor({ run: () => assert.fail('nothing is submitted'), replica: 'here', now: () => db.clock.now, log: { ...silent, child: () => silent }, concurrency: 1, waitingRoom: 1 });
  const table = { ...db.table, get: (viewpointId: string) => (reads.set(viewpointId, (reads.get(viewpointId) ?? 0) + 1), db.table.get(viewpointId)) };
  return createViewpointWatch({ table, executor, log: silent, pollMs: 10, maximumWatchers });
}

async function leased(viewpointId: string): Promise<Lease> {
  await db.table.create(viewpointId, DEFINITION, 1_900_000_000, 0);
  await db.table.acquireLease(viewpointId, 'there', db.clock.now + 60_000);
  return { viewpointId, owner: 'there', attempt: 1 };
}

test('all watchers of a viewpoint are told the same of one look-out, and the row is read only while one watches', async (t) => {
  const lease = await leased('shared');
  const watch = createTestWatch();
  t.after(() => watch.close());
  const watchers = Array.from({ length: 5 }, () => watch.open('shared'));
  const first = await Promise.all(watchers.map((watcher) => watcher.next(WAIT_MS)));
  assert.ok(first.every((snapshot) => snapshot !== null && snapshot === first[0]));
  const next = watchers.map((watcher) => watcher.next(WAIT_MS));
  await db.table.renewLease(lease, db.clock.now + 60_000, { ...EMPTY_JOB_REPORT, percent: 40, updated_at: '2027-01-15T08:00:01.000Z' });
  assert.deepEqual((await Promise.all(next)).map((snapshot) => snapshot?.report.percent), [40, 40, 40, 40, 40]);

  for (const watcher of watchers) watcher.close();
  assert.equal(watch.watchers, 0);
  // Whoever still read the row would do so while the reads of another one go on.
  const other = watch.open('not-there');
  const before = reads.get('not-there') ?? 0;
  const shared = reads.get('shared');
  await untilTrue('the other row was read some more times', () => (reads.get('not-there') ?? 0) > before + 5);
  other.close();
  assert.equal(reads.get('shared'), shared);
});

test('a watcher is told nothing twice, and null when there is no news in time', async (t) => {
  await leased('quiet');
  const watch = createTestWatch();
  t.after(() => watch.close());
  const watcher = watch.open('quiet');
  assert.equal((await watcher.next(WAIT_MS))?.status, 'REQUESTED');
  assert.equal(await watcher.next(30), null);
});

test('when the watch closes, waiting watchers are let go and no more are accepted', async () => {
  await leased('closing');
  const watch = createTestWatch();
  const watcher = watch.open('closing');
  await watcher.next(WAIT_MS);
  const waiting = watcher.next(WAIT_MS);
  watch.close();
  assert.equal(await waiting, null);
  assert.equal(watcher.isOpen, false);
  assert.throws(() => watch.open('closing'), /shutting down/);
});

test('watchers beyond the limit are refused until one closes', (t) => {
  const watch = createTestWatch(1);
  t.after(() => watch.close());
  const watcher = watch.open('any');
  assert.throws(() => watch.open('other'), /follow viewpoints already/);
  watcher.close();
  watcher.close();
  watch.open('other').close();
});
