import type { Logger } from 'pino';
import type { App } from '../app.js';
import type { Config } from '../config/config.js';
import { NO_TRACING, type Tracing } from '../domain/tracing.js';
import { within } from '../domain/within.js';
import type { Executor } from '../executor/executor.js';
import { createObjectIntake } from '../executor/object-intake.js';
import { startSweep } from '../executor/sweep.js';
import { createMetrics } from '../metrics/metrics.js';
import { registerSampledGauges } from '../metrics/sampled-gauges.js';
import { createServiceClock } from '../storage/service-clock.js';
import type { QueuePoller } from '../triggers/queue-poller.js';
import { startRecovery } from '../triggers/recovery.js';
import { authenticationOf } from './authentication.js';
import { createHttpSide } from './http-side.js';
import { createJobs } from './jobs.js';
import { createNotifications, type Notifications } from './notifications.js';
import { refuseSilentPoller, startQueueSide } from './queue-side.js';
import { createResources, refuseMissing, type AwsPlace } from './resources.js';
import type { WebhookOptions } from './webhooks.js';

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
  aws?: AwsPlace;
  environment: Readonly<Record<string, string | undefined>>;
  /** How SNS is reached, when it is not as usual. */
  snsDispatcher?: WebhookOptions['snsDispatcher'];
  /** Off when absent; ended with the service. */
  tracing?: Tracing;
}

/** A worker that has written nothing for so many leases has none any more. */
const QUIET_LEASES = 2;
/** Beyond the wait of a receive call, how long a stop waits for calls under way, in seconds. */
const HANG_SECONDS = 2;
/** Receives before the dead-letter queue in the tile server's deployment. */
const RECEIVES_OF_A_MESSAGE = 3;

/**
 * Wires the whole service and starts it: HTTP, queue poller and recovery over one executor.
 * @throws ViewpointError `dependency_missing` when the table or the queue does not exist, `volume_failed`; Error when the port cannot be used. Nothing is left running then.
 */
export async function startService({ config, log, version, aws, environment, tracing = NO_TRACING, snsDispatcher }: ServiceOptions): Promise<Service> {
  const clock = createServiceClock();
  const now = () => clock.now();
  const leaseMs = config.LEASE_SECONDS * 1000;
  const authenticate = authenticationOf(config);
  const metrics = createMetrics({ version });
  const resources = createResources({ config, aws, metrics, tracing, clock });
  const { table, volume, queue, clients } = resources;
  /** In the order in which it is opened. */
  const opened: (() => unknown)[] = [() => tracing.stop(), () => metrics.close(), () => clients.close(), () => volume.settled()];
  const free = async () => {
    for (const close of opened.toReversed()) await close();
  };
  let notifications: Notifications;
  try {
    await refuseMissing(resources, log);
    notifications = await createNotifications({ config, aws: resources.settings, table, log, version, now, onTried: (outcome) => metrics.webhookDelivery(outcome) });
  } catch (error) {
    await free();
    throw error;
  }
  const { completions, deliverer } = notifications;
  const stop = new AbortController();
  const stopping = stop.signal;
  const jobs = createJobs({ config, log, resources, completions, metrics, tracing, environment, stopping, now });
  const { executor } = jobs;
  opened.push(() => jobs.decoder.close());
  const objectIntake = createObjectIntake({ table, rules: config.eventRules, now, timeToLiveDays: config.DDB_TTL_DAYS, claimMs: leaseMs });

  let poller: QueuePoller | undefined;
  registerSampledGauges(metrics.registry, { executor, volume, queueDepth: () => queue.depth(), queueSilentMs: () => poller?.silentMs() ?? null, now });
  const checkPoller = () => Promise.resolve().then(() => refuseSilentPoller(poller, executor.freeSlots(), config.RECEIVE_WAIT_SECONDS));
  const http = await createHttpSide({
    config,
    log,
    version,
    resources,
    jobs,
    objectIntake,
    notifications,
    authenticate,
    metrics,
    tracing,
    healthChecks: [...jobs.checks, { name: 'poller', check: checkPoller }],
    snsDispatcher,
    stopping,
    now,
  }).catch(async (error: unknown) => {
    await notifications.stop();
    await free();
    throw error;
  });
  if (config.POLLER_ENABLED) poller = startQueueSide({ config, log, resources, jobs, objectIntake, tracing, stopping, now });
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
  const sweep = startSweep({ table, volume, log, intervalMs: config.SWEEP_INTERVAL_SECONDS * 1000, quietMs: QUIET_LEASES * leaseMs, now });

  return {
    app: http.app,
    executor,
    url: http.url,
    async stop(graceSeconds) {
      const stopByMs = performance.now() + (config.RECEIVE_WAIT_SECONDS + HANG_SECONDS) * 1000;
      const pollerStopped = poller?.stop();
      const recoveryStopped = Promise.all([recovery.stop(), sweep.stop()]);
      await executor.drain(graceSeconds * 1000);
      stop.abort(new Error('the service is shutting down'));
      http.hangUp();
      // Calls that get no answer would otherwise go on for as long as their retries take.
      await within(Math.max(HANG_SECONDS * 1000, stopByMs - performance.now()), () => Promise.all([pollerStopped, recoveryStopped, notifications.stop()])).catch((error: unknown) => log.warn({ err: error }, 'not everything was given back'));
      await http.close();
      await free();
    },
    abort: () => executor.abort(),
  };
}
