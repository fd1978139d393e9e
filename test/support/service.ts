import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { Dispatcher } from 'undici';
import { EMBEDDED_BUCKET, type EmbeddedBackend } from '../../src/composition/embedded-backend.js';
import { blackOut } from '../../src/composition/log.js';
import { start } from '../../src/composition/start.js';
import { tracingSettings } from '../../src/composition/tracing-settings.js';
import { readConfig, type Config } from '../../src/config/config.js';
import { startTracing } from '../../src/tracing/start-tracing.js';
import { endOf, postProcess, request, type Answer, type StatusAnswer } from './http.js';
import { connectTileServer, type Definition, type TileServer } from './tile-server.js';

export interface TestService extends Omit<TileServer, 'putObject' | 'close'> {
  readonly url: string;
  readonly config: Config;
  /** Where the embedded services are. */
  readonly aws: EmbeddedBackend['aws'];
  /** Every line of the service's log so far. */
  readonly logLines: readonly Record<string, unknown>[];
  /** Puts an object into the embedded backend's bucket. */
  putObject(key: string, body: Buffer | string): Promise<void>;
  request(path: string, init?: RequestInit): Promise<Answer>;
  process(viewpointId: string, body?: object, headers?: Record<string, string>): Promise<Answer>;
  /** The status once it is READY or FAILED. */
  endOf(viewpointId: string): Promise<StatusAnswer>;
  stop(): Promise<void>;
}

export interface TestServiceOptions {
  /** Environment variables of the service, over the quick ones. */
  variables?: Readonly<Record<string, string>>;
  /** Buckets, table and volume of a former service; they stay when this one stops. */
  stateFolder?: string;
  /** What plays SNS. */
  snsDispatcher?: Dispatcher;
}

/** Short intervals, so that nothing waits for a timer that is long only for the sake of real networks. */
export const QUICK_TIMERS: Readonly<Record<string, string>> = {
  LEASE_SECONDS: '4',
  LEASE_HEARTBEAT_SECONDS: '1',
  PROGRESS_INTERVAL_SECONDS: '1',
  RECOVERY_INTERVAL_SECONDS: '1',
  RETRY_BASE_MS: '1',
};

/** Starts the service on the embedded backend, in this process, with a folder of its own. */
export async function startTestService({ variables = {}, stateFolder, snsDispatcher }: TestServiceOptions = {}): Promise<TestService> {
  const folder = stateFolder ?? (await mkdtemp(join(tmpdir(), 'viewpoint-e2e-')));
  const config = readConfig({ ...QUICK_TIMERS, PORT: '0', LOG_LEVEL: 'debug', VIEWPOINT_BACKEND: 'embedded', EMBEDDED_STATE_DIR: folder, ...variables });
  const logLines: Record<string, unknown>[] = [];
  const logSink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logLines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  const tracing = await startTracing(tracingSettings(config, '0.0.0'));
  const log = pino({ level: config.LOG_LEVEL, mixin: () => tracing.logFields(), ...blackOut(config.secrets) }, logSink);
  const started = await start({ config, log, version: '0.0.0', environment: process.env, tracing, ...(snsDispatcher === undefined ? {} : { snsDispatcher }) });
  if (started.backend === null) throw new Error('the test service runs on the embedded backend');
  const tileServer = await connectTileServer({ ...started.backend.aws, region: config.region, tableName: config.JOB_TABLE, queueName: config.JOB_QUEUE });
  const { url } = started.service;

  return {
    ...tileServer,
    url,
    config,
    aws: started.backend.aws,
    logLines,
    putObject: (key, body) => tileServer.putObject(EMBEDDED_BUCKET, key, body),
    request: (path, init) => request(url + path, init),
    process: (viewpointId, body, headers) => postProcess(url, viewpointId, body, headers),
    endOf: (viewpointId) => endOf(url, viewpointId),
    async stop() {
      tileServer.close();
      await started.stop(0);
      if (stateFolder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The definition of a viewpoint of one of the bucket's objects. */
export function definitionOf(objectKey: string, changes: Partial<Definition> = {}): Definition {
  return { viewpoint_name: 'Sample image', bucket_name: EMBEDDED_BUCKET, object_key: objectKey, tile_size: 512, range_adjustment: 'NONE', ...changes };
}

export function newId(prefix: string): string {
  return `${prefix}-${randomUUID().slice(0, 8)}`;
}

/** Answers 200 once the job has ended. */
export const WAIT = { prefer: 'wait=120' };
