import type { Logger } from 'pino';

/** Sends Node's warnings (as of versions that a library will stop to support) to the log instead of standard error, where they take many lines. */
export function logNodeWarnings(log: Logger): void {
  process.removeAllListeners('warning');
  process.on('warning', (warning) => log.warn({ err: warning }, 'warning of Node.js'));
}
