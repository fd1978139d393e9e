import { cancelledError, ViewpointError } from '../domain/errors.js';
import { EMPTY_JOB_REPORT, type JobReport } from '../domain/job.js';
import type { ViewpointRecord } from '../domain/viewpoint-record.js';
import type { ViewpointTable } from '../storage/viewpoint-table.js';
import type { Completions } from './completions.js';
import type { Executor } from './executor.js';

/** Answers the row as it was. */
export type Cancel = (viewpointId: string) => Promise<ViewpointRecord>;

/** A job may begin or end between a look at its row and the word to stop it. */
const TRIES = 4;

/**
 * Cancels a viewpoint's job wherever it is: in this process by its signal, on another replica through the row, and one
 * that waits in a queue or in another replica by ending the row, which then tells whoever comes to it.
 * The function throws ViewpointError `viewpoint_not_found`, `not_processing`, `dependency_unavailable`.
 */
export function createCancel({ table, executor, completions, now }: { table: ViewpointTable; executor: Executor; completions: Completions; now: () => number }): Cancel {
  return async (viewpointId) => {
    for (let tries = 1; ; tries++) {
      const record = await table.get(viewpointId);
      if (record === null) throw new ViewpointError('viewpoint_not_found', `There is no viewpoint "${viewpointId}".`);
      const job = executor.find(viewpointId);
      job?.cancel();
      if (job !== undefined && !isHeldElsewhere(record, job.report())) return record;
      if (await table.requestCancel(record)) return record;
      const error = cancelledError();
      const report = cancelledReport(record.job, error);
      if (await table.failWaiting(viewpointId, { message: error.message, job: report, ended: (current) => completions.ended(current, 'FAILED', report) })) {
        completions.written(viewpointId);
        return record;
      }
      if (record.viewpoint_status !== 'REQUESTED' || tries === TRIES) {
        throw new ViewpointError('not_processing', `The viewpoint "${viewpointId}" is not being processed; its status is ${record.viewpoint_status}.`);
      }
    }
  };

  function isHeldElsewhere(record: ViewpointRecord, { replica }: JobReport): boolean {
    return record.lease_owner !== null && record.lease_owner !== replica && record.lease_expires_at > now();
  }

  function cancelledReport(former: JobReport | null, { code, message, retryable }: ViewpointError): JobReport {
    const timestamp = new Date(now()).toISOString();
    const report = former ?? { ...EMPTY_JOB_REPORT, step: 'waiting' };
    return { ...report, remaining_seconds: null, updated_at: timestamp, ended_at: timestamp, error: { code, message, step: report.step, retryable } };
  }
}
