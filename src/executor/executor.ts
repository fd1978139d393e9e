import { AsyncResource } from 'node:async_hooks';
import { deferred } from '../domain/deferred.js';
import { cancelledError, ViewpointError } from '../domain/errors.js';
import type { JobReport } from '../domain/job.js';
import { createJobTracker, type JobTracker } from './job-tracker.js';
import type { Job, JobRequest, Outcome } from './outcome.js';
import type { JobLog, JobRun } from './run-job.js';
import { createStepPace } from './step-pace.js';

export interface ExecutorDeps {
  /** Runs one job to its end; see `runJob`. */
  run: (run: JobRun) => Promise<Outcome>;
  replica: string;
  now: () => number;
  log: JobLog & { child(bindings: object): JobLog };
  /** Jobs at a time. */
  concurrency: number;
  /** Jobs that may wait for a slot. */
  waitingRoom: number;
  /** Called when a job begins a step, fails a try or ends. */
  onReport?: (viewpointId: string, report: JobReport) => void;
}

export interface Executor {
  /**
   * Accepts a job, or joins the one that there is for the viewpoint.
   * @throws ViewpointError `executor_full`, `shutting_down`.
   */
  submit(request: JobRequest): Job;
  /** @throws ViewpointError `executor_full`, `shutting_down` as `submit` would for a new viewpoint. */
  refuseIfFull(): void;
  find(viewpointId: string): Job | undefined;
  /** Jobs that could start at once. */
  freeSlots(): number;
  /** Jobs that would start at once or right after those that run now. */
  nextSlots(): number;
  /** Resolves when there is a free slot; rejects with the signal's reason. */
  whenFree(signal: AbortSignal): Promise<void>;
  snapshot(): ExecutorSnapshot;
  /** Refuses further jobs, lets running ones end until the deadline, then hands the rest back. */
  drain(graceMs: number): Promise<void>;
  /** Hands everything back at once. */
  abort(): void;
}

export interface ExecutorSnapshot {
  replica: string;
  isAccepting: boolean;
  concurrency: number;
  waitingRoom: number;
  running: { viewpointId: string; report: JobReport }[];
  waiting: { viewpointId: string; report: JobReport }[];
}

interface Entry {
  job: Job;
  tracker: JobTracker;
  isRunning: boolean;
  start(): void;
  join(later: JobRequest): void;
  stop(reason: ViewpointError): void;
}

/** Runs jobs, first come first served, so many at a time and one per viewpoint. */
export function createExecutor(deps: ExecutorDeps): Executor {
  const waiting: Entry[] = [];
  const running = new Map<string, Entry>();
  const freeListeners = new Set<() => void>();
  const pace = createStepPace();
  let isAccepting = true;

  const find = (viewpointId: string) => running.get(viewpointId) ?? waiting.find(({ job }) => job.viewpointId === viewpointId);
  const roomFor = (jobs: number) => (isAccepting ? Math.max(0, jobs - running.size - waiting.length) : 0);
  const freeSlots = () => roomFor(deps.concurrency);

  function startWaiting(): void {
    while (running.size < deps.concurrency) {
      const next = waiting.shift();
      if (next === undefined) break;
      next.start();
    }
    if (freeSlots() > 0) for (const notify of [...freeListeners]) notify();
  }

  function refuseIfFull(): void {
    if (!isAccepting) throw new ViewpointError('shutting_down', 'The service is shutting down. Try again; another replica will answer.');
    if (running.size >= deps.concurrency && waiting.length >= deps.waitingRoom) {
      throw new ViewpointError('executor_full', `All ${deps.concurrency} slots are busy and ${deps.waitingRoom} jobs wait already. Try again later.`);
    }
  }

  function abort(): void {
    isAccepting = false;
    for (const entry of [...waiting, ...running.values()]) entry.stop(handBackReason());
  }

  function createEntry(request: JobRequest): Entry {
    const { viewpointId, correlationId } = request;
    let isLastChance = request.isLastChance;
    const stop = new AbortController();
    const outcome = deferred<Outcome>();
    const tracker = createJobTracker({
      replica: deps.replica,
      correlationId,
      now: deps.now,
      pace,
      onChange: (report) => deps.onReport?.(viewpointId, report),
    });
    const log = deps.log.child({ viewpointId, correlationId });

    const entry: Entry = {
      tracker,
      isRunning: false,
      job: {
        viewpointId,
        get isRunning() {
          return entry.isRunning;
        },
        outcome: outcome.promise,
        report: () => tracker.report(),
        cancel: () => entry.stop(cancelledError()),
      },
      // A job that had to wait still belongs to the request or message, and to the trace, that it came with.
      start: AsyncResource.bind(() => {
        entry.isRunning = true;
        running.set(viewpointId, entry);
        void deps.run({ viewpointId, tracker, log, signal: stop.signal, isLastChance: () => isLastChance }).then(
          (end) => settle(end),
          (error: unknown) => {
            log.error({ err: error }, 'job broke');
            settle({ end: 'again', error: new ViewpointError('internal_error', 'The job broke off unexpectedly.', { cause: error }) });
          },
        );
      }),
      stop(reason) {
        stop.abort(reason);
        if (entry.isRunning) return;
        waiting.splice(waiting.indexOf(entry), 1);
        // A cancelled job still has its end written; a job handed back before it began has nothing to give back.
        if (reason.code === 'cancelled') entry.start();
        else settle({ end: 'handed_back' });
      },
      join(later) {
        isLastChance &&= later.isLastChance;
      },
    };

    function settle(end: Outcome): void {
      running.delete(viewpointId);
      outcome.resolve(end);
      startWaiting();
    }
    return entry;
  }

  return {
    submit(request) {
      const existing = find(request.viewpointId);
      if (existing !== undefined) {
        existing.join(request);
        return existing.job;
      }
      refuseIfFull();
      const entry = createEntry(request);
      waiting.push(entry);
      startWaiting();
      return entry.job;
    },

    refuseIfFull,
    find: (viewpointId) => find(viewpointId)?.job,
    freeSlots,
    nextSlots: () => roomFor(deps.concurrency + Math.min(deps.concurrency, deps.waitingRoom)),

    async whenFree(signal) {
      signal.throwIfAborted();
      if (freeSlots() > 0) return;
      const { promise, resolve, reject } = deferred<undefined>();
      const onFree = () => resolve(undefined);
      const onAbort = () => reject(signal.reason as Error);
      freeListeners.add(onFree);
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        await promise;
      } finally {
        freeListeners.delete(onFree);
        signal.removeEventListener('abort', onAbort);
      }
    },

    snapshot: () => ({
      replica: deps.replica,
      isAccepting,
      concurrency: deps.concurrency,
      waitingRoom: deps.waitingRoom,
      running: [...running.values()].map(summary),
      waiting: waiting.map(summary),
    }),

    async drain(graceMs) {
      isAccepting = false;
      for (const entry of [...waiting]) entry.stop(handBackReason());
      const deadline = setTimeout(abort, graceMs);
      await Promise.all([...running.values()].map(({ job }) => job.outcome));
      clearTimeout(deadline);
    },

    abort,
  };
}

function summary({ job, tracker }: Entry): { viewpointId: string; report: JobReport } {
  return { viewpointId: job.viewpointId, report: tracker.report() };
}

function handBackReason(): ViewpointError {
  return new ViewpointError('shutting_down', 'The service is shutting down; another replica goes on with the viewpoint.');
}
