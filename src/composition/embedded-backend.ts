import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { EMPTY_JOB_REPORT } from '../domain/job.js';
import { viewpointOf, type ViewpointRecord } from '../domain/viewpoint-record.js';
import { createAwsClients, type AwsClients, type AwsSettings } from '../storage/aws-clients.js';
import { makeFolder } from '../storage/make-folder.js';
import { createViewpointTable, type ViewpointTable } from '../storage/viewpoint-table.js';
import { createJobQueue } from '../triggers/job-queue.js';
import { putSampleObjects, samplesFolder } from './sample-objects.js';

/** Bucket of the embedded backend that holds the sample images, and takes those of the demo. */
export const EMBEDDED_BUCKET = 'viewpoint-images';

export interface EmbeddedBackend {
  aws: Required<Pick<AwsSettings, 'endpoints' | 'credentials'>>;
  close(): Promise<void>;
}

/**
 * Starts S3, SQS and DynamoDB in this process. Messages do not outlive the process, so every viewpoint that was still
 * waiting gets a new one, and leases of the former process are void.
 * @throws Error when the state folder is in use by another process; ViewpointError when it cannot be made.
 */
export async function startEmbeddedBackend(config: Config, log: Logger): Promise<EmbeddedBackend> {
  await makeFolder(config.EMBEDDED_STATE_DIR);
  // Only this backend needs the emulators, which are development dependencies.
  const { startEmbeddedAws } = await import('../embedded/embedded-aws.js');
  const embedded = await startEmbeddedAws({
    stateFolder: config.EMBEDDED_STATE_DIR,
    tableName: config.JOB_TABLE,
    queueName: config.JOB_QUEUE,
    bucketNames: [EMBEDDED_BUCKET],
    region: config.region,
  });
  const backend: EmbeddedBackend = { aws: { endpoints: embedded.endpoints, credentials: embedded.credentials }, close: () => embedded.close() };
  const clients = createAwsClients({ ...backend.aws, region: config.region, receiveWaitSeconds: 0 });
  try {
    await putSampleObjects(clients.s3, EMBEDDED_BUCKET, samplesFolder(config.EMBEDDED_STATE_DIR));
    await enqueueUnfinished(config, clients, log);
    return backend;
  } catch (error) {
    await embedded.close();
    throw error;
  } finally {
    clients.close();
  }
}

async function enqueueUnfinished(config: Config, clients: AwsClients, log: Logger): Promise<void> {
  const table = createViewpointTable({ dynamodb: clients.dynamodb, tableName: config.JOB_TABLE, now: () => Date.now() });
  const queue = createJobQueue(clients.sqs, { queueName: config.JOB_QUEUE, visibilityTimeoutSeconds: config.VISIBILITY_TIMEOUT_SECONDS, receiveWaitSeconds: 0 });
  for await (const record of requestedViewpoints(table)) {
    await voidLease(table, record);
    await queue.send(viewpointOf(record), null);
    log.info({ viewpointId: record.viewpoint_id }, 'viewpoint was waiting, queued again');
  }
}

async function* requestedViewpoints(table: ViewpointTable): AsyncGenerator<ViewpointRecord> {
  let after: string | null | undefined;
  while (after !== null) {
    const page = await table.list({ status: 'REQUESTED', limit: 1000, ...(after === undefined ? {} : { after }) });
    yield* page.records;
    after = page.nextAfter;
  }
}

async function voidLease(table: ViewpointTable, record: ViewpointRecord): Promise<void> {
  const { viewpoint_id: viewpointId, lease_owner: owner, attempt, job } = record;
  if (owner === null) await table.claim(viewpointId, 0);
  else await table.releaseLease({ viewpointId, owner, attempt }, job ?? EMPTY_JOB_REPORT);
}
