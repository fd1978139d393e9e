import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface CollectedSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId: string;
  attributes: Record<string, unknown>;
  hasFailed: boolean;
}

interface OtlpValue {
  stringValue?: string;
  intValue?: number | string;
  boolValue?: boolean;
}
interface OtlpSpan {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: { key: string; value: OtlpValue }[];
  status: { code?: number };
}
interface OtlpRequest {
  resourceSpans: { resource: { attributes: { key: string; value: OtlpValue }[] }; scopeSpans: { spans: OtlpSpan[] }[] }[];
}

export interface TraceCollector {
  readonly url: string;
  readonly spans: CollectedSpan[];
  readonly resource: Record<string, unknown>;
  readonly requests: { path: string; headers: IncomingHttpHeaders }[];
  stop(): Promise<void>;
}

const STATUS_ERROR = 2;

/** A collector that takes OTLP over HTTP in JSON and keeps what it gets. */
export async function startTraceCollector(): Promise<TraceCollector> {
  const spans: CollectedSpan[] = [];
  const resource: Record<string, unknown> = {};
  const requests: TraceCollector['requests'] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      requests.push({ path: request.url ?? '', headers: request.headers });
      for (const group of (body as OtlpRequest).resourceSpans) {
        Object.assign(resource, valuesOf(group.resource.attributes));
        for (const { name, traceId, spanId, parentSpanId = '', attributes, status } of group.scopeSpans.flatMap((scope) => scope.spans)) {
          spans.push({ name, traceId, spanId, parentSpanId, attributes: valuesOf(attributes), hasFailed: status.code === STATUS_ERROR });
        }
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    resource,
    requests,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function valuesOf(attributes: { key: string; value: OtlpValue }[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? value.boolValue]));
}
