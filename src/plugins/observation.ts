import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { TraceSpan, Tracing } from '../domain/tracing.js';

export interface ObservationOptions {
  tracing: Tracing;
  /** Told of each answered request; `route` is the pattern, `unmatched` without one. */
  onAnswer: (answer: { method: string; route: string; status: number; seconds: number }) => void;
}

/** Probes and scrapes would fill any trace store with nothing. */
const UNTRACED = /^\/(ping$|health\/|metrics$|docs(\/|$))/;

/** Measures every request, and makes it a span of a trace that its headers may have begun (OpenTelemetry semantic conventions for HTTP server spans). */
export const observation = fp((app: FastifyInstance, { tracing, onAnswer }: ObservationOptions, done: () => void) => {
  const spans = new WeakMap<FastifyRequest, TraceSpan>();

  app.addHook('onRequest', (request, _reply, next) => {
    const route = routeOf(request);
    if (UNTRACED.test(route)) {
      next();
      return;
    }
    const span = tracing.start(`${request.method} ${route}`, {
      kind: 'server',
      parent: carrierOf(request),
      attributes: { 'http.request.method': request.method, 'http.route': route, 'url.scheme': request.protocol, 'viewpoint.correlation_id': request.id },
    });
    spans.set(request, span);
    // What the request leads to runs inside, the job it starts included.
    span.within(next);
  });

  // A body arrives in events of the socket, which know nothing of the span.
  app.addHook('preValidation', (request, _reply, next) => {
    const span = spans.get(request);
    if (span === undefined) next();
    else span.within(next);
  });

  app.addHook('onResponse', (request, reply, next) => {
    const status = reply.statusCode;
    onAnswer({ method: request.method, route: routeOf(request), status, seconds: reply.elapsedTime / 1000 });
    const span = spans.get(request);
    span?.set('http.response.status_code', status);
    span?.end(status >= 500 ? new Error(`HTTP ${status}`) : undefined);
    next();
  });

  // A client that went away gets no answer.
  app.addHook('onRequestAbort', (request, next) => {
    spans.get(request)?.end(new Error('the client closed the connection'));
    next();
  });
  done();
});

function routeOf({ is404, routeOptions: { url } }: FastifyRequest): string {
  return is404 || url === undefined ? 'unmatched' : url;
}

function carrierOf({ headers }: FastifyRequest): Record<string, string | undefined> {
  const only = (name: string) => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
  return { traceparent: only('traceparent'), tracestate: only('tracestate'), 'x-amzn-trace-id': only('x-amzn-trace-id') };
}
