import { standardSignature } from '../domain/webhooks/standard-signature.js';

/**
 * The headers of a signed webhook (Standard Webhooks 1.0.0): one signature by each key, so that receivers can change to
 * a new one at their own time. Without keys there is no signature.
 * @param timestampSeconds When the request is sent, in epoch seconds.
 */
export function webhookHeaders(keys: readonly Buffer[], message: { id: string; timestampSeconds: number; body: string }): Record<string, string> {
  const { id, timestampSeconds, body } = message;
  const signatures = keys.map((key) => standardSignature(key, id, timestampSeconds, Buffer.from(body)));
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    ...(signatures.length === 0 ? {} : { 'webhook-signature': signatures.join(' ') }),
  };
}
