import { createHmac } from 'node:crypto';

const SECRET_PREFIX = 'whsec_';
/** The specification asks for 24 to 64 random bytes. */
const SECRET_BYTES = { least: 24, most: 64 };

/**
 * The key in a secret of the form `whsec_` and base64 (Standard Webhooks, "Signature scheme").
 * @throws Error when it has another form.
 */
export function webhookKey(secret: string): Buffer {
  const text = secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : '';
  const key = Buffer.from(text, 'base64');
  const isBase64 = key.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  if (isBase64 && key.length >= SECRET_BYTES.least && key.length <= SECRET_BYTES.most) return key;
  throw new Error(`must be "${SECRET_PREFIX}" followed by ${SECRET_BYTES.least} to ${SECRET_BYTES.most} bytes in base64`);
}

/**
 * The headers of a signed webhook (Standard Webhooks 1.0.0): one signature by each key, so that receivers can change to
 * a new one at their own time. Without keys there is no signature.
 * @param timestampSeconds When the request is sent, in epoch seconds.
 */
export function webhookHeaders(keys: readonly Buffer[], message: { id: string; timestampSeconds: number; body: string }): Record<string, string> {
  const { id, timestampSeconds, body } = message;
  const signatures = keys.map((key) => `v1,${createHmac('sha256', key).update(`${id}.${timestampSeconds}.${body}`).digest('base64')}`);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    ...(signatures.length === 0 ? {} : { 'webhook-signature': signatures.join(' ') }),
  };
}
