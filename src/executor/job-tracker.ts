import type { ViewpointError } from '../domain/errors.js';
import { EMPTY_JOB_REPORT, STEPS, type JobReport, type StepName } from '../domain/job.js';
import type { ProgressListener } from '../pipeline/progress.js';
import type { StepPace } from './step-pace.js';

/** How much of a whole job each step is, in percent; a guess that holds for images of hundreds of megabytes. */
const STEP_SHARES: Record<StepName, number> = { waiting: 0, download: 30, pyramid: 64, metadata: 4, publish: 2 };
/** Until the row has its end state the job is not done. */
const MOST_BEFORE_END = 99;

export interface JobTracker extends ProgressListener {
  report(): JobReport;
  /** Begins an attempt: what a former one reported is forgotten, but for how far it showed to have come. */
  attemptStarted(attempt: number, formerPercent: number): void;
  imageKnown(image: JobReport['image']): void;
  ended(error: ViewpointError | null): void;
  /** A try failed that will be followed by another. */
  tryFailed(error: ViewpointError): void;
}

export interface JobTrackerDeps {
  replica: string;
  correlationId: string | null;
  now: () => number;
  pace: StepPace;
  onChange: (report: JobReport) => void;
}

/** Keeps the report of one job; `onChange` is called with each step and each end, not with every percent. */
export function createJobTracker(deps: JobTrackerDeps): JobTracker {
  let report: JobReport = { ...EMPTY_JOB_REPORT, step: 'waiting', replica: deps.replica, correlation_id: deps.correlationId };
  let stepStartedAtMs = performance.now();

  const timestamp = () => new Date(deps.now()).toISOString();
  const change = (changes: Partial<JobReport>) => (report = { ...report, ...changes, updated_at: timestamp() });

  function closeStep(): JobReport['timings_ms'] {
    const { step, timings_ms } = report;
    if (step === null || step === 'waiting') return timings_ms;
    return { ...timings_ms, [step]: Math.round(performance.now() - stepStartedAtMs) };
  }

  function advance(step: StepName, fraction: number): void {
    const done = percentBefore(step) + Math.floor(STEP_SHARES[step] * fraction);
    const remainingMs = deps.pace.remainingMs({ step, fraction, elapsedMs: performance.now() - stepStartedAtMs, bytes: report.bytes_total });
    change({ percent: Math.max(report.percent, Math.min(MOST_BEFORE_END, done)), remaining_seconds: Math.ceil(remainingMs / 1000) });
  }

  return {
    report: () => report,

    attemptStarted(attempt, formerPercent) {
      const percent = Math.max(report.percent, Math.min(MOST_BEFORE_END, formerPercent));
      change({ attempt, percent, started_at: report.started_at ?? timestamp(), error: null });
    },

    stepStarted(step) {
      const { percent } = report;
      change({ timings_ms: closeStep(), step, percent: Math.min(MOST_BEFORE_END, percent), ended_at: null });
      stepStartedAtMs = performance.now();
      // Before the download has asked for it, the size of the image is not known.
      if (report.bytes_total > 0) advance(step, 0);
      deps.onChange(report);
    },

    stepAdvanced(fraction) {
      const { step } = report;
      if (step !== null) advance(step, Math.min(1, Math.max(0, fraction)));
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
        remaining_seconds: null,
      });
      if (error === null) learn(deps.pace, report);
      deps.onChange(report);
    },
  };
}

function learn(pace: StepPace, { timings_ms, bytes_total }: JobReport): void {
  for (const [step, durationMs] of Object.entries(timings_ms)) pace.learn(step as StepName, bytes_total, durationMs);
}

function percentBefore(step: StepName): number {
  return STEPS.slice(0, STEPS.indexOf(step)).reduce((sum, earlier) => sum + STEP_SHARES[earlier], 0);
}

function errorReport(error: ViewpointError, step: StepName | null): JobReport['error'] {
  return { code: error.code, message: error.message, step, retryable: error.retryable };
}
