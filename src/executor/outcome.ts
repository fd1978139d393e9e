import type { ViewpointError } from '../domain/errors.js';
import type { JobReport } from '../domain/job.js';
import type { ViewpointRecord } from '../domain/viewpoint-record.js';

/** How a job ended, for whoever submitted it. */
export type Outcome =
  /** The row says READY and every artifact is on the volume. */
  | { end: 'ready' }
  /** The row says FAILED with this cause. */
  | { end: 'failed'; error: ViewpointError }
  /** The row still says REQUESTED: another try may succeed. */
  | { end: 'again'; error: ViewpointError }
  /** There was nothing to do: the row is gone, deleted or has its end state; `record` is the row, null when gone. */
  | { end: 'settled'; record: ViewpointRecord | null }
  /** Another process holds the lease, until this time in epoch milliseconds unless it renews it. */
  | { end: 'leased_elsewhere'; until: number }
  /** The service is shutting down; the lease was given back. */
  | { end: 'handed_back' };

export interface JobRequest {
  viewpointId: string;
  correlationId: string | null;
  /** No later try will follow: a retryable error ends the viewpoint FAILED as well. */
  isLastChance: boolean;
}

export interface Job {
  readonly viewpointId: string;
  readonly isRunning: boolean;
  readonly outcome: Promise<Outcome>;
  report(): JobReport;
  /** Stops the job, which ends FAILED with code `cancelled`. */
  cancel(): void;
}
