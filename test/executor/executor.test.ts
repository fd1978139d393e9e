import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deferred, type Deferred } from '../../src/domain/deferred.js';
import { ViewpointError, type ErrorCode } from '../../src/domain/errors.js';
import { createExecutor, type Executor } from '../../src/executor/executor.js';
import type { Outcome } from '../../src/executor/outcome.js';
import type { JobRun } from '../../src/executor/run-job.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const LOG = { ...silent, child: () => silent };
const READY: Outcome = { end: 'ready' };

/** An executor whose jobs begin when it starts them and end when the test says so, or when they are aborted. */
function createTestExecutor(concurrency: number, waitingRoom: number): { executor: Executor; begun: string[]; end: (id: string) => void; runs: Map<string, JobRun> } {
  const begun: string[] = [];
  const ends = new Map<string, Deferred<Outcome>>();
  const runs = new Map<string, JobRun>();
  const executor = createExecutor({
    concurrency,
    waitingRoom,
    replica: 'replica',
    now: () => 0,
    log: LOG,
    run: (run) => {
      begun.push(run.viewpointId);
      runs.set(run.viewpointId, run);
      const ended = deferred<Outcome>();
      ends.set(run.viewpointId, ended);
      const stop = () => {
        const error = run.signal.reason as ViewpointError;
        ended.resolve(error.code === 'cancelled' ? { end: 'failed', error } : { end: 'handed_back' });
      };
      if (run.signal.aborted) stop();
      else run.signal.addEventListener('abort', stop, { once: true });
      return ended.promise;
    },
  });
  return { executor, begun, runs, end: (id) => ends.get(id)?.resolve(READY) };
}

const request = (viewpointId: string, isLastChance = true) => ({ viewpointId, correlationId: null, isLastChance });
const hasCode = (code: ErrorCode) => (error: unknown) => error instanceof ViewpointError && error.code === code;

test('jobs start first come first served, so many at a time', async () => {
  const { executor, begun, end } = createTestExecutor(2, 10);
  const jobs = ['a', 'b', 'c', 'd'].map((id) => executor.submit(request(id)));
  assert.deepEqual(begun, ['a', 'b']);
  end('a');
  await jobs[0]?.outcome;
  assert.deepEqual(begun, ['a', 'b', 'c']);
  for (const id of ['b', 'c']) end(id);
  await Promise.all([jobs[1]?.outcome, jobs[2]?.outcome]);
  end('d');
  assert.deepEqual(await jobs[3]?.outcome, READY);
});

test('a second request for a viewpoint joins the job that there is, running or waiting', () => {
  const { executor, begun } = createTestExecutor(1, 10);
  const running = executor.submit(request('a'));
  const waiting = executor.submit(request('b'));
  assert.equal(executor.submit(request('a')), running);
  assert.equal(executor.submit(request('b')), waiting);
  assert.deepEqual(begun, ['a']);
});

test('a job that a queue message joins has a later chance', () => {
  const { executor, runs } = createTestExecutor(1, 10);
  executor.submit(request('a', true));
  assert.equal(runs.get('a')?.isLastChance(), true);
  executor.submit(request('a', false));
  assert.equal(runs.get('a')?.isLastChance(), false);
});

test('a job beyond the waiting room is refused, and joining one is not', () => {
  const { executor } = createTestExecutor(1, 1);
  executor.submit(request('a'));
  executor.submit(request('b'));
  assert.throws(() => executor.submit(request('c')), hasCode('executor_full'));
  assert.doesNotThrow(() => executor.submit(request('a')));
});

test('the next slots are those that come free when the jobs that run have ended', () => {
  const { executor } = createTestExecutor(2, 10);
  assert.equal(executor.nextSlots(), 4);
  for (const id of ['a', 'b', 'c']) executor.submit(request(id));
  assert.deepEqual([executor.freeSlots(), executor.nextSlots()], [0, 1]);
  assert.equal(createTestExecutor(2, 0).executor.nextSlots(), 2);
});

test('whoever waits for a free slot hears of it, and of an abort', async () => {
  const { executor, end } = createTestExecutor(1, 1);
  executor.submit(request('a'));
  assert.equal(executor.freeSlots(), 0);
  const stop = new AbortController();
  const aborted = executor.whenFree(stop.signal);
  const free = executor.whenFree(new AbortController().signal);
  stop.abort(new Error('enough'));
  await assert.rejects(aborted, /enough/);
  end('a');
  await free;
  assert.equal(executor.freeSlots(), 1);
});

test('a job cancelled while it waits still has its end written, and frees its place', async () => {
  const { executor, begun } = createTestExecutor(1, 1);
  executor.submit(request('a'));
  const waiting = executor.submit(request('b'));
  waiting.cancel();
  const outcome = await waiting.outcome;
  assert.equal(outcome.end, 'failed');
  assert.deepEqual(begun, ['a', 'b']);
  assert.doesNotThrow(() => executor.submit(request('c')));
});

test('a drain lets running jobs end, hands waiting ones back and refuses new ones', async () => {
  const { executor, end } = createTestExecutor(1, 2);
  const running = executor.submit(request('a'));
  const waiting = executor.submit(request('b'));
  const drained = executor.drain(60_000);
  assert.deepEqual(await waiting.outcome, { end: 'handed_back' });
  assert.throws(() => executor.submit(request('c')), hasCode('shutting_down'));
  end('a');
  assert.deepEqual(await running.outcome, READY);
  await drained;
});

test('a drain without grace hands running jobs back as well', async () => {
  const { executor } = createTestExecutor(1, 2);
  const running = executor.submit(request('a'));
  await executor.drain(0);
  assert.deepEqual(await running.outcome, { end: 'handed_back' });
});
