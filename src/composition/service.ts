import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { createPageTokens } from '../../routes/page-tokens.js';
import { buildApp, type App } from '../app.js';
import type { Config } from '../config/config.js';
import { createDeliveryLog } from '../deliveries/delivery-log.js';
import { messageOf, ViewpointError, type ErrorCode } from '../domain/errors.js';
import { within } from '../domain/within.js';
import { inSpan, NO_TRACING, type Tracing } from '../domain/tracing.js';
import { createCancel } from '../executor/cancel.js';
import { createDeadLetters } from '../executor/dead-letters.js';
import { createExecutor, type Executor } from '../executor/executor.js';
import { createIntake } from '../executor/intake.js';
import { createObjectIntake } from '../executor/object-intake.js';
import { runJob } from '../executor/run-job.js';
import { createSurroundings } from '../executor/surroundings.js';
import { startSweep } from '../executor/sweep.js';
import { createViewpointWatch } from '../executor/viewpoint-watch.js';
import { createDecoderPool } from '../imagery/decoder-pool.js';
import { createMetrics } from '../metrics/metrics.js';
import { observedJob } from '../metrics/observed-job.js';
import { observedDecoder, observedDownloader, observedQueue } from '../metrics/observed-parts.js';
import { registerSampledGauges } from '../metrics/sampled-gauges.js';
import { createWebhooks, type WebhookOptions } from './webhooks.js';
import { createPreviews } from '../pipeline/previews.js';
import { SPARE_BYTES } from '../pipeline/spare-room.js';
import { runPipeline, type PipelineDeps } from '../pipeline/run-pipeline.js';
import { createArtifactStore } from '../storage/artifact-store.js';
import { createAwsClients, type AwsSettings } from '../storage/aws-clients.js';
import { createDiskRoom } from '../storage/disk-room.js';
import { checkS3Reach } from '../storage/s3-reach.js';
import { createObjectDownloader } from '../storage/s3-download.js';
import { createViewpointTable } from '../storage/viewpoint-table.js';
import { createVolume } from '../storage/volume.js';
import { createDeadLetterQueue } from '../triggers/dead-letter-queue.js';
import { createJobQueue } from '../triggers/job-queue.js';
import { createMessageHandler } from '../triggers/message-handler.js';
import { startQueuePoller, type QueuePoller } from '../triggers/queue-poller.js';
import { startRecovery } from '../triggers/recovery.js';
import { authenticationOf } from './authentication.js';
import { createNotifications, type Notifications } from './notifications.js';
import { observedCalls, tracedHandler, tracedJob } from './traced-work.js';

export interface Service {
  readonly app: App;
  readonly executor: Executor;
  /** Base URL of the HTTP side, as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Takes no more work, lets jobs end for so long, hands the rest back, and frees everything. */
  stop(graceSeconds: number): Promise<void>;
  /** Cuts a running `stop` short: hands everything back at once. */
  abort(): void;
}

export interface ServiceOptions {
  config: Config;
  log: Logger;
  version: string;
  /** Where AWS is, when it is not what the configuration says. */
  aws?: Pick<AwsSettings, 'endpoints' | 'credentials'>;
  environment: Readonly<Record<string, string | undefined>>;
  /** How SNS is reached, when it is not as usual. */
  snsDispatcher?: WebhookOptions['snsDispatcher'];
  /** Off when absent; ended with the service. */
  tracing?: Tracing;
}

const MEGABYTE = 1024 * 1024;
/** Health checks are answered soon even where what is needed gives no answer. */
const START_CHECK_MS = 5000;
const FATAL_AT_START: readonly ErrorCode[] = ['dependency_missing', 'volume_failed'];
/** A busy machine may take a while to load GDAL. */
const DECODER_PROBE_TIMEOUT_MS = 15_000;
/** A poller that has not heard of SQS for so many receive waits is stuck. */
const SILENT_RECEIVES = 3;
/** A worker that has written nothing for so many leases has none any more. */
const QUIET_LEASES = 2;
/** Beyond the wait of a receive call, how long a stop waits for calls under way, in seconds. */
const HANG_SECONDS = 2;
/** Receives before the dead-letter queue in the tile server's deployment. */
const RECEIVES_OF_A_MESSAGE = 3;
const RETRY_MAXIMUM_MS = 60_000;
/** As often as a job writes its progress to the row. */
const WATCH_POLL_MS = 1000;
/** Waits for what does not pass within the tries of one job. */
const AGAIN_BACKOFF = { baseMs: 30_000, maximumMs: 900_000 };

/**
 * Wires the whole service and starts it: HTTP, queue poller and recovery over one executor.
 * @throws ViewpointError `dependency_missing` when the table or the queue does not exist, `volume_failed`.
 */
export async function startService({ config, log, version, aws, environment, tracing = NO_TRACING, snsDispatcher }: ServiceOptions): Promise<Service> {
  const now = () => Date.now();
  const leaseMs = config.LEASE_SECONDS * 1000;
  const authenticate = authenticationOf(config);
  const metrics = createMetrics({ version });
  const settings: AwsSettings = { ...awsSettings(config, aws), observeCall: observedCalls(metrics, tracing, now) };
  const clients = createAwsClients(settings);
  const table = createViewpointTable({ dynamodb: clients.dynamodb, tableName: config.JOB_TABLE, now });
  const volume = createVolume(config.volumeRoot);
  const plainQueue = createJobQueue(clients.sqs, {
    queueName: config.JOB_QUEUE,
    visibilityTimeoutSeconds: config.VISIBILITY_TIMEOUT_SECONDS,
    receiveWaitSeconds: config.RECEIVE_WAIT_SECONDS,
    traceHeaders: () => tracing.headers(),
  });
  const queue = observedQueue(plainQueue, metrics, now);
  const plainDownloader = createObjectDownloader({
    s3: clients.s3,
    options: {
      partSizeBytes: config.DOWNLOAD_PART_MEGABYTES * 1e6,
      connections: config.DOWNLOAD_CONNECTIONS,
      stallTimeoutMs: config.DOWNLOAD_STALL_SECONDS * 1000,
      minimumBytesPerSecond: config.DOWNLOAD_MINIMUM_KILOBYTES_PER_SECOND * 1000,
    },
  });
  const downloader = observedDownloader(plainDownloader, metrics);
  let notifications: Notifications;
  try {
    await refuseMissing([() => volume.checkWritable(), () => table.check(), () => queue.check()], log);
    notifications = await createNotifications({ config, aws: settings, table, log, version, now, onTried: (outcome) => metrics.webhookDelivery(outcome) });
  } catch (error) {
    clients.close();
    metrics.close();
    throw error;
  }
  const { completions, deliverer, rules } = notifications;
  const decoder = observedDecoder(
    createDecoderPool({
      memoryLimitBytes: config.DECODER_MEMORY_MEGABYTES * MEGABYTE,
      warmChildren: config.EXECUTOR_CONCURRENCY,
      environment,
      onStart: () => metrics.decoderStarted(),
    }),
    metrics,
  );
  const limits = {
    maximumSamples: config.MAX_IMAGE_GIGASAMPLES * 1e9,
    decoderTimeoutMs: config.DECODER_TIMEOUT_SECONDS * 1000,
    decoderTimeoutMsPerGigasample: config.DECODER_TIMEOUT_SECONDS_PER_GIGASAMPLE * 1000,
  };
  const room = createDiskRoom({ root: volume.root, freeBytes: () => volume.freeBytes() });
  const pipelineDeps: PipelineDeps = {
    downloader,
    decoder,
    volume,
    room,
    limits,
    exactStatistics: config.EXACT_STATISTICS,
    allowedBuckets: config.allowedBuckets,
    observeStep: (step, carryOut) => inSpan(tracing, step, {}, carryOut),
  };
  const stopping = new AbortController();
  const checks = {
    table: { name: 'table', check: () => table.check() },
    queue: { name: 'queue', check: () => queue.check() },
    s3: { name: 's3', check: () => checkS3Reach(clients.s3, config.allowedBuckets?.[0]) },
    volume: { name: 'volume', check: () => volume.checkRoom(SPARE_BYTES) },
    decoder: { name: 'decoder', check: () => decoder.check(DECODER_PROBE_TIMEOUT_MS, stopping.signal) },
  };
  const surroundings = createSurroundings({ surroundings: [checks.table, checks.s3, checks.volume, checks.decoder], log });
  const executor = createExecutor({
    run: tracedJob(
      tracing,
      observedJob(metrics, now, (run) =>
        runJob(
          {
            table,
            volume,
            pipeline: (pipelineRun) => runPipeline(pipelineDeps, pipelineRun),
            completions,
            owner: config.replica,
            now,
            isOutage: (error) => surroundings.isOutage(error),
            lease: { leaseMs, heartbeatMs: config.LEASE_HEARTBEAT_SECONDS * 1000, reportMs: config.PROGRESS_INTERVAL_SECONDS * 1000 },
            retries: { tries: config.JOB_TRIES, baseMs: config.RETRY_BASE_MS, maximumMs: RETRY_MAXIMUM_MS },
          },
          run,
        ),
      ),
    ),
    replica: config.replica,
    now,
    log,
    concurrency: config.EXECUTOR_CONCURRENCY,
    waitingRoom: config.EXECUTOR_WAITING_ROOM,
  });
  const intake = createIntake({
    table,
    executor,
    completions,
    handOver: (viewpoint, correlationId) => queue.send(viewpoint, correlationId),
    now,
    timeToLiveDays: config.DDB_TTL_DAYS,
    claimMs: leaseMs,
    allowedBuckets: config.allowedBuckets,
    onNoteError: (error, viewpointId) => log.warn({ err: error, viewpointId }, 'answer not kept for repeated requests'),
    onHandOverError: (error, viewpointId) => log.error({ err: error, viewpointId }, 'viewpoint not handed over, left to the search for abandoned ones'),
  });

  const watch = createViewpointWatch({ table, executor, log, pollMs: WATCH_POLL_MS, maximumWatchers: config.EVENT_STREAMS });
  const objectIntake = createObjectIntake({
    table,
    rules: config.eventRules,
    now,
    timeToLiveDays: config.DDB_TTL_DAYS,
    claimMs: leaseMs,
  });
  const webhooks = createWebhooks({ config, intake, objectIntake, checkedCallback: (url) => rules.checked(url), now, log, snsDispatcher });

  let poller: QueuePoller | undefined;
  const artifacts = createArtifactStore(table, volume);
  registerSampledGauges(metrics.registry, { executor, volume, queueDepth: () => queue.depth(), queueSilentMs: () => poller?.silentMs() ?? null, now });
  const app = await buildApp({
    log,
    version,
    rootPath: config.rootPath,
    access: { authenticate, requestsPerMinute: config.RATE_LIMIT_PER_MINUTE },
    observation: { tracing, onAnswer: (answer) => metrics.httpAnswered(answer) },
    corsOrigins: config.corsOrigins,
    trustProxy: config.trustProxy,
    requestTimeoutMs: config.REQUEST_TIMEOUT_SECONDS * 1000,
    context: {
      intake,
      cancel: createCancel({ table, executor, completions, now }),
      watch,
      heartbeatMs: config.EVENT_HEARTBEAT_SECONDS * 1000,
      deliveryLog: createDeliveryLog({ table, deliverer, now }),
      checkedCallback: (url) => rules.checked(url),
      executor,
      deadLetters: createDeadLetters({ queue: createDeadLetterQueue(clients.sqs, { queueName: config.JOB_QUEUE, rules: config.eventRules }), table, now, claimMs: leaseMs }),
      table,
      artifacts,
      previews: createPreviews({ artifacts, decoder, signal: stopping.signal }),
      receiveSns: webhooks.receiveSns,
      receiveEvent: webhooks.receiveEvent,
      pageTokens: createPageTokens(config.PAGE_TOKEN_SECRET ?? randomBytes(32).toString('hex')),
      metrics: { contentType: metrics.registry.contentType, text: () => metrics.registry.metrics() },
      healthChecks: [...Object.values(checks), { name: 'poller', check: () => Promise.resolve().then(refuseSilentPoller) }],
    },
  });

  function refuseSilentPoller(): void {
    if (poller === undefined || executor.freeSlots() === 0) return;
    const silentSeconds = Math.round(poller.silentMs() / 1000);
    const limitSeconds = Math.max(30, SILENT_RECEIVES * config.RECEIVE_WAIT_SECONDS);
    if (silentSeconds > limitSeconds) throw new Error(`the queue has not answered for ${silentSeconds} s`);
  }

  await app.listen({ host: config.host, port: config.PORT });
  if (config.POLLER_ENABLED) {
    const handle = createMessageHandler({
      queue,
      executor,
      table,
      surroundings,
      objectIntake,
      log,
      now,
      visibilityTimeoutSeconds: config.VISIBILITY_TIMEOUT_SECONDS,
      heartbeatSeconds: config.VISIBILITY_HEARTBEAT_SECONDS,
      leaseMs,
      againBackoff: AGAIN_BACKOFF,
      stopping: stopping.signal,
    });
    poller = startQueuePoller({ queue, executor, handle: tracedHandler(tracing, config.JOB_QUEUE, handle), whenWell: (signal) => surroundings.whenWell(signal), log });
  }
  const recovery = startRecovery({
    table,
    executor,
    log,
    now,
    intervalMs: config.RECOVERY_INTERVAL_SECONDS * 1000,
    leaseMs,
    messageLifeMs: RECEIVES_OF_A_MESSAGE * config.VISIBILITY_TIMEOUT_SECONDS * 1000,
    onDeliveries: (found) => found.forEach(({ viewpointId, dueAt }) => deliverer.dueElsewhere(viewpointId, dueAt)),
  });
  const sweep = startSweep({ table, volume, log, intervalMs: config.SWEEP_INTERVAL_SECONDS * 1000, quietMs: QUIET_LEASES * leaseMs });

  return {
    app,
    executor,
    url: listeningUrl(app),
    async stop(graceSeconds) {
      const stopByMs = performance.now() + (config.RECEIVE_WAIT_SECONDS + HANG_SECONDS) * 1000;
      const pollerStopped = poller?.stop();
      const recoveryStopped = Promise.all([recovery.stop(), sweep.stop()]);
      await executor.drain(graceSeconds * 1000);
      stopping.abort(new Error('the service is shutting down'));
      watch.close();
      // Calls that get no answer would otherwise go on for as long as their retries take.
      await within(Math.max(HANG_SECONDS * 1000, stopByMs - performance.now()), () => Promise.all([pollerStopped, recoveryStopped, notifications.stop()])).catch((error: unknown) => log.warn({ err: error }, 'not everything was given back'));
      await app.close();
      await webhooks.close();
      await decoder.close();
      await volume.settled();
      clients.close();
      metrics.close();
      await tracing.stop();
    },
    abort: () => executor.abort(),
  };
}

/** What does not exist will not appear by itself; what cannot be reached may, and readiness tells of it meanwhile. */
async function refuseMissing(checks: (() => Promise<void>)[], log: Logger): Promise<void> {
  const refuse = async (check: () => Promise<void>) => {
    try {
      await within(START_CHECK_MS, check);
    } catch (error) {
      if (error instanceof ViewpointError && FATAL_AT_START.includes(error.code)) throw error;
      log.warn({ err: error }, `starting without it: ${messageOf(error)}`);
    }
  };
  await Promise.all(checks.map(refuse));
}

function awsSettings(config: Config, aws: ServiceOptions['aws']): AwsSettings {
  const all = config.AWS_ENDPOINT_URL;
  return {
    region: config.region,
    endpoints: aws?.endpoints ?? {
      s3: config.AWS_ENDPOINT_URL_S3 ?? config.AWS_S3_ENDPOINT ?? all,
      sqs: config.AWS_ENDPOINT_URL_SQS ?? all,
      dynamodb: config.AWS_ENDPOINT_URL_DYNAMODB ?? all,
      sts: config.AWS_ENDPOINT_URL_STS ?? all,
    },
    ...(aws?.credentials === undefined ? {} : { credentials: aws.credentials }),
    roleArn: aws === undefined ? config.STS_ARN : undefined,
    receiveWaitSeconds: config.RECEIVE_WAIT_SECONDS,
  };
}

function listeningUrl(app: App): string {
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the service listens on no TCP port');
  const isAny = address.address === '0.0.0.0' || address.address === '::';
  const host = isAny ? '127.0.0.1' : address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
