import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import type { HealthCheck } from '../../routes/context.js';
import { createPageTokens } from '../../routes/page-tokens.js';
import { buildApp, type App } from '../app.js';
import type { Config } from '../config/config.js';
import { createDeliveryLog } from '../deliveries/delivery-log.js';
import type { Authenticate } from '../domain/access.js';
import type { Tracing } from '../domain/tracing.js';
import { createCancel } from '../executor/cancel.js';
import { createDeadLetters } from '../executor/dead-letters.js';
import { createIntake } from '../executor/intake.js';
import type { ObjectIntake } from '../executor/object-intake.js';
import { createViewpointWatch } from '../executor/viewpoint-watch.js';
import type { Metrics } from '../metrics/metrics.js';
import { createPreviews } from '../pipeline/previews.js';
import { createArtifactStore } from '../storage/artifact-store.js';
import { createDeadLetterQueue } from '../triggers/dead-letter-queue.js';
import type { Jobs } from './jobs.js';
import type { Notifications } from './notifications.js';
import type { Resources } from './resources.js';
import { createWebhooks, type WebhookOptions } from './webhooks.js';

export interface HttpSide {
  app: App;
  /** Base URL, as `http://127.0.0.1:8080`. */
  url: string;
  /** Ends what would keep the app from closing, as streams of events. */
  hangUp(): void;
  close(): Promise<void>;
}

export interface HttpSideOptions {
  config: Config;
  log: Logger;
  version: string;
  resources: Resources;
  jobs: Jobs;
  objectIntake: ObjectIntake;
  notifications: Notifications;
  authenticate: Authenticate | null;
  metrics: Metrics;
  tracing: Tracing;
  healthChecks: readonly HealthCheck[];
  snsDispatcher: WebhookOptions['snsDispatcher'];
  stopping: AbortSignal;
  now: () => number;
}

/** As often as a job writes its progress to the row. */
const WATCH_POLL_MS = 1000;

/**
 * Puts together what answers HTTP requests, and listens.
 * @throws Error when the port is taken or may not be used; nothing is left then.
 */
export async function createHttpSide(options: HttpSideOptions): Promise<HttpSide> {
  const { config, log, version, resources, jobs, objectIntake, notifications, metrics, tracing, stopping, now } = options;
  const { table, queue, volume, clients } = resources;
  const { executor, decoder } = jobs;
  const { completions, deliverer, rules } = notifications;
  const claimMs = config.LEASE_SECONDS * 1000;
  const checkedCallback = (url: string) => rules.checked(url);

  const intake = createIntake({
    table,
    executor,
    completions,
    handOver: (viewpoint, correlationId) => queue.send(viewpoint, correlationId),
    now,
    timeToLiveDays: config.DDB_TTL_DAYS,
    claimMs,
    allowedBuckets: config.allowedBuckets,
    onNoteError: (error, viewpointId) => log.warn({ err: error, viewpointId }, 'answer not kept for repeated requests'),
    onHandOverError: (error, viewpointId) => log.error({ err: error, viewpointId }, 'viewpoint not handed over, left to the search for abandoned ones'),
  });
  const watch = createViewpointWatch({ table, executor, log, pollMs: WATCH_POLL_MS, maximumWatchers: config.EVENT_STREAMS });
  const webhooks = createWebhooks({ config, intake, objectIntake, checkedCallback, now, log, snsDispatcher: options.snsDispatcher });
  const artifacts = createArtifactStore(table, volume);
  const app = await buildApp({
    log,
    version,
    rootPath: config.rootPath,
    access: { authenticate: options.authenticate, requestsPerMinute: config.RATE_LIMIT_PER_MINUTE },
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
      checkedCallback,
      executor,
      deadLetters: createDeadLetters({ queue: createDeadLetterQueue(clients.sqs, { queueName: config.JOB_QUEUE, rules: config.eventRules }), table, now, claimMs }),
      table,
      artifacts,
      previews: createPreviews({ artifacts, decoder, signal: stopping }),
      receiveSns: webhooks.receiveSns,
      receiveEvent: webhooks.receiveEvent,
      pageTokens: createPageTokens(config.PAGE_TOKEN_SECRET ?? randomBytes(32).toString('hex')),
      metrics: { contentType: metrics.registry.contentType, text: () => metrics.registry.metrics() },
      healthChecks: options.healthChecks,
    },
  });
  const close = async () => {
    await app.close();
    await webhooks.close();
  };
  try {
    await app.listen({ host: config.host, port: config.PORT });
    return { app, url: listeningUrl(app), hangUp: () => watch.close(), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function listeningUrl(app: App): string {
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the service listens on no TCP port');
  const isAny = address.address === '0.0.0.0' || address.address === '::';
  const host = isAny ? '127.0.0.1' : address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
