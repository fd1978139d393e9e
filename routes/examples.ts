import type { Static } from 'typebox';
import type { JobReport } from '../src/domain/job.js';
import type { Viewpoint } from '../src/domain/viewpoint.js';
import { EXAMPLE_DEFINITION, EXAMPLE_VIEWPOINT_ID, type ViewpointStatusView } from './schemas.js';

/** What the answers to the examples of the requests look like, on the embedded backend as it stands. */

export const EXAMPLE_VIEWPOINT: Viewpoint = {
  viewpoint_id: EXAMPLE_VIEWPOINT_ID,
  ...EXAMPLE_DEFINITION,
  viewpoint_status: 'READY',
  local_object_path: `/ts-efs-volume/${EXAMPLE_VIEWPOINT_ID}/rgb-striped.tif`,
  error_message: null,
  expire_time: 4949118073,
};

const EXAMPLE_REPORT: JobReport = {
  step: 'publish',
  percent: 100,
  remaining_seconds: null,
  bytes_done: 9459378,
  bytes_total: 9459378,
  attempt: 1,
  replica: 'worker-1-4be1c0',
  correlation_id: '5b2e4568-cd4f-476b-a9ae-f97c2a25f993',
  started_at: '2026-11-24T11:01:11.063Z',
  updated_at: '2026-11-24T11:01:11.652Z',
  ended_at: '2026-11-24T11:01:11.652Z',
  timings_ms: { download: 144, pyramid: 371, metadata: 49, publish: 21 },
  error: null,
  image: {
    driver: 'GTiff',
    width: 2100,
    height: 1500,
    bands: 3,
    data_type: 'Byte',
    overviews: 'built',
    sensor_model: 'affine',
    no_footprint_reason: null,
    other_images: [],
    rejected_side_files: [],
  },
};

const RUNNING_REPORT: JobReport = {
  ...EXAMPLE_REPORT,
  step: 'download',
  percent: 14,
  remaining_seconds: 1,
  bytes_done: 4521984,
  updated_at: '2026-11-24T11:01:11.130Z',
  ended_at: null,
  timings_ms: {},
  image: null,
};

export const EXAMPLE_READY_STATUS: Static<typeof ViewpointStatusView> = { viewpoint_id: EXAMPLE_VIEWPOINT_ID, viewpoint_status: 'READY', ...EXAMPLE_REPORT };

export const EXAMPLE_RUNNING_STATUS: Static<typeof ViewpointStatusView> = { viewpoint_id: EXAMPLE_VIEWPOINT_ID, viewpoint_status: 'REQUESTED', ...RUNNING_REPORT };

export const EXAMPLE_EXECUTOR = {
  replica: 'worker-1-4be1c0',
  accepting: true,
  concurrency: 2,
  waiting_room: 100,
  running: [{ viewpoint_id: EXAMPLE_VIEWPOINT_ID, ...RUNNING_REPORT }],
  waiting: [],
};

const EXAMPLE_MESSAGE_ID = '0f1a3c5e-7d4b-4c0f-9f53-2f1d8a6b9c10';

export const EXAMPLE_DEAD_LETTERS = {
  messages: [
    {
      message_id: EXAMPLE_MESSAGE_ID,
      viewpoint_id: 'unlucky',
      viewpoint_status: 'FAILED',
      reason: 'The bucket "viewpoint-images" cannot be reached.',
      body: '{"viewpoint_id":"unlucky","viewpoint_status":"REQUESTED"}',
      attributes: {},
      receive_count: 4,
      sent_at: '2026-11-24T10:12:31.000Z',
    },
  ],
};

export const EXAMPLE_REDRIVEN = { messages: [{ message_id: EXAMPLE_MESSAGE_ID, viewpoint_id: 'unlucky', outcome: 'sent_back' }] };

/** `checks` as the readiness answers them. */
export function exampleReadiness(volumeDetail: string | null): object {
  const well = { ok: true, detail: null };
  const volume = { ok: volumeDetail === null, detail: volumeDetail };
  return { ready: volumeDetail === null, checks: { table: well, queue: well, volume, decoder: well, poller: well, executor: well } };
}

/** By the last part of the path. */
export const EXAMPLE_DOCUMENTS: Readonly<Record<string, object>> = {
  metadata: { metadata: { AREA_OR_POINT: 'Area' } },
  bounds: { bounds: [0, 0, 2100, 1500] },
  info: {
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        id: EXAMPLE_DEFINITION.viewpoint_name,
        geometry: { type: 'Polygon', coordinates: [[[-106.7, 35.2], [-106.7, 35.05], [-106.49, 35.05], [-106.49, 35.2], [-106.7, 35.2]]] },
        properties: {},
      },
    ],
  },
  statistics: {
    image_statistics: {
      driverShortName: 'GTiff',
      size: [2100, 1500],
      geoTransform: [-106.7, 0.0001, 0, 35.2, 0, -0.0001],
      bands: [{ band: 1, block: [2100, 1], type: 'Byte', colorInterpretation: 'Red', minimum: 11, maximum: 241, mean: 124.715, stdDev: 23.504, overviews: [{ size: [1050, 750] }] }],
    },
  },
};
