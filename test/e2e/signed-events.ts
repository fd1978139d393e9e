import { Webhook } from 'standardwebhooks';
import type { Answer } from '../support/http.js';
import { newId, type TestService } from '../support/service.js';

export const OLD_SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
export const NEW_SECRET = `whsec_${Buffer.alloc(24, 2).toString('base64')}`;

/** What S3 sends to a bucket's new receiver of events: nothing to do. */
export const HARMLESS = { Event: 's3:TestEvent' };

export interface Signing {
  id?: string;
  secret?: string;
  at?: Date;
  headers?: Record<string, string>;
}

/** Posts a payload to /webhooks/events, signed with a library that is not ours. */
export function postEvent(to: TestService, body: object | string, { id = newId('msg'), secret = NEW_SECRET, at = new Date(), headers = {} }: Signing = {}): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return to.request('/webhooks/events', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, text),
      ...headers,
    },
    body: text,
  });
}

export const codeOf = ({ json }: Answer) => (json as { code?: string } | undefined)?.code;
export const secondsFromNow = (seconds: number) => new Date(Date.now() + seconds * 1000);

export function s3Event(key: string, sequencer: string, name = 'ObjectCreated:Put', bucket = 'viewpoint-images') {
  return { Records: [{ eventVersion: '2.3', eventSource: 'aws:s3', eventName: name, s3: { s3SchemaVersion: '1.0', bucket: { name: bucket }, object: { key, size: 1, eTag: 'd41d8cd98f00b204e9800998ecf8427e', sequencer } } }] };
}
