import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError, FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { ViewpointError } from '../domain/errors.js';
import { problemOf, PROBLEM_MEDIA_TYPE } from './problem-details.js';

/** What Node's HTTP parser tells of, by its code; anything else is a request that does not keep to the grammar (RFC 9112). */
const PARSER_ERRORS: Readonly<Record<string, { status: number; detail: string }>> = {
  HPE_HEADER_OVERFLOW: { status: 431, detail: 'The header of the request is too large.' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, detail: 'The chunk extensions of the request are too large.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, detail: 'The request did not arrive in time.' },
};
const MALFORMED = { status: 400, detail: 'This is not a well-formed HTTP request.' };
const NO_TUNNEL = { status: 405, detail: 'This service is no proxy: it does not take CONNECT.' };

/** Answers, with a problem document on the bare connection, what is no HTTP request at all, and closes it. */
export function answerMalformed(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  refuse(socket, PARSER_ERRORS[error.code] ?? MALFORMED);
}

/** Refuses requests that Node would answer by itself: without a Host header (RFC 9112, section 3.2), and CONNECT. */
export const malformedRequests = fp((app: FastifyInstance, _options: object, done: () => void) => {
  app.addHook('onRequest', (request, _reply, next) => {
    const isWithoutHost = request.raw.httpVersion === '1.1' && request.headers.host === undefined;
    next(isWithoutHost ? Object.assign(new Error('The request has no Host header.'), { statusCode: 400 }) : undefined);
  });
  app.server.on('connect', (_request, socket: Socket) => refuse(socket, NO_TUNNEL));
  done();
});

function refuse(socket: Socket, { status, detail }: { status: number; detail: string }): void {
  const body = JSON.stringify(problemOf(new ViewpointError('invalid_request', detail), status));
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, 'Connection: close', `Content-Type: ${PROBLEM_MEDIA_TYPE}`, `Content-Length: ${Buffer.byteLength(body)}`];
  socket.on('error', () => undefined); // the client may be gone already
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
