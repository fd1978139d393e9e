import type { Static } from 'typebox';
import type { ViewpointRecord } from '../src/domain/viewpoint-record.js';
import { currentReport } from '../src/executor/current-report.js';
import type { Job } from '../src/executor/outcome.js';
import type { ViewpointStatusView } from './schemas.js';

/** How a viewpoint and its latest job stand. */
export function statusView(record: ViewpointRecord, job: Job | undefined): Static<typeof ViewpointStatusView> {
  const { viewpoint_id, viewpoint_status } = record;
  return { viewpoint_id, viewpoint_status, ...currentReport(record, job) };
}
