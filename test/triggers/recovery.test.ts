import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deferred } from '../../src/domain/deferred.js';
import { createExecutor, type Executor } from '../../src/executor/executor.js';
import type { Outcome } from '../../src/executor/outcome.js';
import { startRecovery } from '../../src/triggers/recovery.js';
import { DEFINITION, startTestTable } from '../support/table.js';

const HOUR_MS = 3_600_000;
const LEASE_MS = 300;
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

for (const [what, take] of [
  ['claim', false],
  ['lease', true],
] as const) {
  test(`a ${what} by a clock that ran an hour ahead is not waited for: once it has stood for as long as a lease lasts, the viewpoint is taken over`, async (t) => {
    const db = await startTestTable();
    const { table, clock } = db;
    await table.create('v', DEFINITION, 0, clock.now + HOUR_MS);
    if (take) assert.ok(await table.acquireLease('v', 'dead', clock.now + HOUR_MS));
    const submitted = deferred<string>();
    const executor = { freeSlots: () => 1, nextSlots: () => 1, find: () => undefined, submit: ({ viewpointId }: { viewpointId: string }) => submitted.resolve(viewpointId) } as unknown as Executor;
    const startedAtMs = performance.now();
    const recovery = startRecovery({ table, executor, log: SILENT, now: () => clock.now, intervalMs: 30, leaseMs: LEASE_MS, messageLifeMs: HOUR_MS, onDeliveries: () => undefined });
    t.after(async () => {
      await recovery.stop();
      await db.stop();
    });
    assert.equal(await submitted.promise, 'v');
    assert.ok(performance.now() - startedAtMs >= LEASE_MS, 'a holder that lives has time to renew it');
    assert.ok(await table.acquireLease('v', 'next', clock.now + LEASE_MS), 'nobody holds it any more');
  });
}

test('what a worker died over goes ahead of what lies in the queue: it waits for a slot, once, when there is none', async (t) => {
  const db = await startTestTable();
  const { table, clock } = db;
  const begun: string[] = [];
  const busy = deferred<Outcome>();
  const taken = deferred<undefined>();
  const executor = createExecutor({
    concurrency: 1,
    waitingRoom: 5,
    replica: 'replica',
    now: () => clock.now,
    log: { ...SILENT, child: () => SILENT },
    run: ({ viewpointId }) => {
      begun.push(viewpointId);
      if (viewpointId === 'abandoned') taken.resolve(undefined);
      return viewpointId === 'long' ? busy.promise : Promise.resolve({ end: 'ready' });
    },
  });
  executor.submit({ viewpointId: 'long', correlationId: null, isLastChance: true });
  await table.create('abandoned', DEFINITION, 0, clock.now);
  assert.ok(await table.acquireLease('abandoned', 'dead', clock.now + LEASE_MS));
  clock.now += LEASE_MS + 1;
  let searches = 0;
  const searchedAgain = deferred<undefined>();
  const recovery = startRecovery({ table, executor, log: SILENT, now: () => clock.now, intervalMs: 10, leaseMs: LEASE_MS, messageLifeMs: HOUR_MS, onDeliveries: () => { if (++searches === 3) searchedAgain.resolve(undefined); } });
  t.after(async () => {
    await recovery.stop();
    await db.stop();
  });
  await searchedAgain.promise;
  assert.deepEqual(executor.snapshot().waiting.map(({ viewpointId }) => viewpointId), ['abandoned']);
  assert.equal(executor.freeSlots(), 0);
  busy.resolve({ end: 'ready' });
  await taken.promise;
  assert.deepEqual(begun, ['long', 'abandoned']);
});
