import { Type, type Static } from 'typebox';
import { eventType } from './completion.js';
import { JobReport } from './job.js';
import type { ViewpointRecord } from './viewpoint-record.js';
import { Viewpoint, type ViewpointStatus } from './viewpoint.js';

const { viewpoint_id, viewpoint_name, bucket_name, object_key, viewpoint_status } = Viewpoint.properties;
const { attempt, replica, correlation_id, started_at, ended_at, timings_ms, error, image } = JobReport.properties;

/** The end of a job as an event (CloudEvents 1.0.2, JSON format 1.0.2, structured mode). */
export const CompletionEvent = Type.Object(
  {
    specversion: Type.Literal('1.0', { description: 'Of CloudEvents.' }),
    id: Type.String({ description: 'The same in all tries, and that of the header `webhook-id`: an event whose id was seen before may be ignored.' }),
    source: Type.String({ description: 'The service, as `urn:viewpoint-worker:<region>:<table>`.' }),
    type: Type.String({ description: '`viewpoint.ready` or `viewpoint.failed`.' }),
    subject: Type.String({ description: 'The viewpoint id.' }),
    time: Type.String({ format: 'date-time', description: 'When the job ended.' }),
    datacontenttype: Type.Literal('application/json', { description: 'Of `data`.' }),
    data: Type.Object({ viewpoint_id, viewpoint_name, bucket_name, object_key, viewpoint_status, attempt, replica, correlation_id, started_at, ended_at, timings_ms, error, image }, { description: 'The viewpoint and how its job ended.' }),
  },
  { $id: 'CompletionEvent', description: 'The end of a job (CloudEvents 1.0, structured JSON).' },
);
export type CompletionEvent = Static<typeof CompletionEvent>;

export function completionEvent(options: { id: string; source: string; time: string; record: ViewpointRecord; status: ViewpointStatus; job: JobReport }): CompletionEvent {
  const { id, source, time, record, status, job } = options;
  return {
    specversion: '1.0',
    id,
    source,
    type: eventType(status),
    subject: record.viewpoint_id,
    time: job.ended_at ?? time,
    datacontenttype: 'application/json',
    data: {
      viewpoint_id: record.viewpoint_id,
      viewpoint_name: record.viewpoint_name,
      bucket_name: record.bucket_name,
      object_key: record.object_key,
      viewpoint_status: status,
      attempt: Math.max(record.attempt, job.attempt),
      replica: job.replica,
      correlation_id: job.correlation_id,
      started_at: job.started_at,
      ended_at: job.ended_at,
      timings_ms: job.timings_ms,
      error: job.error,
      image: job.image,
    },
  };
}
