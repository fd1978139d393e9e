import { rm } from 'node:fs/promises';
import { imageFileName } from '../domain/artifacts.js';
import type { JobReport, StepName } from '../domain/job.js';
import { definitionOf, type Lease, type ViewpointRecord } from '../domain/viewpoint-record.js';
import type { DecoderPool } from '../imagery/decoder-pool.js';
import type { ObjectDownloader } from '../storage/s3-download.js';
import type { Volume } from '../storage/volume.js';
import { download } from './download-step.js';
import type { ProgressListener } from './progress.js';

export interface PipelineDeps {
  downloader: ObjectDownloader;
  decoder: DecoderPool;
  volume: Volume;
  limits: {
    /** Largest columns × rows × bands that is accepted. */
    maximumSamples: number;
    /** Longest that the decoder may take for one step of one image, in milliseconds. */
    decoderTimeoutMs: number;
  };
  /** Whether statistics take in every pixel of large images too. */
  exactStatistics: boolean;
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

/**
 * Download, pyramid, metadata and publication of one viewpoint. Nothing is visible on the volume until all of it
 * is made; what a former run of the same attempt left in its scratch folder is used again where it is whole.
 * @throws ViewpointError of the step that failed; the signal's reason after an abort.
 */
export async function runPipeline(deps: PipelineDeps, { record, lease, signal, progress, confirm }: PipelineRun): Promise<PipelineResult> {
  const { downloader, decoder, volume, limits, exactStatistics } = deps;
  const fileName = imageFileName(record.object_key);
  const scratch = await volume.openScratch(lease);
  const otherScratches = await volume.otherScratches(lease);
  const imagePath = scratch.pathOf(fileName);
  const localObjectPath = volume.imagePath(record.viewpoint_id, fileName);
  const runOptions = {
    signal,
    timeoutMs: limits.decoderTimeoutMs,
    onProgress: (fraction: number) => progress.stepAdvanced(fraction),
  };

  const inStep = <Result>(step: StepName, carryOut: () => Promise<Result>): Promise<Result> => {
    progress.stepStarted(step);
    return deps.observeStep === undefined ? carryOut() : deps.observeStep(step, carryOut);
  };

  await inStep('download', async () => {
    await download({ downloader, volume }, { definition: definitionOf(record), fileName, scratch, otherScratches, signal, progress });
    await Promise.all(otherScratches.map(({ folder }) => rm(folder, { recursive: true, force: true })));
  });

  const pyramid = await inStep('pyramid', () =>
    decoder.run(
      'pyramid',
      { imagePath, tileSize: record.tile_size, rangeAdjustment: record.range_adjustment, maximumSamples: limits.maximumSamples, exactStatistics },
      runOptions,
    ),
  );

  const metadata = await inStep('metadata', () =>
    decoder.run('metadata', { imagePath, publishedPath: localObjectPath, viewpointName: record.viewpoint_name, viewpointId: record.viewpoint_id }, runOptions),
  );

  await inStep('publish', async () => {
    await confirm();
    signal.throwIfAborted();
    await volume.publish(scratch, record.viewpoint_id, fileName);
  });
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
