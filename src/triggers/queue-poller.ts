import { setTimeout as delay } from 'node:timers/promises';
import { deferred } from '../domain/deferred.js';
import { messageOf } from '../domain/errors.js';
import { backoffMs } from '../executor/backoff.js';
import type { Executor } from '../executor/executor.js';
import type { JobLog } from '../executor/run-job.js';
import type { JobQueue, QueueMessage } from './job-queue.js';

export interface QueuePoller {
  /** Time since SQS last answered a receive call, or since the start, in milliseconds. */
  silentMs(): number;
  /** Receives no more, and resolves when all messages in hand are deleted or given back. */
  stop(): Promise<void>;
}

export interface QueuePollerDeps {
  queue: JobQueue;
  executor: Executor;
  /** Sees a message through to its end, and says when its jobs have their place in the executor; must not throw. */
  handle: (message: QueueMessage, onSubmitted: () => void) => Promise<void>;
  /** Resolves when jobs have what they need; rejects with the signal's reason. */
  whenWell: (signal: AbortSignal) => Promise<void>;
  log: JobLog;
}

const ERROR_BACKOFF = { baseMs: 1000, maximumMs: 30_000 };

/**
 * Receives messages whenever the executor has free slots, and no more than those, so that nothing waits in memory
 * that could wait in the queue. A receive call that is under way when the poller stops runs to its end, since
 * messages handed out to an aborted call would stay hidden; what it brings is given back.
 */
export function startQueuePoller({ queue, executor, handle, whenWell, log }: QueuePollerDeps): QueuePoller {
  const stopping = new AbortController();
  const inHand = new Set<Promise<void>>();
  const isStopping = () => stopping.signal.aborted;
  let lastAnswerAtMs = performance.now();
  let failures = 0;

  async function poll(): Promise<void> {
    await whenWell(stopping.signal);
    await executor.whenFree(stopping.signal);
    const messages = await queue.receive(executor.freeSlots());
    lastAnswerAtMs = performance.now();
    failures = 0;
    const submissions = messages.map((message) => {
      const submitted = deferred<undefined>();
      const onSubmitted = () => submitted.resolve(undefined);
      const handled = isStopping() ? giveBack(message) : handle(message, onSubmitted);
      inHand.add(handled);
      void handled.finally(() => {
        inHand.delete(handled);
        onSubmitted();
      });
      return submitted.promise;
    });
    // The jobs take their slots before the next receive counts what is free.
    await Promise.all(submissions);
  }

  async function giveBack(message: QueueMessage): Promise<void> {
    await queue.changeVisibility(message, 0).catch((error: unknown) => log.warn({ err: error, messageId: message.messageId }, 'message not given back'));
  }

  async function loop(): Promise<void> {
    while (!isStopping()) {
      try {
        await poll();
      } catch (error) {
        if (isStopping()) break;
        failures++;
        const waitMs = backoffMs(ERROR_BACKOFF, failures);
        log.warn({ err: error, waitMs }, `queue not readable: ${messageOf(error)}`);
        await delay(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  const finished = loop();

  return {
    silentMs: () => performance.now() - lastAnswerAtMs,
    async stop() {
      stopping.abort();
      await finished;
      await Promise.all(inHand);
    },
  };
}
