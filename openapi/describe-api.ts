import { pino } from 'pino';
import type { RouteContext } from '../routes/context.js';
import { buildApp } from '../src/app.js';
import { readVersion } from '../src/composition/version.js';

/** The OpenAPI 3.1 document of the service. */
export async function describeApi(): Promise<object> {
  // No route is called, so none needs what it works with.
  const context = { healthChecks: [] } as unknown as RouteContext;
  const app = await buildApp({ context, log: pino({ level: 'silent' }), version: readVersion(), rootPath: '' });
  await app.ready();
  const document = app.swagger();
  await app.close();
  return document;
}
