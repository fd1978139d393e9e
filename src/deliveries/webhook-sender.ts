import { request, type Agent, type Dispatcher } from 'undici';
import { messageOf } from '../domain/errors.js';
import type { CallbackRules } from './callback-rules.js';
import { retryAfterMs } from './retry-after.js';
import type { Sender, SendResult } from './sender.js';
import { webhookHeaders } from './webhook-signature.js';

export interface WebhookSenderDeps {
  rules: CallbackRules;
  /** For all but trusted hosts. */
  guardedAgent: Agent;
  trustingAgent: Agent;
  /** What signs; without one the requests are not signed. */
  keys: readonly Buffer[];
  userAgent: string;
  /** Longest time for one try, from the look-up of the name to the end of the answer, in milliseconds. */
  timeoutMs: number;
  now: () => number;
}

/** Nobody reads an answer; more of it than this, in bytes, cuts the connection. */
const MAX_ANSWER_BYTES = 16 * 1024;
const GONE = 410;

/** Posts the event to a URL: signed (Standard Webhooks), as a CloudEvent in structured mode, without following redirects. */
export function createWebhookSender(deps: WebhookSenderDeps): Sender {
  return async ({ id, event }, { address }, signal) => {
    const stop = AbortSignal.any([signal, AbortSignal.timeout(deps.timeoutMs)]);
    try {
      const url = new URL(address);
      const { statusCode, headers, body } = await request(url, {
        method: 'POST',
        dispatcher: agentFor(url),
        headers: {
          'content-type': 'application/cloudevents+json; charset=utf-8',
          'user-agent': deps.userAgent,
          ...webhookHeaders(deps.keys, { id, timestampSeconds: Math.floor(deps.now() / 1000), body: event }),
        },
        body: event,
        signal: stop,
        headersTimeout: deps.timeoutMs,
        bodyTimeout: deps.timeoutMs,
      });
      discard(body, stop);
      return resultOf(statusCode, retryAfterMs(headers['retry-after'], deps.now()));
    } catch (error) {
      return failureOf(stop.aborted && !signal.aborted ? new Error(`no answer within ${deps.timeoutMs / 1000} s`) : error);
    }
  };

  function agentFor(url: URL): Agent {
    // The rules may have changed since the URL was accepted, and the agent does not check an address that needs no look-up.
    deps.rules.checked(url.href);
    return deps.rules.isTrusted(url) ? deps.trustingAgent : deps.guardedAgent;
  }
}

function discard(body: Dispatcher.ResponseData['body'], signal: AbortSignal): void {
  // What was received counts, whatever becomes of the rest of the answer.
  body.on('error', () => undefined);
  void body.dump({ limit: MAX_ANSWER_BYTES, signal }).catch(() => body.destroy());
}

function resultOf(statusCode: number, retryAfter: number | undefined): SendResult {
  if (statusCode >= 200 && statusCode < 300) return { end: 'delivered', statusCode, error: null };
  const end = statusCode === GONE ? 'never' : 'later';
  const redirected = statusCode >= 300 && statusCode < 400 ? '; redirects are not followed' : '';
  return { end, statusCode, error: `answered ${statusCode}${redirected}`, ...(retryAfter === undefined ? {} : { retryAfterMs: retryAfter }) };
}

/** An address that is refused is tried again like one that does not answer: names and settings are put right. */
function failureOf(thrown: unknown): SendResult {
  return { end: 'later', statusCode: null, error: messageOf(thrown) || 'no connection' };
}
