import { toViewpointError } from '../domain/errors.js';
import type { StepName } from '../domain/job.js';
import type { JobTracker } from '../executor/job-tracker.js';
import type { Outcome } from '../executor/outcome.js';
import type { JobRun } from '../executor/run-job.js';
import type { Metrics } from './metrics.js';

/** Outcomes of a job whose last lease was its own to the end. */
const KEPT_LEASE: readonly Outcome['end'][] = ['ready', 'failed', 'again', 'handed_back'];

/** Runs a job and counts its steps, failed tries, lost leases and end; a line of the log tells of each finished step. */
export function observedJob(metrics: Metrics, now: () => number, run: (run: JobRun) => Promise<Outcome>): (run: JobRun) => Promise<Outcome> {
  return async (job) => {
    const startedAt = now();
    const observed = observedTracker(metrics, now, job);
    const outcome = await run({ ...job, tracker: observed.tracker });
    const leasesKept = KEPT_LEASE.includes(outcome.end) ? 1 : 0;
    metrics.leasesLost(Math.max(0, observed.attempts() - leasesKept));
    const code = outcome.end === 'failed' || outcome.end === 'again' ? toViewpointError(outcome.error).code : 'none';
    metrics.jobEnded(outcome.end, code, (now() - startedAt) / 1000);
    return outcome;
  };
}

function observedTracker(metrics: Metrics, now: () => number, { tracker, log }: JobRun): { tracker: JobTracker; attempts: () => number } {
  let attempts = 0;
  let step: { name: StepName; startedAt: number } | null = null;

  function finishStep(): void {
    if (step === null) return;
    const seconds = (now() - step.startedAt) / 1000;
    metrics.stepFinished(step.name, seconds);
    log.info({ attempt: tracker.report().attempt, step: step.name, seconds }, 'step finished');
    step = null;
  }

  const observed: JobTracker = {
    ...tracker,
    attemptStarted(attempt, formerPercent) {
      attempts++;
      tracker.attemptStarted(attempt, formerPercent);
    },
    stepStarted(name) {
      finishStep();
      step = { name, startedAt: now() };
      tracker.stepStarted(name);
    },
    tryFailed(error) {
      step = null;
      metrics.tryFailed(tracker.report().step, error.code);
      tracker.tryFailed(error);
    },
    ended(error) {
      if (error === null) finishStep();
      tracker.ended(error);
    },
  };
  return { tracker: observed, attempts: () => attempts };
}
