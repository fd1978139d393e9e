import { randomUUID } from 'node:crypto';
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { artifactRoutes } from '../routes/artifacts.js';
import type { RouteContext } from '../routes/context.js';
import { deadLetterRoutes } from '../routes/dead-letters.js';
import { deliveryRoutes, DeliveryView } from '../routes/deliveries.js';
import { eventWebhookRoutes } from '../routes/event-webhook.js';
import { eventRoutes } from '../routes/events.js';
import { executorRoutes } from '../routes/executor.js';
import { healthRoutes } from '../routes/health.js';
import { metricsRoutes } from '../routes/metrics.js';
import { previewRoutes } from '../routes/preview.js';
import { processRoutes } from '../routes/process.js';
import { Problem, refusals, ViewpointStatusView, ViewpointView } from '../routes/schemas.js';
import { snsWebhookRoutes } from '../routes/sns-webhook.js';
import { viewpointRoutes } from '../routes/viewpoints.js';
import { dashboard } from './plugins/dashboard.js';
import { documentedRefusals } from './plugins/documented-refusals.js';
import { accessControl, type AccessControlOptions } from './plugins/access-control.js';
import { serializersOnDemand } from './plugins/compile-on-demand.js';
import { emptyBodies } from './plugins/empty-bodies.js';
import { observation, type ObservationOptions } from './plugins/observation.js';
import { answerMalformed, malformedRequests } from './plugins/malformed-requests.js';
import { openApi } from './plugins/openapi.js';
import { answerFrameworkError, problemDetails } from './plugins/problem-details.js';
import { security } from './plugins/security.js';
import { validation } from './plugins/validation.js';

export type App = FastifyInstance;

export interface AppOptions {
  context: RouteContext;
  log: FastifyBaseLogger;
  version: string;
  /** Prefix under which a proxy serves this service; empty without one. */
  rootPath: string;
  /** Who may do what, and how often. */
  access: AccessControlOptions;
  observation: ObservationOptions;
  /** Origins whose pages may call; empty: none. */
  corsOrigins: readonly string[];
  /** Which proxies' X-Forwarded-For is believed. */
  trustProxy: ((address: string, hop: number) => boolean) | string | false;
  /** Time in which a request must have arrived whole. */
  requestTimeoutMs: number;
}

const BODY_LIMIT_BYTES = 64 * 1024;
/** How often connections are looked at that are late. */
const LATE_CHECK_MS = 1000;
/** A viewpoint id takes up to 255 characters, each of which may arrive percent-encoded. */
const LONGEST_PARAMETER = 3 * 255;
const CORRELATION_ID = /^[A-Za-z0-9._-]{1,128}$/;

/** The HTTP side of the service: its plugins and routes, not yet listening. */
export async function buildApp({ context, log, version, rootPath, access, observation: observed, corsOrigins, trustProxy, requestTimeoutMs }: AppOptions): Promise<App> {
  const app: App = Fastify({
    loggerInstance: log,
    bodyLimit: BODY_LIMIT_BYTES,
    // Headers and body must come in this time, also drop by drop. Answers may take longer: a job's end is waited for.
    requestTimeout: requestTimeoutMs,
    http: {
      headersTimeout: requestTimeoutMs,
      connectionsCheckingInterval: LATE_CHECK_MS,
      requireHostHeader: false, // refused by malformedRequests, with a problem document
    },
    trustProxy,
    clientErrorHandler: answerMalformed,
    frameworkErrors: answerFrameworkError,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    schemaController: { compilersFactory: { buildSerializer: serializersOnDemand } },
    forceCloseConnections: 'idle',
    logController: new LogController({ requestIdLogLabel: 'correlationId' }),
    genReqId: ({ headers }) => correlationId(headers['x-request-id']),
    rewriteUrl: ({ url = '/' }) => withoutPrefix(url, rootPath),
  });
  app.addHook('onSend', async (request, reply) => void reply.header('x-request-id', request.id));

  for (const schema of [Problem, ViewpointView, ViewpointStatusView, DeliveryView]) app.addSchema(schema);
  await app.register(validation);
  await app.register(problemDetails);
  await app.register(malformedRequests);
  await app.register(emptyBodies);
  await app.register(observation, observed);
  await app.register(security, { corsOrigins });
  await app.register(accessControl, access);
  await app.register(documentedRefusals, { describe: refusals });
  await app.register(openApi, { version, rootPath });
  await app.register(dashboard, { rootPath });
  for (const routes of [processRoutes, viewpointRoutes, eventRoutes, deliveryRoutes, artifactRoutes, previewRoutes]) await app.register(routes, context);
  for (const routes of [executorRoutes, deadLetterRoutes, metricsRoutes, healthRoutes]) await app.register(routes, context);
  for (const webhooks of [snsWebhookRoutes, eventWebhookRoutes]) await app.register(webhooks, context);
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
