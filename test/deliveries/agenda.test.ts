import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAgenda } from '../../src/deliveries/agenda.js';
import { deferred, type Deferred } from '../../src/domain/deferred.js';

const now = () => performance.now();

test('what is due is run once per key, so many at a time, the earliest first', async () => {
  const begun: string[] = [];
  const runs = new Map<string, Deferred<number>>();
  const agenda = createAgenda({
    now,
    concurrency: 2,
    run: (key) => {
      begun.push(key);
      const run = deferred<number>();
      runs.set(key, run);
      return run.promise;
    },
  });
  agenda.add('a', 0);
  agenda.add('b', 0);
  agenda.add('late', -5);
  agenda.add('early', -10);
  agenda.add('a', 0);
  assert.deepEqual(begun, ['a', 'b']);
  runs.get('b')?.resolve(0);
  await Promise.resolve(runs.get('b')?.promise).then(() => undefined);
  await new Promise(setImmediate);
  assert.deepEqual(begun, ['a', 'b', 'early']);
  for (const key of ['a', 'early']) runs.get(key)?.resolve(0);
  await new Promise(setImmediate);
  // What was asked for while `a` ran is run after it.
  assert.deepEqual(begun, ['a', 'b', 'early', 'late', 'a']);
  const stopped = agenda.stop();
  agenda.add('never', 0);
  for (const key of ['late', 'a']) runs.get(key)?.resolve(now());
  await stopped;
  assert.deepEqual(begun, ['a', 'b', 'early', 'late', 'a']);
});

test('a key is run at its time, again when its run says so, and the earlier of two times counts', async () => {
  const times: number[] = [];
  const second = deferred<undefined>();
  const agenda = createAgenda({
    now,
    concurrency: 1,
    run: () => {
      times.push(now());
      if (times.length === 2) second.resolve(undefined);
      return Promise.resolve(times.length === 1 ? now() + 30 : 0);
    },
  });
  const start = now();
  agenda.add('a', start + 3_600_000);
  agenda.add('a', start + 30);
  agenda.add('a', start + 7_200_000);
  await second.promise;
  await agenda.stop();
  assert.ok((times[0] ?? 0) >= start + 29 && (times[1] ?? 0) >= (times[0] ?? 0) + 29);
});
