import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deferred } from '../../src/domain/deferred.js';
import { untilAborted } from '../../src/domain/until-aborted.js';

const reason = new Error('not wanted any more');

test('an abort ends the wait with its reason, whatever becomes of the work', async () => {
  const stop = new AbortController();
  const work = deferred<string>();
  const waiting = untilAborted(work.promise, stop.signal);
  stop.abort(reason);
  await assert.rejects(waiting, reason);
  work.reject(new Error('of no interest'));
  await assert.rejects(untilAborted(Promise.resolve('too late'), stop.signal), reason);
});

test('without an abort the work decides', async () => {
  const { signal } = new AbortController();
  assert.equal(await untilAborted(Promise.resolve('done'), signal), 'done');
  await assert.rejects(untilAborted(Promise.reject(reason), signal), reason);
});
