import { repeat, type Repetition } from '../domain/repeat.js';
import type { JobQueue, QueueMessage } from './job-queue.js';

/** SQS lets a message be hidden for 12 hours at most after its receive; later it comes back whatever is asked. */
const LONGEST_HIDDEN_SECONDS = 43_200;

/**
 * Keeps a message hidden while its job runs, however long that takes. An extension that fails is tried again with the
 * next; should the message come back all the same, the viewpoint's lease keeps the job from running twice.
 */
export function keepHidden(
  queue: JobQueue,
  message: QueueMessage,
  options: { visibilityTimeoutSeconds: number; heartbeatSeconds: number; onError: (error: unknown) => void },
): Repetition {
  const receivedAtMs = performance.now();
  const heartbeatMs = options.heartbeatSeconds * 1000;
  return repeat(heartbeatMs, async () => {
    const hiddenSoFar = Math.ceil((performance.now() - receivedAtMs) / 1000);
    const seconds = Math.min(options.visibilityTimeoutSeconds, LONGEST_HIDDEN_SECONDS - hiddenSoFar - 1);
    if (seconds <= 0) return Infinity;
    try {
      await queue.changeVisibility(message, seconds);
    } catch (error) {
      options.onError(error);
    }
    return heartbeatMs;
  });
}
