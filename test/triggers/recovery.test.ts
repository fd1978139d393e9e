import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deferred } from '../../src/domain/deferred.js';
import type { Executor } from '../../src/executor/executor.js';
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
    const executor = { freeSlots: () => 1, submit: ({ viewpointId }: { viewpointId: string }) => submitted.resolve(viewpointId) } as unknown as Executor;
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
