import type { ViewpointError } from '../domain/errors.js';
import { EMPTY_JOB_REPORT, STEPS, type JobReport, type StepName } from '../domain/job.js';
import type { ProgressListener } from '../pipeline/progress.js';

/** How much of a whole job each step is, in percent; a guess that holds for images of hundreds of megabytes. */
const STEP_SHARES: Record<StepName, number> = { waiting: 0, download: 30, pyramid: 64, metadata: 4, publish: 2 };

export interface JobTracker extends ProgressListener {
  report(): JobReport;
  /** Begins an attempt: what a former one reported is forgotten. */
  attemptStarted(attempt: number): void;
  imageKnown(image: JobReport['image']): void;
  ended(error: ViewpointError | null): void;
  /** A try failed that will be followed by another. */
  tryFailed(error: ViewpointError): void;
}

/** Keeps the report of one job; `onChange` is called with each step and each end, not with every percent. */
export function createJobTracker(deps: { replica: string; correlationId: string | null; now: () => number; onChange: (report: JobReport) => void }): JobTracker {
  let report: JobReport = { ...EMPTY_JOB_REPORT, step: 'waiting', replica: deps.replica, correlation_id: deps.correlationId };
  let stepStartedAtMs = performance.now();

  const timestamp = () => new Date(deps.now()).toISOString();
  const change = (changes: Partial<JobReport>) => (report = { ...report, ...changes, updated_at: timestamp() });

  function closeStep(): JobReport['timings_ms'] {
    const { step, timings_ms } = report;
    if (step === null || step === 'waiting') return timings_ms;
    return { ...timings_ms, [step]: Math.round(performance.now() - stepStartedAtMs) };
  }

  return {
    report: () => report,

    attemptStarted(attempt) {
      change({ attempt, started_at: report.started_at ?? timestamp(), error: null });
    },

    stepStarted(step) {
      change({ timings_ms: closeStep(), step, percent: percentBefore(step), ended_at: null });
      stepStartedAtMs = performance.now();
      deps.onChange(report);
    },

    stepAdvanced(fraction) {
      const { step } = report;
      if (step === null) return;
      const done = percentBefore(step) + Math.floor(STEP_SHARES[step] * Math.min(1, Math.max(0, fraction)));
      change({ percent: Math.max(report.percent, done) });
    },

    downloaded(bytesDone, bytesTotal) {
      change({ bytes_done: bytesDone, bytes_total: bytesTotal });
      this.stepAdvanced(bytesTotal === 0 ? 0 : bytesDone / bytesTotal);
    },

    imageKnown(image) {
      change({ image });
    },

    tryFailed(error) {
      change({ error: errorReport(error, report.step) });
      deps.onChange(report);
    },

    ended(error) {
      change({
        timings_ms: closeStep(),
        ended_at: timestamp(),
        error: error === null ? null : errorReport(error, report.step),
        percent: error === null ? 100 : report.percent,
      });
      deps.onChange(report);
    },
  };
}

function percentBefore(step: StepName): number {
  return STEPS.slice(0, STEPS.indexOf(step)).reduce((sum, earlier) => sum + STEP_SHARES[earlier], 0);
}

function errorReport(error: ViewpointError, step: StepName | null): JobReport['error'] {
  return { code: error.code, message: error.message, step, retryable: error.retryable };
}
