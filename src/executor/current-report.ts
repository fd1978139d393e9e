import { EMPTY_JOB_REPORT, type JobReport } from '../domain/job.js';
import type { ViewpointRecord } from '../domain/viewpoint-record.js';
import type { Job } from './outcome.js';

/**
 * How the latest job of a viewpoint stands: by the job in this process, which is the freshest, else by the row. A job
 * here that has not begun says less than the row of one that runs on another replica.
 */
export function currentReport(record: ViewpointRecord, job: Job | undefined): JobReport {
  const report = job?.report();
  if (report === undefined) return record.job ?? EMPTY_JOB_REPORT;
  return record.job !== null && report.attempt < record.job.attempt ? record.job : report;
}
