import closeWithGrace from 'close-with-grace';
import type { Logger } from 'pino';
import type { Started } from './start.js';

/** Beyond the grace that jobs get, for giving messages and leases back, in seconds. */
const HAND_BACK_SECONDS = 4;

/**
 * Stops the service on SIGTERM, SIGINT or a fatal error, then ends the process: gracefully on the first signal, at
 * once on the second or when the time is up.
 */
export function stopOnSignals(started: Started, graceSeconds: number, log: Logger): void {
  closeWithGrace({ delay: (graceSeconds + HAND_BACK_SECONDS) * 1000, logger: log }, async ({ signal, err }) => {
    if (err === undefined) log.info({ signal, graceSeconds }, 'stopping');
    else log.fatal({ err }, 'stopping after a fatal error');
    await started.stop(err === undefined ? graceSeconds : 0);
    log.info('stopped');
  });
}
