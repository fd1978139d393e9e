import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { hasScope, type Authenticate, type Principal, type Scope } from '../domain/access.js';
import { ViewpointError } from '../domain/errors.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sent the request; null while that is not proven, and when nobody has to prove it. */
    principal: Principal | null;
  }
  interface FastifyContextConfig {
    /** Scope that the route wants, `public` for none; by method when unset: `read` for GET and HEAD, `process` for all else. */
    access?: Scope | 'public';
  }
}

export interface AccessControlOptions {
  /** null: every caller may do everything. */
  authenticate: Authenticate | null;
  /** Requests that one caller may send a minute; 0 for no limit. */
  requestsPerMinute: number;
}

/** The dashboard's page, documents about the service itself, and health checks; their routes come from plugins or must answer whatever happens. */
const PUBLIC_ROUTES = /^\/($|assets\/|ping$|health\/|docs(\/|$)|openapi\.json$)/;
const HEALTH_ROUTES = /^\/(ping$|health\/)/;
const BEARER = /^Bearer +([A-Za-z0-9\-._~+/!-]+=*)$/i;
const CALLERS_REMEMBERED = 10_000;
const MINUTE_MS = 60_000;

/**
 * Lets callers do what their scopes allow, and only so often. Who a caller is gets found out first; then the request
 * counts against that caller or, while nobody proved to be anybody, against its address; then access is refused or
 * not, before any body is read.
 */
export const accessControl = fp(async (app: FastifyInstance, { authenticate, requestsPerMinute }: AccessControlOptions) => {
  app.decorateRequest('principal', null);
  if (authenticate !== null) {
    app.addHook('onRequest', async (request, reply) => {
      const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
      if (token === undefined || wantedOf(request) === 'public') return;
      request.principal = await authenticate(token);
      if (request.principal !== null) request.log = reply.log = request.log.child({ caller: request.principal.name });
    });
  }

  if (requestsPerMinute > 0) {
    await app.register(rateLimit, {
      max: requestsPerMinute,
      timeWindow: MINUTE_MS,
      cache: CALLERS_REMEMBERED,
      keyGenerator: (request) => request.principal?.name ?? `address:${request.ip}`,
      allowList: (request) => !isCounted(request.routeOptions.url ?? ''),
      errorResponseBuilder: (_request, { after }) => new ViewpointError('too_many_requests', `More than ${requestsPerMinute} requests in a minute. Go on in ${after}.`),
    });
  }

  if (authenticate !== null) {
    app.addHook('preParsing', async (request, reply) => {
      const wanted = wantedOf(request);
      if (wanted === 'public') return;
      if (request.principal === null) {
        const isTokenWrong = request.headers.authorization !== undefined;
        void reply.header('www-authenticate', isTokenWrong ? 'Bearer error="invalid_token"' : 'Bearer');
        throw new ViewpointError('unauthenticated', isTokenWrong ? 'The bearer token is not known, or not valid any more.' : 'This needs a bearer token in the Authorization header.');
      }
      if (!hasScope(request.principal, wanted)) {
        void reply.header('www-authenticate', `Bearer error="insufficient_scope", scope="${wanted}"`);
        throw new ViewpointError('scope_missing', `This needs the scope "${wanted}", which the caller does not have.`);
      }
    });
  }
});

/** A path without a route is answered 404 to everybody: there is nothing to protect. */
function wantedOf({ is404, method, routeOptions: { url, config } }: FastifyRequest): Scope | 'public' {
  return is404 || url === undefined ? 'public' : accessOf(method, url, config.access);
}

/** Whether requests to a route count against their caller's limit. */
export function isCounted(url: string): boolean {
  return !HEALTH_ROUTES.test(url);
}

/** The scope that a route wants of its callers, given what it says of itself. */
export function accessOf(method: string, url: string, declared: Scope | 'public' | undefined): Scope | 'public' {
  if (declared !== undefined) return declared;
  if (PUBLIC_ROUTES.test(url)) return 'public';
  return method === 'GET' || method === 'HEAD' ? 'read' : 'process';
}
