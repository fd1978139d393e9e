import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retryAfterMs } from '../../src/deliveries/retry-after.js';
import { webhookHeaders } from '../../src/deliveries/webhook-signature.js';
import { webhookKey } from '../../src/domain/webhooks/standard-signature.js';

test('the signature is that of the example of Standard Webhooks', () => {
  const key = Buffer.from('plJ3nmyCDGBKInavdOK15jsl', 'base64');
  const body = '{"event_type":"ping","data":{"success":true}}';
  assert.deepEqual(webhookHeaders([key], { id: 'msg_loFOjxBNrRLzqYUf', timestampSeconds: 1_731_705_121, body }), {
    'webhook-id': 'msg_loFOjxBNrRLzqYUf',
    'webhook-timestamp': '1731705121',
    'webhook-signature': 'v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=',
  });
});

test('there is one signature by each key, and none without a key', () => {
  const message = { id: 'msg_1', timestampSeconds: 1, body: '{}' };
  const [one, other] = [Buffer.alloc(24, 1), Buffer.alloc(24, 2)];
  const both = webhookHeaders([one, other], message)['webhook-signature']?.split(' ');
  assert.deepEqual(both, [webhookHeaders([one], message)['webhook-signature'], webhookHeaders([other], message)['webhook-signature']]);
  assert.deepEqual(Object.keys(webhookHeaders([], message)), ['webhook-id', 'webhook-timestamp']);
});

test('a secret has its prefix, is base64 and holds 24 to 64 bytes', () => {
  const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
  assert.deepEqual(webhookKey(secret), Buffer.alloc(24, 7));
  for (const wrong of ['', secret.slice('whsec_'.length), `whsec_${Buffer.alloc(23).toString('base64')}`, `whsec_${Buffer.alloc(65).toString('base64')}`, `${secret}!`, 'whsec_not base64 at all, not in the least']) {
    assert.throws(() => webhookKey(wrong), /whsec_/);
  }
});

test('Retry-After is read as seconds or as an HTTP date', () => {
  const now = Date.parse('2026-09-22T10:00:00Z');
  assert.equal(retryAfterMs('120', now), 120_000);
  assert.equal(retryAfterMs('0', now), 0);
  assert.equal(retryAfterMs('Tue, 22 Sep 2026 10:05:00 GMT', now), 300_000);
  assert.equal(retryAfterMs('Tue, 22 Sep 2026 09:00:00 GMT', now), 0);
  for (const unreadable of [undefined, '', 'soon', '-5', '1.5', '12345678901']) assert.equal(retryAfterMs(unreadable, now), undefined);
});
