import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { startEmbeddedAws, type EmbeddedAws } from '../../src/embedded/embedded-aws.js';
import { variablesOnAws } from '../support/program.js';
import { QUICK_TIMERS } from '../support/service.js';
import { connectTileServer, type TileServer } from '../support/tile-server.js';
import { replicaOf, startFaultProxy, type ProxyHooks } from './fault-proxy.js';
import { BUCKET } from './objects.js';
import type { Random } from './random.js';
import type { Tally } from './tally.js';
import { createWeather, type Weather } from './weather.js';
import { createWire, messageIdsIn, rowIn, type Wire } from './wire.js';

export const NAMES = { region: 'us-west-2', tableName: 'TSJobTable', queueName: 'TSJobQueue' };
/** Lease and visibility of the replicas, so short that a takeover takes seconds. */
export const LEASE_SECONDS = 4;
export const DECODER_TIMEOUT_SECONDS = 30;
/** So short that what a killed replica leaves is gone before it is judged what is left. */
export const SWEEP_INTERVAL_SECONDS = 5;

const CLOCK = fileURLToPath(new URL('./shifted-clock.js', import.meta.url));

/** Emulated AWS services with faults before them, a volume, and what a client needs. */
export interface World {
  readonly wire: Wire;
  /** Where replicas reach the services. */
  readonly endpoints: EmbeddedAws['endpoints'];
  readonly weather: Weather;
  readonly tileServer: TileServer;
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  /** Folder that holds the volume and nothing else. */
  readonly volumeFolder: string;
  readonly volume: string;
  /** Environment of a replica of that name. */
  variablesOf(name: string, changes?: Record<string, string>): Record<string, string>;
  close(): Promise<void>;
}

/** @param volumeFolder where the volume is to be, when not in the folder with all else. */
export async function startWorld(folder: string, random: Random, tally: Tally, volumeFolder = join(folder, 'shared')): Promise<World> {
  const wire = createWire();
  const weather = createWeather(random, tally);
  await mkdir(join(volumeFolder, 'volume'), { recursive: true });
  const aws = await startEmbeddedAws({
    ...NAMES,
    stateFolder: join(folder, 'aws'),
    bucketNames: [BUCKET],
    faults: async (request) => {
      const replica = replicaOf(request.headers);
      if (replica !== null && request.operation === 'GetObject' && wire.tell({ kind: 'download', replica }) === 'drop') return { kind: 'disconnect' };
      return await weather.s3(request);
    },
  });
  const [sqsProxy, dynamodbProxy] = await Promise.all([
    startFaultProxy(aws.endpoints.sqs, hooksOf('sqs', wire, weather)),
    startFaultProxy(aws.endpoints.dynamodb, hooksOf('dynamodb', wire, weather)),
  ]);
  const { credentials } = aws;
  const endpoints = { ...aws.endpoints, sqs: sqsProxy.url, dynamodb: dynamodbProxy.url };
  const dynamodb = new DynamoDBClient({ region: NAMES.region, endpoint: aws.endpoints.dynamodb, credentials });
  const sqs = new SQSClient({ region: NAMES.region, endpoint: aws.endpoints.sqs, credentials, useQueueUrlAsEndpoint: false });
  const tileServer = await connectTileServer({ ...NAMES, endpoints: aws.endpoints, credentials });
  return {
    wire,
    endpoints,
    weather,
    tileServer,
    dynamodb,
    sqs,
    volumeFolder,
    volume: join(volumeFolder, 'volume'),
    variablesOf: (name, changes = {}) => ({
      ...QUICK_TIMERS,
      ...variablesOnAws({ endpoints, credentials }, volumeFolder),
      REPLICA_NAME: name,
      AWS_SDK_UA_APP_ID: name,
      NODE_OPTIONS: `--import=${CLOCK}`,
      LEASE_SECONDS: String(LEASE_SECONDS),
      VISIBILITY_TIMEOUT_SECONDS: String(LEASE_SECONDS),
      VISIBILITY_HEARTBEAT_SECONDS: '1',
      SHUTDOWN_GRACE_SECONDS: '2',
      SWEEP_INTERVAL_SECONDS: String(SWEEP_INTERVAL_SECONDS),
      RETRY_BASE_MS: '100',
      JOB_TRIES: '5',
      DOWNLOAD_STALL_SECONDS: '1',
      DOWNLOAD_PART_MEGABYTES: '1',
      DECODER_TIMEOUT_SECONDS: String(DECODER_TIMEOUT_SECONDS),
      ...changes,
    }),
    async close() {
      dynamodb.destroy();
      sqs.destroy();
      tileServer.close();
      await Promise.all([sqsProxy.close(), dynamodbProxy.close()]);
      await aws.close();
    },
  };
}

function hooksOf(service: 'sqs' | 'dynamodb', wire: Wire, weather: Weather): ProxyHooks {
  return {
    called(call) {
      if (wire.tell({ kind: 'called', call }) === 'drop') return { kind: 'cut', isApplied: false };
      return weather.call(service, call);
    },
    answered: (call, output) => wire.tell({ kind: 'answered', call, row: rowIn(call, output), messageIds: messageIdsIn(call, output) }),
  };
}
