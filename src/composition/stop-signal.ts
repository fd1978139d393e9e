import { onStopSignals } from '../composition/signals.js';

/** Aborts at the first Ctrl-C, SIGTERM or closed terminal or pipe; a second signal ends the process at once. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  onStopSignals(
    () => stop.abort(),
    () => process.exit(INTERRUPTED),
  );
  process.stdout.on('error', () => stop.abort());
  return stop.signal;
}

/** Exit code of a program that a Ctrl-C ended. */
export const INTERRUPTED = 130;
