import { verify, type KeyObject } from 'node:crypto';
import { ViewpointError } from '../errors.js';
import { signedText, type SnsMessage } from './sns-message.js';

/** SNS's own retries end after an hour (Developer Guide, "Message delivery retries"); a message keeps its timestamp. */
const LONGEST_RETRIES_SECONDS = 3600;
const CLOCK_SKEW_SECONDS = 300;

const DIGESTS: Partial<Record<string, string>> = { '1': 'RSA-SHA1', '2': 'RSA-SHA256' };

/** @throws ViewpointError `signature_invalid` when the key has not signed the message. */
export function verifySnsSignature(message: SnsMessage, key: KeyObject): void {
  const digest = DIGESTS[message.SignatureVersion];
  if (digest === undefined) throw new ViewpointError('signature_invalid', 'SignatureVersion must be 1 or 2.');
  if (!/^[A-Za-z0-9+/]{1,2000}={0,2}$/.test(message.Signature) || !verify(digest, Buffer.from(signedText(message)), key, Buffer.from(message.Signature, 'base64'))) {
    throw new ViewpointError('signature_invalid', 'The signature does not fit the message.');
  }
}

/** @throws ViewpointError `message_expired` when SNS can no longer be delivering it, or not yet. */
export function refuseExpired({ Timestamp }: SnsMessage, nowMs: number): void {
  const ageSeconds = (nowMs - Date.parse(Timestamp)) / 1000;
  // A timestamp that is none gives NaN, which fails both.
  if (ageSeconds <= LONGEST_RETRIES_SECONDS + CLOCK_SKEW_SECONDS && ageSeconds >= -CLOCK_SKEW_SECONDS) return;
  throw new ViewpointError('message_expired', `The message is not of the last hour: its Timestamp is ${JSON.stringify(Timestamp)}.`);
}
