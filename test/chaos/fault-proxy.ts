import { once } from 'node:events';
import { Agent, createServer, request, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call of the AWS JSON protocol, as SQS and DynamoDB speak it. */
export interface Call {
  /** As `ReceiveMessage`. */
  readonly operation: string;
  /** Name of the replica that makes it, null when it says none. */
  readonly replica: string | null;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What goes wrong with a call: before the service sees it, or, where `isApplied`, with an answer to what it has done. */
export type CallFault =
  | { readonly kind: 'cut'; readonly isApplied: boolean }
  | { readonly kind: 'stall'; readonly isApplied: boolean }
  | { readonly kind: 'error'; readonly status: number; readonly type: string };

export interface ProxyHooks {
  /** Called before a call is passed on. */
  called(call: Call): Promise<CallFault | undefined> | CallFault | undefined;
  /** Called with a good answer before it is passed back, or dropped. */
  answered(call: Call, output: Readonly<Record<string, unknown>>): 'drop' | 'pass';
}

export interface FaultProxy {
  readonly url: string;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

/** Stands between the replicas and one emulated service, listens in, and makes calls go wrong. */
export async function startFaultProxy(target: string, hooks: ProxyHooks): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, reply) => void handle(incoming, reply).catch(() => reply.destroy()));
  server.keepAliveTimeout = 60_000;

  async function handle(incoming: IncomingMessage, reply: ServerResponse): Promise<void> {
    const body = await readAll(incoming);
    const call: Call = { operation: operationOf(incoming.headers), replica: replicaOf(incoming.headers), input: parse(body) };
    const fault = await hooks.called(call);
    if (fault?.kind === 'error') sendError(reply, fault);
    else if (fault?.isApplied === false) await withhold(fault.kind, incoming);
    else {
      const answer = await passOn(incoming, body);
      const isDropped = answer.status === 200 && hooks.answered(call, parse(answer.body)) === 'drop';
      if (isDropped || fault !== undefined) await withhold(fault?.kind ?? 'cut', incoming);
      else reply.writeHead(answer.status, withLength(answer)).end(answer.body);
    }
  }

  async function passOn(incoming: IncomingMessage, body: Buffer): Promise<Answer> {
    const { method = 'POST', url = '/', headers } = incoming;
    const outgoing = request(target + url, { method, agent, headers: { ...headers, 'content-length': String(body.length) } });
    outgoing.end(body);
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 502, headers: response.headers, body: await readAll(response) };
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}

/** The replica's name is its application id, which the AWS SDK puts into the User-Agent header. */
export function replicaOf(headers: IncomingHttpHeaders): string | null {
  return /(?:^| )app\/(\S+)/.exec(headers['user-agent'] ?? '')?.[1] ?? null;
}

function operationOf(headers: IncomingHttpHeaders): string {
  const target = headers['x-amz-target'];
  return typeof target === 'string' ? target.slice(target.lastIndexOf('.') + 1) : '';
}

async function withhold(kind: 'cut' | 'stall', incoming: IncomingMessage): Promise<void> {
  if (kind === 'cut') incoming.socket.destroy();
  else if (!incoming.socket.destroyed) await once(incoming.socket, 'close');
}

/** The AWS JSON protocol's error document. */
function sendError(reply: ServerResponse, { status, type }: { status: number; type: string }): void {
  reply.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  reply.end(JSON.stringify({ __type: type, message: 'injected' }));
}

function withLength({ headers, body }: Answer): Record<string, string | string[]> {
  const kept = Object.entries(headers).flatMap(([name, value]) => (value === undefined || HOP_BY_HOP.has(name) ? [] : [[name, value] as const]));
  return { ...Object.fromEntries(kept), 'content-length': String(body.length) };
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function parse(body: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(body.toString()) as Record<string, unknown>;
  } catch {
    return {};
  }
}
