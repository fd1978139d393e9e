import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventually } from './eventually.js';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  event: { id: string; type: string; subject: string; data: { viewpoint_id: string; viewpoint_status: string; error: { code: string } | null } };
  /** Status that was answered; null when the connection was cut or nothing said. */
  status: number | null;
}

/** Answers a webhook: with the response's status, which is 204, unless it ends the response itself, or lets the sender hang. */
export type Respond = (response: ServerResponse) => unknown;
export const HANG = Symbol('no answer');

/** Somebody who is told of the end of jobs. */
export interface Receiver {
  /** Of the loopback interface. */
  readonly url: string;
  readonly host: string;
  readonly received: readonly Received[];
  respond: Respond;
  /** Those that were accepted, answered with 2xx. */
  accepted(): readonly Received[];
  /** Resolves once so many of a viewpoint were received. */
  untilReceived(viewpointId: string, count?: number): Promise<Received[]>;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const receiver = { respond: (() => undefined) as Respond };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const one = { path: request.url ?? '', headers: request.headers, body, event: JSON.parse(body) as Received['event'] };
      response.statusCode = 204;
      const isHanging = receiver.respond(response) === HANG;
      received.push({ ...one, status: isHanging || response.destroyed ? null : response.statusCode });
      if (!isHanging) response.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  return Object.assign(receiver, {
    url: `http://${host}/hook`,
    host,
    received,
    accepted: () => received.filter(({ status }) => status !== null && status >= 200 && status < 300),
    untilReceived: (viewpointId: string, count = 1) =>
      eventually(`${count} events of ${viewpointId} were received`, () => {
        const mine = received.filter(({ event }) => event.subject === viewpointId);
        return Promise.resolve(mine.length >= count ? mine : undefined);
      }),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  });
}
