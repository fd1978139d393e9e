import { ViewpointError } from '../domain/errors.js';
import { verifiedWebhookId, type SignedHeaders } from '../domain/webhooks/standard-signature.js';
import { createRepeatedMessages } from './repeated-messages.js';
import type { PayloadAnswer, TakePayload } from './webhook-payload.js';

/** A request signed as Standard Webhooks has it; the body to the byte. */
export interface SignedRequest {
  headers: SignedHeaders;
  body: Buffer;
  correlationId: string;
}

/** Senders try again for days. */
const REPEATS_MS = 24 * 3_600_000;

/**
 * Receives signed requests. The function throws ViewpointError `webhook_not_enabled`, `signature_invalid`,
 * `message_expired`, and what comes of the payload.
 */
export function createEventReceiver(deps: { secrets: readonly Buffer[]; takePayload: TakePayload; now: () => number }): (request: SignedRequest) => Promise<PayloadAnswer> {
  const { secrets, takePayload, now } = deps;
  const repeated = createRepeatedMessages<PayloadAnswer>({ now, keptMs: REPEATS_MS });

  return async ({ headers, body, correlationId }) => {
    if (secrets.length === 0) throw new ViewpointError('webhook_not_enabled', 'Nobody can sign requests to this webhook. EVENT_WEBHOOK_SECRETS names the secrets of those who may.');
    const messageId = verifiedWebhookId(secrets, headers, body, Math.floor(now() / 1000));
    return repeated.answer(messageId, body, () => takePayload({ source: 'webhook', messageId, text: body.toString('utf8'), correlationId }));
  };
}
