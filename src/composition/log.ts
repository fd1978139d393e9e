import { pino, stdSerializers, type Logger, type LoggerOptions } from 'pino';

/** One JSON line per event, times in ISO 8601, errors with their causes. */
export const LOG_FORMAT = {
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  formatters: { level: (label) => ({ level: label }) },
  serializers: { err: stdSerializers.errWithCause },
} satisfies LoggerOptions;

export interface LogSettings {
  level: string;
  /** `auto`: for people in a terminal, JSON elsewhere. */
  format: 'auto' | 'json' | 'pretty';
  replica: string;
  /** Values that are blacked out wherever they turn up. */
  secrets: readonly string[];
  /** Members for each line, such as ids of the trace. */
  lineFields?: () => Record<string, string>;
}

const BLACKED_OUT = '[secret]';

/** The service's log on standard output; request lines hold no bodies and no headers. */
export async function createLog({ level, format, replica, secrets, lineFields }: LogSettings): Promise<Logger> {
  const isPretty = format === 'pretty' || (format === 'auto' && process.stdout.isTTY);
  const options: LoggerOptions = {
    ...LOG_FORMAT,
    level,
    base: { replica },
    ...blackOut(secrets),
    ...(lineFields === undefined ? {} : { mixin: lineFields }),
  };
  return isPretty ? pino(options, await prettyStream()) : pino(options);
}

/** The last net: no line leaves with a secret in it, whoever wrote it there. */
export function blackOut(secrets: readonly string[]): Pick<LoggerOptions, 'hooks'> {
  // In a line, a secret stands as JSON writes it.
  const written = secrets.map((secret) => JSON.stringify(secret).slice(1, -1));
  return { hooks: { streamWrite: (line) => written.reduce((text, secret) => text.replaceAll(secret, BLACKED_OUT), line) } };
}

/** Loaded where it is used: JSON needs no formatter. */
async function prettyStream() {
  const { default: pretty } = await import('pino-pretty');
  return pretty({ colorize: process.stdout.isTTY, ignore: 'pid,hostname,replica', translateTime: 'SYS:HH:MM:ss.l', singleLine: true });
}
