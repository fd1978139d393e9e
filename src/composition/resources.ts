import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { messageOf, ViewpointError, type ErrorCode } from '../domain/errors.js';
import type { Tracing } from '../domain/tracing.js';
import { within } from '../domain/within.js';
import type { Metrics } from '../metrics/metrics.js';
import { observedDownloader, observedQueue } from '../metrics/observed-parts.js';
import { createAwsClients, type AwsClients, type AwsSettings } from '../storage/aws-clients.js';
import { createObjectDownloader, type ObjectDownloader } from '../storage/s3-download.js';
import type { ServiceClock } from '../storage/service-clock.js';
import { createViewpointTable, type ViewpointTable } from '../storage/viewpoint-table.js';
import { createVolume, type Volume } from '../storage/volume.js';
import { createJobQueue, type JobQueue } from '../triggers/job-queue.js';
import { observedCalls } from './traced-work.js';

/** Where AWS is, when it is not what the configuration says. */
export type AwsPlace = Pick<AwsSettings, 'endpoints' | 'credentials'>;

/** What the service works on and shares with other replicas. */
export interface Resources {
  settings: AwsSettings;
  clients: AwsClients;
  table: ViewpointTable;
  volume: Volume;
  queue: JobQueue;
  downloader: ObjectDownloader;
}

export interface ResourcesOptions {
  config: Config;
  aws: AwsPlace | undefined;
  metrics: Metrics;
  tracing: Tracing;
  clock: ServiceClock;
}

/** Health checks are answered soon even where what is needed gives no answer. */
const START_CHECK_MS = 5000;
const FATAL_AT_START: readonly ErrorCode[] = ['dependency_missing', 'volume_failed'];

/** Connects to nothing yet. */
export function createResources({ config, aws, metrics, tracing, clock }: ResourcesOptions): Resources {
  const now = () => clock.now();
  const settings: AwsSettings = { ...awsSettings(config, aws), onDate: (date) => clock.heard(date), observeCall: observedCalls(metrics, tracing, now) };
  const clients = createAwsClients(settings);
  const queue = createJobQueue(clients.sqs, {
    queueName: config.JOB_QUEUE,
    visibilityTimeoutSeconds: config.VISIBILITY_TIMEOUT_SECONDS,
    receiveWaitSeconds: config.RECEIVE_WAIT_SECONDS,
    traceHeaders: () => tracing.headers(),
  });
  const downloader = createObjectDownloader({
    s3: clients.s3,
    options: {
      partSizeBytes: config.DOWNLOAD_PART_MEGABYTES * 1e6,
      connections: config.DOWNLOAD_CONNECTIONS,
      stallTimeoutMs: config.DOWNLOAD_STALL_SECONDS * 1000,
      minimumBytesPerSecond: config.DOWNLOAD_MINIMUM_KILOBYTES_PER_SECOND * 1000,
    },
  });
  return {
    settings,
    clients,
    table: createViewpointTable({ dynamodb: clients.dynamodb, tableName: config.JOB_TABLE, now }),
    volume: createVolume(config.volumeRoot),
    queue: observedQueue(queue, metrics, now),
    downloader: observedDownloader(downloader, metrics),
  };
}

/**
 * What does not exist will not appear by itself; what cannot be reached may, and readiness tells of it meanwhile.
 * @throws ViewpointError `dependency_missing` when the table or the queue does not exist, `volume_failed`.
 */
export async function refuseMissing({ volume, table, queue }: Resources, log: Logger): Promise<void> {
  const refuse = async (check: () => Promise<void>) => {
    try {
      await within(START_CHECK_MS, check);
    } catch (error) {
      if (error instanceof ViewpointError && FATAL_AT_START.includes(error.code)) throw error;
      log.warn({ err: error }, `starting without it: ${messageOf(error)}`);
    }
  };
  await Promise.all([() => volume.checkWritable(), () => table.check(), () => queue.check()].map(refuse));
}

function awsSettings(config: Config, aws: AwsPlace | undefined): AwsSettings {
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
