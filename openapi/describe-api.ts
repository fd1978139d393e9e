import { pino } from 'pino';
import type { RouteContext } from '../routes/context.js';
import { buildApp } from '../src/app.js';
import { NO_TRACING } from '../src/domain/tracing.js';
import { readVersion } from '../src/composition/version.js';

/** The OpenAPI 3.1 document of the service. */
export async function describeApi(): Promise<object> {
  // No route is called, so none needs what it works with.
  const context = { healthChecks: [] } as unknown as RouteContext;
  const app = await buildApp({
    context,
    log: pino({ level: 'silent' }),
    version: readVersion(),
    rootPath: '',
    access: { authenticate: null, requestsPerMinute: 0 },
    observation: { tracing: NO_TRACING, onAnswer: () => undefined },
    corsOrigins: [],
    trustProxy: false,
    requestTimeoutMs: 0,
  });
  await app.ready();
  const document = app.swagger();
  await app.close();
  return document;
}
