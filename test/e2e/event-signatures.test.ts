import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { newId, startTestService } from '../support/service.js';
import { codeOf, HARMLESS, NEW_SECRET, OLD_SECRET, postEvent, s3Event, secondsFromNow, type Signing } from './signed-events.js';

const FOREIGN_SECRET = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;
const service = await startTestService({ variables: { EVENT_WEBHOOK_SECRETS: `${OLD_SECRET}, ${NEW_SECRET}`, POLLER_ENABLED: 'false' } });
after(() => service.stop());
const post = (body: object | string, signing?: Signing) => postEvent(service, body, signing);

const SIGNED: [what: string, signing: Signing, status: number, code: string | undefined][] = [
  ['the newer secret', {}, 200, undefined],
  ['the older secret', { secret: OLD_SECRET }, 200, undefined],
  ['a clock four minutes behind', { at: secondsFromNow(-240) }, 200, undefined],
  ['a clock four minutes ahead', { at: secondsFromNow(240) }, 200, undefined],
  ['a secret that nobody knows', { secret: FOREIGN_SECRET }, 401, 'signature_invalid'],
  ['a signature of six minutes ago', { at: secondsFromNow(-360) }, 401, 'message_expired'],
  ['a signature of six minutes from now', { at: secondsFromNow(360) }, 401, 'message_expired'],
  ['another id than was signed', { headers: { 'webhook-id': 'another' } }, 401, 'signature_invalid'],
  ['another time than was signed', { at: secondsFromNow(-60), headers: { 'webhook-timestamp': String(Math.floor(Date.now() / 1000)) } }, 401, 'signature_invalid'],
  ['a time that is none', { headers: { 'webhook-timestamp': 'now' } }, 401, 'signature_invalid'],
  ['an empty signature', { headers: { 'webhook-signature': '' } }, 401, 'signature_invalid'],
  ['a signature of another version', { headers: { 'webhook-signature': 'v1a,AAAA' } }, 401, 'signature_invalid'],
  ['an empty id', { headers: { 'webhook-id': '' } }, 401, 'signature_invalid'],
];

for (const [what, signing, status, code] of SIGNED) {
  test(`a request with ${what} is answered ${status}`, async () => {
    const answer = await post(HARMLESS, signing);
    assert.deepEqual([answer.status, codeOf(answer)], [status, code], answer.text);
    assert.equal(answer.headers.get('www-authenticate'), status === 401 ? 'StandardWebhooks' : null);
  });
}

test('one signature of several is enough, and an unsigned request too little', async () => {
  const id = newId('msg');
  const at = new Date();
  const text = JSON.stringify(HARMLESS);
  const signature = [`v1a,${'A'.repeat(40)}`, new Webhook(FOREIGN_SECRET).sign(id, at, text), new Webhook(OLD_SECRET).sign(id, at, text)].join(' ');
  assert.equal((await post(text, { id, at, headers: { 'webhook-signature': signature } })).status, 200);
  const unsigned = await service.request('/webhooks/events', { method: 'POST', headers: { 'content-type': 'application/json' }, body: text });
  assert.deepEqual([unsigned.status, codeOf(unsigned)], [401, 'signature_invalid']);
});

test('a body that was changed by one byte is refused before it is read', async () => {
  const id = newId('msg');
  const at = new Date();
  const signature = new Webhook(NEW_SECRET).sign(id, at, '{"a":1}');
  const answer = await post('{"a": 1}', { id, at, headers: { 'webhook-signature': signature } });
  assert.deepEqual([answer.status, codeOf(answer)], [401, 'signature_invalid']);
});

const BAD_PAYLOADS: [what: string, body: object | string, status: number, detail: RegExp][] = [
  ['no JSON', '{"viewpoint_id": ', 422, /not JSON/],
  ['text', '"hello"', 422, /not a JSON object/],
  ['an unknown member', { viewpoint_id: 'a', tile_sise: 1 }, 422, /request to process a viewpoint/],
  ['an id that leaves the volume', { viewpoint_id: '../etc' }, 422, /viewpoint_id/],
  ['half of a definition', { viewpoint_id: 'a', viewpoint_name: 'A' }, 422, /go together/],
  ['no records', { Records: [] }, 422, /S3 notification/],
  ['records of another service', { Records: [{ eventSource: 'aws:ses', eventName: 'x', ses: {} }] }, 422, /S3 notification/],
  ['a key that is not URL-encoded', s3Event('incoming/100%.tif', '01'), 422, /URL-encoded/],
  ['an EventBridge event of S3 without a key', { 'detail-type': 'Object Created', source: 'aws.s3', detail: { bucket: { name: 'a' }, object: {} } }, 422, /EventBridge/],
  ['300 kB', { viewpoint_id: 'a', viewpoint_name: 'A'.repeat(300_000) }, 413, /./],
];

for (const [what, body, status, detail] of BAD_PAYLOADS) {
  test(`a signed payload of ${what} is refused`, async () => {
    const answer = await post(body);
    assert.deepEqual([answer.status, codeOf(answer)], [status, 'invalid_request'], answer.text);
    assert.match((answer.json as { detail: string }).detail, detail);
  });
}

test('secrets are not in the log', () => {
  const log = JSON.stringify(service.logLines);
  for (const secret of [OLD_SECRET, NEW_SECRET]) assert.ok(!log.includes(secret.slice('whsec_'.length)));
});
