import { setTimeout as delay } from 'node:timers/promises';
import { s3Failure, type ObjectName } from './s3-failure.js';

export interface RetryOptions {
  /** Tries in all, the first included. */
  readonly attempts: number;
  /** Longest pause before the second try; doubled for each one after it. */
  readonly backoffBaseMs: number;
  readonly backoffMaximumMs: number;
}

/**
 * Tries until an attempt succeeds, pausing a random time in between ("full jitter", so that parts and replicas that failed together do
 * not come back together). Throws the ViewpointError of the last failure, or the signal's reason.
 */
export async function withRetries<T>(object: ObjectName, options: RetryOptions, signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
  for (let number = 1; ; number++) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      const failure = s3Failure(error, object);
      if (!failure.passing || number >= options.attempts) throw failure.error;
    }
    const longestMs = Math.min(options.backoffMaximumMs, options.backoffBaseMs * 2 ** (number - 1));
    await delay(Math.random() * longestMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}
