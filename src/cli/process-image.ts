import { randomUUID } from 'node:crypto';
import { readdir, realpath, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { LocalImage } from '../composition/local-image.js';
import { ARTIFACT_SUFFIXES, imageFileName } from '../domain/artifacts.js';
import { ViewpointError } from '../domain/errors.js';
import type { JobReport } from '../domain/job.js';
import { requestedViewpoint } from '../domain/viewpoint.js';
import { createJobTracker } from '../executor/job-tracker.js';
import { createStepPace } from '../executor/step-pace.js';
import { runPipeline } from '../pipeline/run-pipeline.js';
import { createDiskRoom } from '../storage/disk-room.js';
import { makeFolder } from '../storage/make-folder.js';
import { UsageError, type ProcessOptions } from './command-line.js';
import { withDecoder } from './decoding.js';
import { viewpointIdOf } from './image-id.js';
import { createLocalFolder } from './local-folder.js';
import { createLocalObjects } from './local-objects.js';
import type { ProgressBar } from './progress-bar.js';

export interface ProcessResult {
  image: NonNullable<JobReport['image']>;
  /** In the folder, the image first. */
  files: { path: string; bytes: number }[];
  timings_ms: JobReport['timings_ms'];
}

/** What stands in the definition where the service has a bucket. */
const NO_BUCKET = 'local-files';
/** Nothing else works on what is asked for here. */
const ATTEMPT = 1;

/**
 * The service's own steps on a local file: all artifacts appear in the folder together, or none does.
 * @throws UsageError, ViewpointError; the signal's reason after an abort.
 */
export async function processImage(options: ProcessOptions, source: LocalImage, progress: ProgressBar, signal: AbortSignal): Promise<ProcessResult> {
  const fileName = imageFileName(source.path);
  const folder = await madeFolder(resolve(options.out));
  // Artifacts of the service replace those beside the image, which may be somebody's own.
  const holders = [await realpath(dirname(source.path)), dirname(await realpath(source.path))]; // of the name given, and of the file behind a link
  if (holders.includes(await realpath(folder))) throw new UsageError('--out must be another folder than the one that holds the image.');

  const volume = createLocalFolder(folder);
  const lease = { viewpointId: options.id ?? viewpointIdOf(fileName), owner: `command-line-${randomUUID()}`, attempt: ATTEMPT };
  const definition = { viewpoint_name: options.name ?? fileName, bucket_name: NO_BUCKET, object_key: source.path, tile_size: options.tileSize, range_adjustment: options.rangeAdjustment };
  const unused = { lease_expires_at: 0, cancel_requested: 0, job: null, object_version: null, requests: null, callback_urls: [], completions: [], delivery_due_at: 0, delivery_version: 0 };
  const record = { ...requestedViewpoint(lease.viewpointId, definition, 0), ...unused, lease_owner: lease.owner, attempt: ATTEMPT };
  const tracker = createJobTracker({ replica: lease.owner, correlationId: null, now: () => Date.now(), pace: createStepPace(), onChange: (report) => progress.show(report) });
  const show = () => progress.show(tracker.report());

  const scratch = await volume.openScratch(lease);
  try {
    const { image } = await withDecoder(({ decoder, timeoutMs, timeoutMsPerGigasample, maximumSamples, exactStatistics }) =>
      runPipeline(
        { downloader: createLocalObjects(), decoder, volume, room: createDiskRoom({ root: folder, freeBytes: () => volume.freeBytes() }), allowedBuckets: null, limits: { maximumSamples, decoderTimeoutMs: timeoutMs, decoderTimeoutMsPerGigasample: timeoutMsPerGigasample }, exactStatistics },
        {
          record,
          lease,
          signal,
          progress: {
            stepStarted: (step) => tracker.stepStarted(step),
            stepAdvanced(fraction) {
              tracker.stepAdvanced(fraction);
              show();
            },
            downloaded(bytesDone, bytesTotal) {
              tracker.downloaded(bytesDone, bytesTotal);
              show();
            },
          },
          confirm: () => Promise.resolve(),
        },
      ),
    );
    tracker.ended(null);
    return { image, files: await filesOf(folder, fileName), timings_ms: tracker.report().timings_ms };
  } finally {
    await rm(scratch.folder, { recursive: true, force: true });
  }
}

async function madeFolder(folder: string): Promise<string> {
  try {
    await makeFolder(folder);
    return folder;
  } catch (error) {
    const { code } = (error as ViewpointError).cause as NodeJS.ErrnoException;
    throw code === 'EEXIST' || code === 'ENOTDIR' ? new UsageError(`--out ${folder} is not a folder.`, { cause: error }) : error;
  }
}

async function filesOf(folder: string, fileName: string): Promise<ProcessResult['files']> {
  const names = new Set(await readdir(folder));
  const ours = ['', ...Object.values(ARTIFACT_SUFFIXES)].map((suffix) => fileName + suffix).filter((name) => names.has(name));
  if (ours.length === 0) throw new ViewpointError('volume_failed', `The files that were put into ${folder} are gone.`);
  return Promise.all(ours.map(async (name) => ({ path: join(folder, name), bytes: (await stat(join(folder, name))).size })));
}
