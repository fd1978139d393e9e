import { Type, type Static } from 'typebox';
import { ERROR_CODES } from './errors.js';
import { Nullable } from './nullable.js';

/** What a job does at a time, in this order. */
export const STEPS = ['waiting', 'download', 'pyramid', 'metadata', 'publish'] as const;
export type StepName = (typeof STEPS)[number];

/**
 * How the latest job of a viewpoint stands: kept in the row's attribute `job`, so that every replica can tell,
 * and answered by the status endpoint. Numbers are integers, since the tile server cuts fractions.
 */
export const JobReport = Type.Object({
  step: Nullable(Type.Enum([...STEPS], { description: 'What the job does now, or did last.' })),
  percent: Type.Integer({ minimum: 0, maximum: 100, description: 'Done of the whole job, in percent; never goes back, not even when another attempt begins anew.' }),
  remaining_seconds: Nullable(Type.Integer({ minimum: 0, description: 'Estimate of the time until the job ends, in seconds; null while it waits and once it has ended.' })),
  bytes_done: Type.Integer({ minimum: 0, description: 'Downloaded so far, in bytes.' }),
  bytes_total: Type.Integer({ minimum: 0, description: 'To be downloaded, in bytes; 0 while unknown.' }),
  attempt: Type.Integer({ minimum: 0, description: 'Leased runs of the viewpoint so far, this one included.' }),
  replica: Nullable(Type.String({ description: 'Service process that ran the job last.' })),
  correlation_id: Nullable(Type.String({ description: 'Identifier on every log line of the job.' })),
  started_at: Nullable(Type.String({ format: 'date-time', description: 'When the job began.' })),
  updated_at: Nullable(Type.String({ format: 'date-time', description: 'When this report was made.' })),
  ended_at: Nullable(Type.String({ format: 'date-time', description: 'When the job ended.' })),
  timings_ms: Type.Object(
    {
      download: Type.Optional(Type.Integer({ minimum: 0, description: 'Downloading the image and what lies beside it. In milliseconds.' })),
      pyramid: Type.Optional(Type.Integer({ minimum: 0, description: 'Statistics, overviews and verification tile, less what was done during the download. In milliseconds.' })),
      metadata: Type.Optional(Type.Integer({ minimum: 0, description: 'Georeference and documents. In milliseconds.' })),
      publish: Type.Optional(Type.Integer({ minimum: 0, description: 'Bringing the files to disk and into place. In milliseconds.' })),
    },
    { description: 'Duration of each finished step, in milliseconds.' },
  ),
  error: Nullable(
    Type.Object(
      {
        code: Type.Enum([...ERROR_CODES], { description: 'What went wrong, for programs.' }),
        message: Type.String({ description: 'What went wrong and what to do, for people.' }),
        step: Nullable(Type.Enum([...STEPS], { description: 'Where it went wrong.' })),
        retryable: Type.Boolean({ description: 'Whether another try can end differently.' }),
      },
      { description: 'Why the job failed, or why its last try did.' },
    ),
  ),
  image: Nullable(
    Type.Object(
      {
        driver: Type.String({ description: 'GDAL driver that reads the image.' }),
        width: Type.Integer({ description: 'Columns, in pixels.' }),
        height: Type.Integer({ description: 'Rows, in pixels.' }),
        bands: Type.Integer({ description: 'Number of raster bands.' }),
        data_type: Type.String({ description: 'GDAL data type of the first band.' }),
        overviews: Type.String({ description: 'internal, delivered, built or none.' }),
        sensor_model: Nullable(Type.String({ description: 'What placed the corners on Earth.' })),
        no_footprint_reason: Nullable(Type.String({ description: 'Why the footprint is null.' })),
        other_images: Type.Array(Type.String(), { description: 'What else the file holds, such as further image segments of a NITF; the first that shows a scene is used.' }),
        rejected_side_files: Type.Array(Type.String(), { description: 'Side files that came with the image but could not be used, and why.' }),
      },
      { description: 'What the image turned out to be.' },
    ),
  ),
});
export type JobReport = Static<typeof JobReport>;

export const EMPTY_JOB_REPORT: JobReport = {
  step: null,
  percent: 0,
  remaining_seconds: null,
  bytes_done: 0,
  bytes_total: 0,
  attempt: 0,
  replica: null,
  correlation_id: null,
  started_at: null,
  updated_at: null,
  ended_at: null,
  timings_ms: {},
  error: null,
  image: null,
};
