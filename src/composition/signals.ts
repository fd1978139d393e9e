/**
 * A Ctrl-C in a terminal reaches the whole process group, and `npm run` passes it on once more: what follows a signal
 * within this time, in milliseconds, is its echo and no second one.
 */
const ECHO_MS = 500;

/** Those that ask a process to end; the closing of its terminal among them. */
export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Calls `first` once, at the first signal that asks this process to end, and `again` at every later one that is no echo. */
export function onStopSignals(first: (signal: NodeJS.Signals) => void, again: (signal: NodeJS.Signals) => void): void {
  let firstAtMs: number | undefined;
  const onSignal = (signal: NodeJS.Signals) => {
    if (firstAtMs === undefined) {
      firstAtMs = performance.now();
      first(signal);
    } else if (performance.now() - firstAtMs > ECHO_MS) {
      again(signal);
    }
  };
  for (const signal of STOP_SIGNALS) process.on(signal, onSignal);
}
