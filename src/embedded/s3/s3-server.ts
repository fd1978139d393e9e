import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ACTIONS } from './actions.js';
import { errorAnswer } from './error-answer.js';
import { aborted, damageBody, type Fault, type FaultHook } from './faults.js';
import { createMultipartUploads } from './multipart-uploads.js';
import { openObjectStore } from './object-store.js';
import { routeRequest } from './router.js';
import { textBody, type S3Answer } from './s3-answer.js';
import { S3Error } from './s3-error.js';
import type { ActionContext, S3Request, S3Route } from './s3-request.js';
import { sendAnswer } from './send-answer.js';

export interface S3ServerOptions {
  /** Where buckets and objects are kept. This process must have it for itself. */
  readonly folder: string;
  /** Buckets to be made where they are missing. */
  readonly bucketNames?: readonly string[];
  readonly onRequest?: FaultHook;
}

export interface S3Server {
  readonly url: string;
  /** Cuts all connections and waits until nothing runs any more; a second call waits for the first. */
  readonly close: () => Promise<void>;
}

/** Longer than the SDK keeps an idle connection, so that it is never the server that closes one just being used again. */
const KEEP_ALIVE_TIMEOUT_MS = 120_000;

/**
 * Starts an S3 endpoint on a free port of 127.0.0.1: the part of S3 that this service and its tests use, kept in files, for objects
 * of any size. It has no access control: signatures are not looked at.
 */
export async function startS3Server(options: S3ServerOptions): Promise<S3Server> {
  const context: ActionContext = { store: await openObjectStore(options.folder), uploads: createMultipartUploads() };
  const present = new Set(context.store.buckets().map((bucket) => bucket.name));
  for (const name of options.bucketNames ?? []) if (!present.has(name)) context.store.createBucket(name);

  const faultFor = createFaultCounter(options.onRequest);
  const running = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const handled = handle(request, response, context, faultFor).finally(() => running.delete(handled));
    running.add(handled);
  });
  // Uploads of many gigabytes take longer than the default five minutes.
  server.requestTimeout = 0;
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
    await Promise.all(running);
  };
  let closing: Promise<void> | undefined;
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => (closing ??= close()) };
}

type FaultSource = (route: S3Route, message: IncomingMessage) => Promise<Fault | undefined>;

function createFaultCounter(hook: FaultHook | undefined): FaultSource {
  if (hook === undefined) return () => Promise.resolve(undefined);
  const attempts = new Map<string, number>();
  return async ({ operation, bucket, key }, { headers }) => {
    const identity = JSON.stringify([operation, bucket, key, headers.range]);
    const attempt = (attempts.get(identity) ?? 0) + 1;
    attempts.set(identity, attempt);
    return hook({ operation, bucket, key, ...(headers.range !== undefined && { range: headers.range }), attempt, headers });
  };
}

/** Answers one request; never rejects. */
async function handle(message: IncomingMessage, response: ServerResponse, context: ActionContext, faultFor: FaultSource): Promise<void> {
  const leaving = new AbortController();
  response.once('close', () => leaving.abort());
  const gone = leaving.signal;
  const requestId = randomBytes(8).toString('hex').toUpperCase();
  response.setHeader('x-amz-request-id', requestId);

  let answer: S3Answer | undefined;
  try {
    const outcome = await answerOrFault(message, context, faultFor, requestId, gone);
    if (outcome === 'disconnect') {
      message.destroy();
      return;
    }
    answer = outcome;
    await sendAnswer(response, answer, { withBody: message.method !== 'HEAD', gone });
  } catch {
    // The client went away, or the bytes could not be read to the end: both leave only a cut connection.
    response.destroy();
  } finally {
    answer?.body?.release();
  }
}

async function answerOrFault(
  message: IncomingMessage,
  context: ActionContext,
  faultFor: FaultSource,
  requestId: string,
  gone: AbortSignal,
): Promise<S3Answer | 'disconnect'> {
  const resource = (message.url ?? '').replace(/\?.*$/, '');
  try {
    const route = routeRequest(message.method ?? '', message.headers.host ?? '', message.url ?? '');
    const fault = await faultFor(route, message);
    switch (fault?.kind) {
      case undefined:
        return await act(route, message, context, message.headers.range);
      case 'error':
        return injectedError(fault, resource, requestId);
      case 'disconnect':
        return 'disconnect';
      case 'black-hole':
        await aborted(gone);
        return 'disconnect';
      case 'ignore-range':
        return await act(route, message, context, undefined);
      case 'other-range':
        return await act(route, message, context, fault.range);
      case 'truncate':
      case 'shorten':
      case 'stall':
      case 'flip-byte':
      case 'slow': {
        const answer = await act(route, message, context, message.headers.range);
        return answer.body === undefined ? answer : { ...answer, body: damageBody(answer.body, fault, gone) };
      }
    }
  } catch (error) {
    const shown = error instanceof S3Error ? error : new S3Error('InternalError', { message: String(error), cause: error });
    return errorAnswer(shown, resource, requestId);
  }
}

function act(route: S3Route, message: IncomingMessage, context: ActionContext, range: string | undefined): S3Answer | Promise<S3Answer> {
  const headers = { ...message.headers };
  if (range === undefined) delete headers.range;
  else headers.range = range;
  const request: S3Request = {
    ...route,
    headers,
    // Left unread after an error, the rest of a body must not take the connection with it: the client is still to get the answer.
    body: message.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>,
  };
  return ACTIONS[route.operation](request, context);
}

function injectedError(fault: Fault & { kind: 'error' }, resource: string, requestId: string): S3Answer {
  const message = 'This error was asked for.';
  const answer = errorAnswer({ status: fault.status, code: fault.code, message, ...(fault.headers && { headers: fault.headers }) }, resource, requestId);
  if (fault.body === undefined) return answer;
  return { ...answer, headers: { 'Content-Type': 'text/html', ...fault.headers }, body: textBody(fault.body) };
}
