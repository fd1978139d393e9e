import { createHmac, timingSafeEqual } from 'node:crypto';
import { messageOf, ViewpointError } from '../errors.js';

/**
 * Signatures of webhooks as Standard Webhooks has them (specification of standard-webhooks, version 1): HMAC-SHA-256
 * over id, timestamp and body, joined by full stops, with a secret that both sides share.
 */

const SECRET_PREFIX = 'whsec_';
const SIGNATURE_VERSION = 'v1';
const SHORTEST_SECRET_BYTES = 24;
const LONGEST_SECRET_BYTES = 64;
const WINDOW_SECONDS = 300;
const LONGEST_ID = 255;

export interface SignedHeaders {
  id: string | undefined;
  /** Epoch seconds. */
  timestamp: string | undefined;
  /** `v1,` and the base64 of a signature; several are separated by spaces. */
  signature: string | undefined;
}

/**
 * The key in a secret of the form `whsec_` and base64 (Standard Webhooks, "Signature scheme").
 * @throws Error that says what form it must have, and does not show it.
 */
export function webhookKey(secret: string): Buffer {
  const base64 = secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : '';
  const key = Buffer.from(base64, 'base64');
  const isBase64 = key.toString('base64').replace(/=+$/, '') === base64.replace(/=+$/, '');
  if (isBase64 && key.length >= SHORTEST_SECRET_BYTES && key.length <= LONGEST_SECRET_BYTES) return key;
  throw new Error(`must be ${SECRET_PREFIX} followed by the base64 of ${SHORTEST_SECRET_BYTES} to ${LONGEST_SECRET_BYTES} random bytes`);
}

/**
 * The keys in a list of secrets, separated by commas or spaces.
 * @throws Error that tells what is wrong with which one, by its number, and does not show it.
 */
export function parseWebhookSecrets(text: string): readonly Buffer[] {
  return text.split(/[\s,]+/).filter((secret) => secret !== '').map((secret, index) => {
    try {
      return webhookKey(secret);
    } catch (error) {
      throw new Error(`secret ${index + 1} ${messageOf(error)}`, { cause: error });
    }
  });
}

/** The signature of a message, as its header has it. */
export function standardSignature(key: Buffer, id: string, timestampSeconds: number, body: Buffer): string {
  return `${SIGNATURE_VERSION},${createHmac('sha256', key).update(`${id}.${timestampSeconds}.`).update(body).digest('base64')}`;
}

/**
 * The id of a message that one of the keys has signed within five minutes from now.
 * @throws ViewpointError `signature_invalid`, `message_expired`.
 */
export function verifiedWebhookId(keys: readonly Buffer[], { id, timestamp, signature }: SignedHeaders, body: Buffer, nowSeconds: number): string {
  if (id === undefined || id === '' || id.length > LONGEST_ID || timestamp === undefined || signature === undefined) {
    throw new ViewpointError('signature_invalid', 'The request needs the headers webhook-id, webhook-timestamp and webhook-signature, as Standard Webhooks has them.');
  }
  if (!/^\d{1,12}$/.test(timestamp)) throw new ViewpointError('signature_invalid', 'The header webhook-timestamp must be whole seconds since 1970.');
  const timestampSeconds = Number(timestamp);
  if (String(timestampSeconds) !== timestamp) throw new ViewpointError('signature_invalid', 'The header webhook-timestamp must be whole seconds since 1970.');
  const given = signature.split(' ').map((text) => Buffer.from(text));
  const wanted = keys.map((key) => Buffer.from(standardSignature(key, id, timestampSeconds, body)));
  if (!wanted.some((right) => given.some((candidate) => candidate.length === right.length && timingSafeEqual(candidate, right)))) {
    throw new ViewpointError('signature_invalid', 'No signature in webhook-signature fits the request and a secret of this service.');
  }
  if (Math.abs(nowSeconds - timestampSeconds) > WINDOW_SECONDS) {
    throw new ViewpointError('message_expired', `The request was signed more than ${WINDOW_SECONDS / 60} minutes ago, or the clocks differ. Sign it anew.`);
  }
  return id;
}
