import { pino, stdSerializers, type Logger } from 'pino';

/** One JSON line per event on standard output, times in ISO 8601; request lines hold no bodies and no headers. */
export function createLog(level: string, replica: string): Logger {
  return pino({
    level,
    base: { replica },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: stdSerializers.errWithCause },
  });
}
