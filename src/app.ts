import { randomUUID } from 'node:crypto';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { artifactRoutes } from '../routes/artifacts.js';
import type { RouteContext } from '../routes/context.js';
import { deadLetterRoutes } from '../routes/dead-letters.js';
import { deliveryRoutes } from '../routes/deliveries.js';
import { eventRoutes } from '../routes/events.js';
import { executorRoutes } from '../routes/executor.js';
import { healthRoutes } from '../routes/health.js';
import { previewRoutes } from '../routes/preview.js';
import { processRoutes } from '../routes/process.js';
import { Problem, ViewpointStatusView, ViewpointView } from '../routes/schemas.js';
import { viewpointRoutes } from '../routes/viewpoints.js';
import { openApi } from './plugins/openapi.js';
import { problemDetails } from './plugins/problem-details.js';
import { validation } from './plugins/validation.js';

export type App = FastifyInstance;

export interface AppOptions {
  context: RouteContext;
  log: FastifyBaseLogger;
  version: string;
  /** Prefix under which a proxy serves this service; empty without one. */
  rootPath: string;
}

const BODY_LIMIT_BYTES = 64 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;
/** A viewpoint id takes up to 255 characters, each of which may arrive percent-encoded. */
const LONGEST_PARAMETER = 3 * 255;
const CORRELATION_ID = /^[A-Za-z0-9._-]{1,128}$/;

/** The HTTP side of the service: its plugins and routes, not yet listening. */
export async function buildApp({ context, log, version, rootPath }: AppOptions): Promise<App> {
  const app: App = Fastify({
    loggerInstance: log,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    forceCloseConnections: 'idle',
    logController: new LogController({ requestIdLogLabel: 'correlationId' }),
    genReqId: ({ headers }) => correlationId(headers['x-request-id']),
    rewriteUrl: ({ url = '/' }) => withoutPrefix(url, rootPath),
  });
  app.addHook('onSend', async (request, reply) => void reply.header('x-request-id', request.id));

  for (const schema of [Problem, ViewpointView, ViewpointStatusView]) app.addSchema(schema);
  await app.register(validation);
  await app.register(problemDetails);
  await app.register(openApi, { version, rootPath });
  const all = [processRoutes, viewpointRoutes, eventRoutes, deliveryRoutes, artifactRoutes, previewRoutes, executorRoutes, deadLetterRoutes, healthRoutes];
  for (const routes of all) await app.register(routes, context);
  return app;
}

function correlationId(header: string | string[] | undefined): string {
  return typeof header === 'string' && CORRELATION_ID.test(header) ? header : randomUUID();
}

/** Proxies differ in whether they take the prefix off before they pass a request on. */
function withoutPrefix(url: string, prefix: string): string {
  if (prefix === '' || !(url === prefix || url.startsWith(`${prefix}/`) || url.startsWith(`${prefix}?`))) return url;
  const rest = url.slice(prefix.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}
