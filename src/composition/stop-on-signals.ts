import closeWithGrace from 'close-with-grace';
import type { Logger } from 'pino';
import { onStopSignals, STOP_SIGNALS } from './signals.js';
import type { Started } from './start.js';

/** Beyond the grace that jobs get, for giving messages and leases back, in seconds. */
const HAND_BACK_SECONDS = 4;

export interface StopTimes {
  /** That running jobs get to end. */
  graceSeconds: number;
  /** Longest wait of a receive call: one that is under way is not cut off, lest the message that it brings stays hidden. */
  receiveWaitSeconds: number;
}

/**
 * Stops the service on SIGTERM, SIGINT, SIGHUP or a fatal error, then ends the process: gracefully on the first
 * signal, at once on the second or when the time is up.
 */
export function stopOnSignals(started: Started, { graceSeconds, receiveWaitSeconds }: StopTimes, log: Logger): void {
  let received: NodeJS.Signals | undefined;
  const delaySeconds = Math.max(graceSeconds, receiveWaitSeconds) + HAND_BACK_SECONDS;
  const closer = closeWithGrace({ delay: delaySeconds * 1000, logger: log, skip: [...STOP_SIGNALS] }, async ({ signal = received, err }) => {
    if (err === undefined) log.info({ signal, graceSeconds }, 'stopping');
    else log.fatal({ err }, 'stopping after a fatal error');
    await started.stop(err === undefined ? graceSeconds : 0);
    log.info('stopped');
  });
  onStopSignals(
    (signal) => {
      received = signal;
      closer.close();
    },
    (signal) => {
      log.error({ signal }, 'second signal, ending at once');
      process.exit(1);
    },
  );
}
