import assert from 'node:assert/strict';
import { cpus } from 'node:os';
import { test } from 'node:test';
import { createIdleCoresWatch } from '../../src/pipeline/idle-cores.js';

/** Whether cores are idle that have each been so busy, from 0 to 1, for the last second of a busy life. */
function hasIdleCores(...busy: number[]): boolean {
  const core = (busyMs: number, idleMs: number) => ({ times: { user: busyMs, nice: 0, sys: 0, idle: idleMs, irq: 0 } });
  let cores = busy.map(() => core(1e6, 0));
  const watch = createIdleCoresWatch(() => cores);
  cores = busy.map((share) => core(1e6 + 1000 * share, 1000 * (1 - share)));
  return watch();
}

test('cores are idle where most of one is, or half of a single one', () => {
  assert.equal(hasIdleCores(0, 0), true);
  assert.equal(hasIdleCores(0.6, 0.6), true);
  assert.equal(hasIdleCores(0.7, 0.6), false);
  assert.equal(hasIdleCores(0.4), true);
  assert.equal(hasIdleCores(0.6), false);
  assert.equal(hasIdleCores(0.9, 0.9, 0.9, 0.9), false);
  assert.equal(hasIdleCores(...new Array<number>(16).fill(0.9)), true);
});

test('each answer is for the time since the last one', () => {
  let idleMs = 0;
  let busyMs = 0;
  const watch = createIdleCoresWatch(() => [{ times: { user: busyMs, nice: 0, sys: 0, idle: idleMs, irq: 0 } }]);
  idleMs += 1000;
  assert.equal(watch(), true);
  busyMs += 1000;
  assert.equal(watch(), false);
  // Nothing has gone by.
  assert.equal(watch(), false);
});

test('the times of this machine are read', () => {
  assert(cpus().length > 0);
  assert.equal(typeof createIdleCoresWatch()(), 'boolean');
});
