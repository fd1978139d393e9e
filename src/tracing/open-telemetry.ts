import { AsyncLocalStorage } from 'node:async_hooks';
import { defaultTextMapGetter, defaultTextMapSetter, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context, type Span } from '@opentelemetry/api';
import { CompositePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { AWSXRayPropagator } from '@opentelemetry/propagator-aws-xray';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOffSampler, AlwaysOnSampler, BatchSpanProcessor, ParentBasedSampler, TraceIdRatioBasedSampler, TracerProvider, type Sampler } from '@opentelemetry/sdk-trace';
import { messageOf } from '../domain/errors.js';
import type { SpanOptions, TraceSpan, Tracing } from '../domain/tracing.js';
import type { TracingSettings } from './settings.js';

const KINDS = { internal: SpanKind.INTERNAL, server: SpanKind.SERVER, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER } as const;
const STOP_LIMIT_MS = 2000;

/**
 * Traces by OpenTelemetry, sent to a collector by OTLP over HTTP. Nothing of it is global: provider and context belong to
 * this object alone. Contexts come in as W3C `traceparent` or, failing that, as X-Ray's `x-amzn-trace-id`, and go out as the former.
 */
export function startOpenTelemetry(settings: TracingSettings): Tracing {
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({
        ...settings.attributes,
        'service.name': settings.serviceName,
        'service.version': settings.serviceVersion,
        'service.instance.id': settings.replica,
      }),
    ),
    sampler: samplerOf(settings),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: settings.url, headers: { ...settings.headers } }) })],
  });
  const tracer = provider.getTracer(settings.serviceName, settings.serviceVersion);
  const w3c = new W3CTraceContextPropagator();
  const incoming = new CompositePropagator({ propagators: [new AWSXRayPropagator(), w3c] });
  const active = new AsyncLocalStorage<Context>();
  const current = () => active.getStore() ?? ROOT_CONTEXT;

  return {
    start(name, { kind = 'internal', attributes = {}, parent }: SpanOptions = {}) {
      const context = parent === undefined ? current() : incoming.extract(ROOT_CONTEXT, parent, defaultTextMapGetter);
      const span = tracer.startSpan(name, { kind: KINDS[kind], attributes: { ...attributes } }, context);
      return traceSpan(span, (work) => active.run(trace.setSpan(context, span), work));
    },
    isActive: () => trace.getSpan(current()) !== undefined,
    headers() {
      const carrier: Record<string, string> = {};
      w3c.inject(current(), carrier, defaultTextMapSetter);
      return carrier;
    },
    logFields(): Record<string, string> {
      const span = trace.getSpan(current())?.spanContext();
      return span === undefined ? {} : { traceId: span.traceId, spanId: span.spanId };
    },
    async stop() {
      let timer: NodeJS.Timeout | undefined;
      // A collector that hangs must not keep the process from ending.
      const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, STOP_LIMIT_MS)));
      await Promise.race([provider.shutdown().catch(() => undefined), limit]);
      clearTimeout(timer);
    },
  };
}

function traceSpan(span: Span, within: TraceSpan['within']): TraceSpan {
  return {
    within,
    set: (name, value) => void span.setAttribute(name, value),
    end(error) {
      if (error !== undefined) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: messageOf(error) });
        span.setAttribute('error.type', typeOf(error));
      }
      span.end();
    },
  };
}

/** The code of our own errors and of Node's, else the name of the class. */
function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function samplerOf({ sampler, ratio }: TracingSettings): Sampler {
  const roots = { always_on: () => new AlwaysOnSampler(), always_off: () => new AlwaysOffSampler(), traceidratio: () => new TraceIdRatioBasedSampler(ratio) };
  const name = sampler.replace('parentbased_', '') as keyof typeof roots;
  const root = roots[name]();
  return sampler.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
}
