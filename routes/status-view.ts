import type { Static } from 'typebox';
import { EMPTY_JOB_REPORT } from '../src/domain/job.js';
import type { ViewpointRecord } from '../src/domain/viewpoint-record.js';
import type { Job } from '../src/executor/outcome.js';
import type { ViewpointStatusView } from './schemas.js';

/** How a viewpoint stands: the report of its job in this process, which is the freshest, else the one in its row. */
export function statusView(record: ViewpointRecord, job: Job | undefined): Static<typeof ViewpointStatusView> {
  const { viewpoint_id, viewpoint_status } = record;
  return { viewpoint_id, viewpoint_status, ...(job?.report() ?? record.job ?? EMPTY_JOB_REPORT) };
}
