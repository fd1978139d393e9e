import type { StepName } from '../domain/job.js';

/** Who wants to know how a job gets on. */
export interface ProgressListener {
  stepStarted(step: StepName): void;
  /** Part of the running step that is done, 0 to 1. */
  stepAdvanced(fraction: number): void;
  downloaded(bytesDone: number, bytesTotal: number): void;
}
