import type { Logger } from 'pino';
import type { HealthCheck } from '../../routes/context.js';
import type { Config } from '../config/config.js';
import { inSpan, type Tracing } from '../domain/tracing.js';
import type { Completions } from '../executor/completions.js';
import { createExecutor, type Executor } from '../executor/executor.js';
import { runJob, type RunJobDeps } from '../executor/run-job.js';
import { createSurroundings, type Surroundings } from '../executor/surroundings.js';
import { createDecoderPool, type DecoderPool } from '../imagery/decoder-pool.js';
import type { Metrics } from '../metrics/metrics.js';
import { observedJob } from '../metrics/observed-job.js';
import { observedDecoder } from '../metrics/observed-parts.js';
import { runPipeline, type PipelineDeps } from '../pipeline/run-pipeline.js';
import { SPARE_BYTES } from '../pipeline/spare-room.js';
import { createDiskRoom } from '../storage/disk-room.js';
import { checkS3Reach } from '../storage/s3-reach.js';
import type { Resources } from './resources.js';
import { tracedJob } from './traced-work.js';

export interface Jobs {
  executor: Executor;
  decoder: DecoderPool;
  surroundings: Surroundings;
  /** What jobs cannot do without. */
  checks: HealthCheck[];
}

export interface JobsOptions {
  config: Config;
  log: Logger;
  resources: Resources;
  completions: Completions;
  metrics: Metrics;
  tracing: Tracing;
  environment: Readonly<Record<string, string | undefined>>;
  stopping: AbortSignal;
  now: () => number;
}

const MEGABYTE = 1024 * 1024;
/** A busy machine may take a while to load GDAL. */
const DECODER_PROBE_TIMEOUT_MS = 15_000;
const RETRY_MAXIMUM_MS = 60_000;

/** Puts together what carries out jobs: executor, pipeline and decoders. */
export function createJobs({ config, log, resources, completions, metrics, tracing, environment, stopping, now }: JobsOptions): Jobs {
  const { table, volume, queue, clients } = resources;
  const decoder = observedDecoder(
    createDecoderPool({
      memoryLimitBytes: config.DECODER_MEMORY_MEGABYTES * MEGABYTE,
      warmChildren: config.EXECUTOR_CONCURRENCY,
      environment,
      onStart: () => metrics.decoderStarted(),
    }),
    metrics,
  );
  const checks = {
    table: { name: 'table', check: () => table.check() },
    queue: { name: 'queue', check: () => queue.check() },
    s3: { name: 's3', check: () => checkS3Reach(clients.s3, config.allowedBuckets?.[0]) },
    volume: { name: 'volume', check: () => volume.checkRoom(SPARE_BYTES) },
    decoder: { name: 'decoder', check: () => decoder.check(DECODER_PROBE_TIMEOUT_MS, stopping) },
  };
  const surroundings = createSurroundings({ surroundings: [checks.table, checks.s3, checks.volume, checks.decoder], log });

  const pipeline: PipelineDeps = {
    downloader: resources.downloader,
    decoder,
    volume,
    room: createDiskRoom({ root: volume.root, freeBytes: () => volume.freeBytes() }),
    limits: {
      maximumSamples: config.MAX_IMAGE_GIGASAMPLES * 1e9,
      decoderTimeoutMs: config.DECODER_TIMEOUT_SECONDS * 1000,
      decoderTimeoutMsPerGigasample: config.DECODER_TIMEOUT_SECONDS_PER_GIGASAMPLE * 1000,
    },
    exactStatistics: config.EXACT_STATISTICS,
    allowedBuckets: config.allowedBuckets,
    observeStep: (step, carryOut) => inSpan(tracing, step, {}, carryOut),
  };
  const job: RunJobDeps = {
    table,
    volume,
    pipeline: (pipelineRun) => runPipeline(pipeline, pipelineRun),
    completions,
    owner: config.replica,
    now,
    isOutage: (error) => surroundings.isOutage(error),
    lease: { leaseMs: config.LEASE_SECONDS * 1000, heartbeatMs: config.LEASE_HEARTBEAT_SECONDS * 1000, reportMs: config.PROGRESS_INTERVAL_SECONDS * 1000 },
    retries: { tries: config.JOB_TRIES, baseMs: config.RETRY_BASE_MS, maximumMs: RETRY_MAXIMUM_MS },
  };
  const executor = createExecutor({
    run: tracedJob(tracing, observedJob(metrics, now, (run) => runJob(job, run))),
    replica: config.replica,
    now,
    log,
    concurrency: config.EXECUTOR_CONCURRENCY,
    waitingRoom: config.EXECUTOR_WAITING_ROOM,
  });
  return { executor, decoder, surroundings, checks: Object.values(checks) };
}
