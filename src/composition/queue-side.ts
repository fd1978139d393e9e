import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import type { Tracing } from '../domain/tracing.js';
import type { ObjectIntake } from '../executor/object-intake.js';
import { createMessageHandler } from '../triggers/message-handler.js';
import { startQueuePoller, type QueuePoller } from '../triggers/queue-poller.js';
import type { Jobs } from './jobs.js';
import type { Resources } from './resources.js';
import { tracedHandler } from './traced-work.js';

export interface QueueSideOptions {
  config: Config;
  log: Logger;
  resources: Resources;
  jobs: Jobs;
  objectIntake: ObjectIntake;
  tracing: Tracing;
  stopping: AbortSignal;
  now: () => number;
}

/** A poller that has not heard of SQS for so many receive waits is stuck. */
const SILENT_RECEIVES = 3;
/** Waits for what does not pass within the tries of one job. */
const AGAIN_BACKOFF = { baseMs: 30_000, maximumMs: 900_000 };

/** Starts to take messages from the queue. */
export function startQueueSide({ config, log, resources, jobs, objectIntake, tracing, stopping, now }: QueueSideOptions): QueuePoller {
  const { queue, table } = resources;
  const { executor, surroundings } = jobs;
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
    leaseMs: config.LEASE_SECONDS * 1000,
    againBackoff: AGAIN_BACKOFF,
    stopping,
  });
  return startQueuePoller({ queue, executor, handle: tracedHandler(tracing, config.JOB_QUEUE, handle), whenWell: (signal) => surroundings.whenWell(signal), log });
}

/** @throws Error when a poller that has room for messages has not heard of SQS for too long. */
export function refuseSilentPoller(poller: QueuePoller | undefined, freeSlots: number, receiveWaitSeconds: number): void {
  if (poller === undefined || freeSlots === 0) return;
  const silentSeconds = Math.round(poller.silentMs() / 1000);
  const limitSeconds = Math.max(30, SILENT_RECEIVES * receiveWaitSeconds);
  if (silentSeconds > limitSeconds) throw new Error(`the queue has not answered for ${silentSeconds} s`);
}
