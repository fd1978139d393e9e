import { setTimeout as delay } from 'node:timers/promises';
import { messageOf, type ErrorCode, type ViewpointError } from '../domain/errors.js';
import { within } from '../domain/within.js';
import { backoffMs } from './backoff.js';
import type { JobLog } from './run-job.js';

/** Something that jobs need; `check` throws when it is not in order. */
export interface Surrounding {
  name: string;
  check: () => Promise<void>;
}

/** Whether what all jobs need is in order, so that an outage is not held against the viewpoint that it hits. */
export interface Surroundings {
  /** Whether the error comes of something being out of order now, and not of the viewpoint. */
  isOutage(error: ViewpointError): Promise<boolean>;
  /** Resolves when nothing is known to be out of order; after an outage was seen, when everything has been found well again. Rejects with the signal's reason. */
  whenWell(signal: AbortSignal): Promise<void>;
}

/** Errors that may come of an outage. */
const CODES_OF_OUTAGES: readonly ErrorCode[] = ['dependency_unavailable', 'dependency_missing', 'decoder_unavailable', 'volume_failed', 'disk_full', 'download_failed'];
/** A check without an answer in this time counts as failed. */
const LIMIT_MS = 20_000;
const BACKOFF = { baseMs: 1000, maximumMs: 30_000 };

export function createSurroundings(deps: { surroundings: readonly Surrounding[]; log: JobLog }): Surroundings {
  let isWell = true;
  /** The look that is under way, which serves all who want to know meanwhile. */
  let looking: Promise<boolean> | undefined;

  async function look(): Promise<boolean> {
    const faults = await Promise.all(
      deps.surroundings.map(({ name, check }) =>
        within(LIMIT_MS, check).then(
          () => [],
          (error: unknown) => [`${name}: ${messageOf(error)}`],
        ),
      ),
    );
    const wasWell = isWell;
    isWell = faults.flat().length === 0;
    if (wasWell && !isWell) deps.log.warn({ faults: faults.flat() }, 'jobs pause until what they need is there again');
    if (!wasWell && isWell) deps.log.info({}, 'jobs go on');
    return isWell;
  }

  const lookOnce = () => (looking ??= look().finally(() => (looking = undefined)));

  return {
    async isOutage(error) {
      return CODES_OF_OUTAGES.includes(error.code) && !(await lookOnce());
    },

    async whenWell(signal) {
      for (let looks = 1; !isWell; looks++) {
        await delay(backoffMs(BACKOFF, looks), undefined, { signal }).catch(() => signal.throwIfAborted());
        await lookOnce();
      }
      signal.throwIfAborted();
    },
  };
}
