import { pino, stdSerializers, type Logger, type LoggerOptions } from 'pino';

/** One JSON line per event, times in ISO 8601, errors with their causes. */
export const LOG_FORMAT = {
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  formatters: { level: (label) => ({ level: label }) },
  serializers: { err: stdSerializers.errWithCause },
} satisfies LoggerOptions;

/** The service's log on standard output; request lines hold no bodies and no headers. */
export function createLog(level: string, replica: string): Logger {
  return pino({ ...LOG_FORMAT, level, base: { replica } });
}
