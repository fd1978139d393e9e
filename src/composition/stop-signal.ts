/** `npm run` passes a Ctrl-C on that the terminal has sent to the whole group already: the echo is not a second one. */
const ECHO_MS = 500;

/** Aborts at the first Ctrl-C, SIGTERM or closed terminal or pipe; a second signal ends the process at once. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  let firstAt: number | undefined;
  const onSignal = () => {
    if (firstAt !== undefined && Date.now() - firstAt > ECHO_MS) process.exit(INTERRUPTED);
    firstAt ??= Date.now();
    stop.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  process.stdout.on('error', () => stop.abort());
  return stop.signal;
}

/** Exit code of a program that a Ctrl-C ended. */
export const INTERRUPTED = 130;
