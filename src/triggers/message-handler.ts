import { setTimeout as delay } from 'node:timers/promises';
import { ViewpointError } from '../domain/errors.js';
import { backoffMs, type BackoffOptions } from '../executor/backoff.js';
import type { ObjectEvent } from '../domain/events/object-event.js';
import type { Executor } from '../executor/executor.js';
import type { ObjectIntake } from '../executor/object-intake.js';
import type { Outcome } from '../executor/outcome.js';
import type { JobLog } from '../executor/run-job.js';
import type { Surroundings } from '../executor/surroundings.js';
import { createSilenceWatch } from '../executor/silence.js';
import type { ViewpointTable } from '../storage/viewpoint-table.js';
import type { JobQueue, QueueMessage } from './job-queue.js';
import { parseMessage, type ParsedMessage } from './viewpoint-message.js';
import { keepHidden } from './visibility-keeper.js';

export interface MessageHandlerDeps {
  queue: JobQueue;
  executor: Executor;
  table: ViewpointTable;
  surroundings: Surroundings;
  objectIntake: ObjectIntake;
  log: JobLog & { child(bindings: object): JobLog };
  now: () => number;
  visibilityTimeoutSeconds: number;
  heartbeatSeconds: number;
  leaseMs: number;
  /** Wait before a message is received again whose job could not end, by the number of its receives. */
  againBackoff: BackoffOptions;
  /** Aborted when the service shuts down: messages whose job runs elsewhere are given back. */
  stopping: AbortSignal;
}

export type HandleMessage = (message: QueueMessage, onSubmitted: () => void) => Promise<void>;

/** What becomes of a message: gone, or visible again after so many seconds. */
type Verdict = { delete: true } | { delete: false; hiddenSeconds: number };

const DELETE: Verdict = { delete: true };
const BACK_AT_ONCE: Verdict = { delete: false, hiddenSeconds: 0 };
/** Receives after which a viewpoint fails for good where the queue has no dead-letter queue to say so. */
const RECEIVES_WITHOUT_DEAD_LETTER_QUEUE = 10;
const BUSY_SECONDS = 5;
/** Longest time between looks at a viewpoint that another process holds. */
const WATCH_INTERVAL_MS = 5000;
const SHORTEST_WATCH_MS = 500;

/**
 * Sees one message through: submits its job, keeps it hidden meanwhile, and deletes it once the viewpoint has its end
 * state. Whatever could end better later stays in the queue: the last receive before the dead-letter queue makes the
 * row FAILED, and the message goes there all the same, for an operator to see. `onSubmitted` is called when the jobs of
 * the message have their place in the executor, or there are none.
 */
export function createMessageHandler(deps: MessageHandlerDeps): HandleMessage {
  const { queue, executor, table, objectIntake, now } = deps;

  return async (received, onSubmitted) => {
    const payload = parseMessage(received.body);
    const message = { ...received, correlationId: received.correlationId ?? payload.correlationId };
    const log = deps.log.child({ messageId: message.messageId, correlationId: message.correlationId });
    log.info({ receiveCount: message.receiveCount }, 'message received');
    const hidden = keepHidden(queue, message, { ...deps, onError: (error) => log.warn({ err: error }, 'message not kept hidden') });
    try {
      const verdict = await judge(message, payload, onSubmitted, log);
      await hidden.stop();
      if (verdict.delete) await queue.delete(message);
      else await queue.changeVisibility(message, verdict.hiddenSeconds);
      log.info(verdict.delete ? {} : { hiddenSeconds: verdict.hiddenSeconds }, verdict.delete ? 'message deleted' : 'message given back');
    } catch (error) {
      log.warn({ err: error }, 'message left to come back by itself');
    } finally {
      await hidden.stop();
    }
  };

  async function judge(message: QueueMessage, payload: ParsedMessage, onSubmitted: () => void, log: JobLog): Promise<Verdict> {
    if ('fault' in payload) return notOurs(payload.fault, log);
    if ('notice' in payload) {
      log.info({ what: payload.notice }, 'notice acknowledged');
      return DELETE;
    }
    const maxReceiveCount = await queue.maxReceiveCount();
    const isLastChance = message.receiveCount >= (maxReceiveCount ?? RECEIVES_WITHOUT_DEAD_LETTER_QUEUE);
    const viewpointIds = 'events' in payload ? await registered(payload.events, log) : [payload.viewpointId];
    const verdicts = viewpointIds.map((viewpointId) => judgeViewpoint(viewpointId, message, isLastChance, log));
    onSubmitted();
    return strictest(await Promise.all(verdicts));
  }

  /** The viewpoints that events are about and that are to be processed, each once. */
  async function registered(events: readonly ObjectEvent[], log: JobLog): Promise<string[]> {
    const viewpointIds = new Set<string>();
    for (const event of events) {
      const { viewpointId, ignored } = await objectIntake.register(event);
      if (viewpointId === undefined) log.info({ object: `${event.bucketName}/${event.objectKey}`, event: event.name, reason: ignored }, 'event ignored');
      else viewpointIds.add(viewpointId);
    }
    return [...viewpointIds];
  }

  async function judgeViewpoint(viewpointId: string, message: QueueMessage, isLastChance: boolean, log: JobLog): Promise<Verdict> {
    for (;;) {
      let outcome: Promise<Outcome>;
      try {
        outcome = executor.submit({ viewpointId, correlationId: message.correlationId, isLastChance }).outcome;
      } catch (error) {
        if (!(error instanceof ViewpointError)) throw error;
        log.info({ viewpointId, code: error.code }, 'job not accepted');
        return { delete: false, hiddenSeconds: deps.stopping.aborted ? 0 : BUSY_SECONDS };
      }
      const verdict = await verdictOn(await outcome, message, viewpointId, log);
      if (verdict !== 'submit again') return verdict;
    }
  }

  async function notOurs(fault: string, log: JobLog): Promise<Verdict> {
    const maxReceiveCount = await queue.maxReceiveCount();
    log.error({ fault }, 'message is not for this service, left to the dead-letter queue');
    return maxReceiveCount === null ? { delete: false, hiddenSeconds: deps.visibilityTimeoutSeconds } : BACK_AT_ONCE;
  }

  async function verdictOn(outcome: Outcome, message: QueueMessage, viewpointId: string, log: JobLog): Promise<Verdict | 'submit again'> {
    switch (outcome.end) {
      case 'ready':
        return DELETE;
      case 'failed': {
        const goesToDeadLetters = outcome.error.retryable && (await queue.maxReceiveCount()) !== null;
        return goesToDeadLetters ? BACK_AT_ONCE : DELETE;
      }
      case 'again':
        // An outage must not use up the receives of the messages that it hits.
        if (await deps.surroundings.isOutage(outcome.error)) {
          await deps.surroundings.whenWell(deps.stopping).catch(() => undefined);
          return deps.stopping.aborted ? BACK_AT_ONCE : 'submit again';
        }
        return { delete: false, hiddenSeconds: Math.ceil(backoffMs(deps.againBackoff, message.receiveCount) / 1000) };
      case 'handed_back':
        return BACK_AT_ONCE;
      case 'leased_elsewhere':
        return await afterOtherWorker(viewpointId, outcome.until);
      case 'settled': {
        const { record } = outcome;
        // A message that came back from the dead-letter queue: an operator wants the viewpoint tried again.
        if (record?.viewpoint_status === 'FAILED' && record.job?.error?.retryable === true && message.receiveCount === 1) {
          const reopened = await table.reopen(record, record.expire_time, 0);
          if (reopened !== null) return 'submit again';
        }
        log.info({ viewpointId, status: record?.viewpoint_status ?? 'gone' }, 'message is out of date, deleted');
        return DELETE;
      }
    }
  }

  /** Waits until the worker that holds the viewpoint has ended it, or its lease has run out. */
  async function afterOtherWorker(viewpointId: string, firstExpiry: number): Promise<Verdict | 'submit again'> {
    const silence = createSilenceWatch(deps.leaseMs);
    for (let expiresAt = firstExpiry; ; ) {
      const waitMs = Math.min(WATCH_INTERVAL_MS, Math.max(SHORTEST_WATCH_MS, expiresAt - now() + 1));
      await delay(waitMs, undefined, { signal: deps.stopping }).catch(() => undefined);
      if (deps.stopping.aborted) return BACK_AT_ONCE;
      const record = await table.get(viewpointId);
      if (record?.viewpoint_status !== 'REQUESTED') return DELETE;
      expiresAt = record.lease_expires_at;
      if (record.lease_owner === null || expiresAt < now()) return 'submit again';
      if (silence.isSilent(record) && (await table.breakLease(record))) return 'submit again';
    }
  }
}

/** A message goes only when all its viewpoints are done with; else it comes back when the last of them may be tried again. */
function strictest(verdicts: readonly Verdict[]): Verdict {
  const waits = verdicts.flatMap((verdict) => (verdict.delete ? [] : [verdict.hiddenSeconds]));
  return waits.length === 0 ? DELETE : { delete: false, hiddenSeconds: Math.max(...waits) };
}
