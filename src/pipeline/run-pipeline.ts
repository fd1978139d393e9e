import { imageFileName } from '../domain/artifacts.js';
import { ViewpointError, type ErrorCode } from '../domain/errors.js';
import type { JobReport, StepName } from '../domain/job.js';
import { untilAborted } from '../domain/until-aborted.js';
import { refuseUnusable } from '../domain/usable-definition.js';
import { definitionOf, type Lease, type ViewpointRecord } from '../domain/viewpoint-record.js';
import type { DecoderPool } from '../imagery/decoder-pool.js';
import type { MetadataReport, PyramidReport } from '../imagery/protocol.js';
import type { DiskRoom, Reservation } from '../storage/disk-room.js';
import type { ObjectDownloader, WrittenFile } from '../storage/s3-download.js';
import type { Scratch } from '../storage/scratch.js';
import type { Volume } from '../storage/volume.js';
import { createDecoding, type DecodingLimits } from './decoding.js';
import { download } from './download-step.js';
import { createHeadStart, type HeadStartConditions } from './head-start.js';
import { createIdleCoresWatch } from './idle-cores.js';
import type { ProgressListener } from './progress.js';

export interface PipelineDeps {
  downloader: ObjectDownloader;
  decoder: DecoderPool;
  volume: Volume;
  room: DiskRoom;
  limits: DecodingLimits;
  /** Whether statistics take in every pixel of large images too. */
  exactStatistics: boolean;
  /** null: any bucket. */
  allowedBuckets: readonly string[] | null;
  /** Carries out each step, so that it can be traced. */
  observeStep?: <Result>(step: StepName, carryOut: () => Promise<Result>) => Promise<Result>;
  /** By which it is decided whether to work on an image while it is downloaded; the machine's own unless given. */
  headStart?: HeadStartConditions;
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
  const localObjectPath = volume.imagePath(record.viewpoint_id, fileName);
  const otherScratches = await volume.otherScratches(lease);
  const inStep = <Result>(step: StepName, carryOut: () => Promise<Result>): Promise<Result> => {
    progress.stepStarted(step);
    const work = deps.observeStep === undefined ? carryOut() : deps.observeStep(step, carryOut);
    // What winds down after an abort (a killed decoder, a file on its way to the disk) may take seconds and changes
    // nothing outside the scratch folder; a publication does.
    return step === 'publish' ? work : untilAborted(work, signal);
  };
  const over = new AbortController();
  const safeSignal = AbortSignal.any([signal, over.signal]);
  const decoding = createDecoding(deps, { record, imagePath: scratch.pathOf(fileName), publishedPath: localObjectPath, reservation, signal: safeSignal, progress });
  const headStart = createHeadStart((arriving) => decoding.pyramid(arriving), deps.headStart ?? { now: () => performance.now(), hasIdleCores: createIdleCoresWatch() });
  let files: WrittenFile | undefined;
  try {
    const { onArriving } = headStart;
    files = await inStep('download', () => download({ downloader, volume }, { definition: definitionOf(record), fileName, scratch, otherScratches, reservation, signal, progress, onArriving }));
    const { onDisk } = files;
    // From here on the image can be read, and is still on its way to the disk.
    onDisk.catch((error: unknown) => over.abort(error));
    const pyramid = await inStep('pyramid', () => headStart.finish() ?? decoding.pyramid());
    const metadata = await inStep('metadata', () => decoding.metadata());
    await inStep('publish', () =>
      volume.publish(scratch, record.viewpoint_id, fileName, async () => {
        await onDisk;
        await run.confirm();
        safeSignal.throwIfAborted();
      }),
    );
    return { localObjectPath, image: imageOf(pyramid, metadata) };
  } finally {
    over.abort(new Error('the attempt is over'));
    // Nothing goes on in the folder when this attempt has come to its own end.
    if (!signal.aborted) await Promise.all([headStart.ended(), files?.onDisk.catch(() => undefined)]);
  }
}

function imageOf(pyramid: PyramidReport, metadata: MetadataReport): PipelineResult['image'] {
  return {
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
  };
}
