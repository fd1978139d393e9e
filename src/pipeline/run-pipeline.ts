import { imageFileName } from '../domain/artifacts.js';
import { ViewpointError, type ErrorCode } from '../domain/errors.js';
import type { JobReport, StepName } from '../domain/job.js';
import { untilAborted } from '../domain/until-aborted.js';
import { refuseUnusable } from '../domain/usable-definition.js';
import { definitionOf, type Lease, type ViewpointRecord } from '../domain/viewpoint-record.js';
import type { DecoderPool } from '../imagery/decoder-pool.js';
import type { ImageSize } from '../imagery/protocol.js';
import type { DiskRoom, Reservation } from '../storage/disk-room.js';
import type { ObjectDownloader } from '../storage/s3-download.js';
import type { Scratch } from '../storage/scratch.js';
import type { Volume } from '../storage/volume.js';
import { download } from './download-step.js';
import type { ProgressListener } from './progress.js';
import { SPARE_BYTES } from './spare-room.js';

export interface PipelineDeps {
  downloader: ObjectDownloader;
  decoder: DecoderPool;
  volume: Volume;
  room: DiskRoom;
  limits: {
    /** Largest columns × rows × bands that is accepted. */
    maximumSamples: number;
    /** Longest that the decoder may take for one step of an image, in milliseconds, whatever its size … */
    decoderTimeoutMs: number;
    /** … and beyond that for each 10^9 samples. */
    decoderTimeoutMsPerGigasample: number;
  };
  /** Whether statistics take in every pixel of large images too. */
  exactStatistics: boolean;
  /** null: any bucket. */
  allowedBuckets: readonly string[] | null;
  /** Carries out each step, so that it can be traced. */
  observeStep?: <Result>(step: StepName, carryOut: () => Promise<Result>) => Promise<Result>;
}

export interface PipelineRun {
  record: ViewpointRecord;
  lease: Lease;
  signal: AbortSignal;
  progress: ProgressListener;
  /** Throws unless the attempt still holds its lease on an unchanged viewpoint; asked just before anything becomes visible. */
  confirm: () => Promise<void>;
}

export interface PipelineResult {
  /** Where the image now lies on the volume. */
  localObjectPath: string;
  image: NonNullable<JobReport['image']>;
}

/** What a decoder makes of a write that the disk did not take, as well as of an image that is at fault. */
const CODES_OF_FAILED_WRITES: readonly ErrorCode[] = ['image_corrupt', 'volume_failed', 'decoder_crashed', 'internal_error'];

/**
 * Download, pyramid, metadata and publication of one viewpoint. Nothing is visible on the volume until all of it
 * is made; what a former run of the same attempt left in its scratch folder is used again where it is whole.
 * @throws ViewpointError of the step that failed; the signal's reason after an abort, at once unless files are being published.
 */
export async function runPipeline(deps: PipelineDeps, run: PipelineRun): Promise<PipelineResult> {
  refuseUnusable(definitionOf(run.record), deps.allowedBuckets);
  const scratch = await deps.volume.openScratch(run.lease);
  const reservation = deps.room.reservationFor(scratch.folder);
  const decoderUsed = deps.decoder.expect();
  try {
    return await runSteps(deps, run, scratch, reservation);
  } catch (error) {
    if (!run.signal.aborted && error instanceof ViewpointError && CODES_OF_FAILED_WRITES.includes(error.code) && (await deps.volume.isFull(scratch))) {
      throw new ViewpointError('disk_full', `The volume ${deps.volume.root} ran out of room for the artifacts. Delete viewpoints or enlarge the volume.`, { cause: error });
    }
    throw error;
  } finally {
    decoderUsed();
    reservation.release();
  }
}

async function runSteps(deps: PipelineDeps, run: PipelineRun, scratch: Scratch, reservation: Reservation): Promise<PipelineResult> {
  const { downloader, volume } = deps;
  const { record, lease, signal, progress } = run;
  const fileName = imageFileName(record.object_key);
  const otherScratches = await volume.otherScratches(lease);
  const inStep = <Result>(step: StepName, carryOut: () => Promise<Result>): Promise<Result> => {
    progress.stepStarted(step);
    const work = deps.observeStep === undefined ? carryOut() : deps.observeStep(step, carryOut);
    // What winds down after an abort (a killed decoder, a file on its way to the disk) may take seconds and changes
    // nothing outside the scratch folder; a publication does.
    return step === 'publish' ? work : untilAborted(work, signal);
  };
  const files = await inStep('download', () => download({ downloader, volume }, { definition: definitionOf(record), fileName, scratch, otherScratches, reservation, signal, progress }));
  const unsafe = new AbortController();
  files.onDisk.catch((error: unknown) => unsafe.abort(error));
  try {
    const safe = { ...run, signal: AbortSignal.any([signal, unsafe.signal]) };
    return await workOn(deps, safe, { fileName, scratch, reservation, onDisk: files.onDisk }, inStep);
  } finally {
    // Nothing goes on in the folder when this attempt has come to its own end.
    if (!signal.aborted) await files.onDisk.catch(() => undefined);
  }
}

interface Brought {
  fileName: string;
  scratch: Scratch;
  reservation: Reservation;
  onDisk: Promise<void>;
}

type InStep = <Result>(step: StepName, carryOut: () => Promise<Result>) => Promise<Result>;

/** All that is done with an image that can be read, and is still on its way to the disk. */
async function workOn(deps: PipelineDeps, { record, signal, progress, confirm }: PipelineRun, { fileName, scratch, reservation, onDisk }: Brought, inStep: InStep): Promise<PipelineResult> {
  const { decoder, volume, limits, exactStatistics } = deps;
  const imagePath = scratch.pathOf(fileName);
  const localObjectPath = volume.imagePath(record.viewpoint_id, fileName);
  let decoderTimeoutMs = limits.decoderTimeoutMs;
  const onProgress = (fraction: number) => progress.stepAdvanced(fraction);

  async function onSized({ samples, sideFileBytes }: ImageSize): Promise<number> {
    await reservation.reserve(sideFileBytes + SPARE_BYTES, signal);
    decoderTimeoutMs = limits.decoderTimeoutMs + (samples / 1e9) * limits.decoderTimeoutMsPerGigasample;
    return decoderTimeoutMs;
  }

  const pyramid = await inStep('pyramid', () =>
    decoder.run(
      'pyramid',
      { imagePath, tileSize: record.tile_size, rangeAdjustment: record.range_adjustment, maximumSamples: limits.maximumSamples, exactStatistics },
      { signal, timeoutMs: decoderTimeoutMs, onProgress, onSized },
    ),
  );

  const metadata = await inStep('metadata', () =>
    decoder.run(
      'metadata',
      { imagePath, publishedPath: localObjectPath, viewpointName: record.viewpoint_name, viewpointId: record.viewpoint_id },
      { signal, timeoutMs: decoderTimeoutMs, onProgress },
    ),
  );

  await inStep('publish', () =>
    volume.publish(scratch, record.viewpoint_id, fileName, async () => {
      await onDisk;
      await confirm();
      signal.throwIfAborted();
    }),
  );
  return {
    localObjectPath,
    image: {
      driver: pyramid.driver,
      width: pyramid.width,
      height: pyramid.height,
      bands: pyramid.bandCount,
      data_type: pyramid.dataType,
      overviews: pyramid.overviews,
      sensor_model: metadata.sensorModel,
      no_footprint_reason: metadata.noFootprintReason,
      other_images: pyramid.otherImages,
      rejected_side_files: pyramid.rejectedSideFiles,
    },
  };
}
