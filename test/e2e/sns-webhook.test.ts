import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { generateKeyPairSync } from 'node:crypto';
import { createCertificateAuthority, selfSigned } from '../support/certificate-authority.js';
import type { Answer } from '../support/http.js';
import { definitionOf, newId, startTestService } from '../support/service.js';
import { confirmation, notification, OTHER_TOPIC, REGION_HOST, signed, snsHeaders, startSns, TOPIC, type Message } from '../support/sns.js';

const PASSWORD = 'a-long-enough-password';
const sns = await startSns();
const variables = { SNS_TOPIC_ARNS: `${TOPIC},${OTHER_TOPIC},arn:aws-cn:sns:cn-north-1:123456789012:images`, EVENT_RULES: '[{"bucket": "viewpoint-images", "prefix": "incoming/", "viewpoint_id": "sns-{stem}"}]', POLLER_ENABLED: 'false', SNS_RAW_DELIVERY_PASSWORD: PASSWORD };
const service = await startTestService({ variables, snsDispatcher: sns.dispatcher });
after(async () => {
  await service.stop();
  await sns.close();
});

const RGB = definitionOf('samples/rgb-striped.tif');
/** Acknowledged without any work. */
const HARMLESS = JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'images' });

function post(body: string | Message, headers?: Record<string, string>): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return service.request('/webhooks/sns', { method: 'POST', headers: headers ?? (typeof body === 'string' ? { 'content-type': 'text/plain' } : snsHeaders(body)), body: text });
}

function codeOf(answer: Answer): string | undefined {
  return (answer.json as { code?: string } | undefined)?.code;
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const sign = (message: Message, version?: '1' | '2') => signed(message, sns.signer, version);
const harmless = (changes?: Message) => notification(HARMLESS, changes);

let requestsBefore = 0;
let hostsBefore = 0;
beforeEach(() => {
  requestsBefore = sns.requests.length;
  hostsBefore = sns.hostsAsked.length;
});
const newRequests = () => sns.requests.slice(requestsBefore);

/** A certificate of the test authority for another purpose than the good one. */
function certificate(make: () => { pem: string; key: Parameters<typeof signed>[1]['key'] }): Parameters<typeof signed>[1] {
  const { pem, key } = make();
  return { key, url: sns.publish(pem) };
}

const intermediate = sns.authority.issueAuthority('Test intermediate');
const chained = intermediate.issue('sns.amazonaws.com');
const cnSigner = { key: sns.signer.key, url: sns.signer.url.replace(REGION_HOST, 'sns.cn-north-1.amazonaws.com.cn') };

const ACCEPTED: [what: string, message: () => Message, headers?: Record<string, string>][] = [
  ['signature version 1', () => sign(harmless(), '1')],
  ['signature version 2', () => sign(harmless(), '2')],
  ['a subject', () => sign(harmless({ Subject: 'Amazon S3 Notification' }))],
  ['a subject that is null', () => ({ ...sign(harmless()), Subject: null })],
  ['attributes, which are not signed', () => ({ ...sign(harmless()), MessageAttributes: { correlation_id: { Type: 'String', Value: 'abc' } } })],
  ['text beyond ASCII', () => sign(harmless({ Subject: 'Köln – 東京 🛰' }))],
  ['the media type of JSON', () => sign(harmless()), { 'content-type': 'application/json' }],
  ['an age of 59 minutes, when SNS may still be trying', () => sign(harmless({ Timestamp: minutesAgo(59) }))],
  ['a clock two minutes ahead', () => sign(harmless({ Timestamp: minutesAgo(-2) }))],
  ['another allowed topic', () => sign(harmless({ TopicArn: OTHER_TOPIC }))],
  ['a certificate in China', () => signed(harmless({ TopicArn: 'arn:aws-cn:sns:cn-north-1:123456789012:images' }), cnSigner)],
  ['a certificate with those that issued it', () => signed(harmless(), { key: chained.key, url: sns.publish(chained.pem + intermediate.pem + sns.authority.pem) })],
  ['the name of a younger region in its certificate', () => signed(harmless(), certificate(() => sns.authority.issue('sns-signing.eu-south-1.amazonaws.com')))],
  ['a subscription that ended', () => sign(confirmation('UnsubscribeConfirmation'))],
];

for (const [what, message, headers] of ACCEPTED) {
  test(`a message with ${what} is accepted`, async () => {
    const answer = await post(message(), headers);
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual((answer.json as { accepted: unknown[] }).accepted, []);
  });
}

const strangerKey = createCertificateAuthority().issue('sns.amazonaws.com').key;
const at = (url: string) => ({ key: sns.signer.key, url });
const file = '/SimpleNotificationService-0123456789abcdef.pem';

const REFUSED: [what: string, body: () => string | Message, status: number, code: string, headers?: Record<string, string>][] = [
  // Tampered with
  ['another text than was signed', () => ({ ...sign(harmless()), Message: '{"Event":"s3:TestEvent" }' }), 401, 'signature_invalid'],
  ['another id than was signed', () => ({ ...sign(harmless()), MessageId: 'another' }), 401, 'signature_invalid'],
  ['another time than was signed', () => ({ ...sign(harmless({ Timestamp: minutesAgo(30) })), Timestamp: minutesAgo(1) }), 401, 'signature_invalid'],
  ['another allowed topic than was signed', () => ({ ...sign(harmless()), TopicArn: OTHER_TOPIC }), 401, 'signature_invalid'],
  ['a subject that was not signed', () => ({ ...sign(harmless()), Subject: 'Hello' }), 401, 'signature_invalid'],
  ['a subject taken away', () => ({ ...sign(harmless({ Subject: 'Hello' })), Subject: null }), 401, 'signature_invalid'],
  ['the type of a subscription over a notification', () => ({ ...sign(harmless()), Type: 'SubscriptionConfirmation', Token: 't', SubscribeURL: `https://${REGION_HOST}/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=t` }), 401, 'signature_invalid'],
  ['the signature of another message', () => ({ ...sign(harmless()), Signature: sign(harmless())['Signature'] as string }), 401, 'signature_invalid'],
  ['a signature by a stranger', () => signed(harmless(), { key: strangerKey, url: sns.signer.url }), 401, 'signature_invalid'],
  ['a SHA1 signature that is called SHA256', () => ({ ...sign(harmless(), '1'), SignatureVersion: '2' }), 401, 'signature_invalid'],
  ['a signature version that there is not', () => ({ ...sign(harmless()), SignatureVersion: '3' }), 401, 'signature_invalid'],
  ['an empty signature', () => ({ ...sign(harmless()), Signature: '' }), 401, 'signature_invalid'],
  ['a signature that is no base64', () => ({ ...sign(harmless()), Signature: '%%%' }), 401, 'signature_invalid'],
  ['half of a signature', () => ({ ...sign(harmless()), Signature: (sign(harmless())['Signature'] as string).slice(0, 171) }), 401, 'signature_invalid'],
  // Certificates elsewhere
  ['a certificate on a foreign host', () => signed(harmless(), at(`https://attacker.example${file}`)), 401, 'signature_invalid'],
  ['a certificate on a host that begins like SNS', () => signed(harmless(), at(`https://${REGION_HOST}.attacker.example${file}`)), 401, 'signature_invalid'],
  ['a certificate on a host that ends like SNS', () => signed(harmless(), at(`https://evil-${REGION_HOST}${file}`)), 401, 'signature_invalid'],
  ['a certificate in a bucket named sns', () => signed(harmless(), at(`https://sns.s3.amazonaws.com${file}`)), 401, 'signature_invalid'],
  ['a certificate on another service of AWS', () => signed(harmless(), at(`https://s3.us-west-2.amazonaws.com/sns${file}`)), 401, 'signature_invalid'],
  ['a certificate over plain HTTP', () => signed(harmless(), at(`http://${REGION_HOST}${file}`)), 401, 'signature_invalid'],
  ['a certificate on another port', () => signed(harmless(), at(`https://${REGION_HOST}:8443${file}`)), 401, 'signature_invalid'],
  ['a host of SNS as the user of another host', () => signed(harmless(), at(`https://${REGION_HOST}@attacker.example${file}`)), 401, 'signature_invalid'],
  ['a user in the address of the certificate', () => signed(harmless(), at(`https://me:secret@${REGION_HOST}${file}`)), 401, 'signature_invalid'],
  ['a certificate at another path', () => signed(harmless(), at(`https://${REGION_HOST}/upload/../other.pem`)), 401, 'signature_invalid'],
  ['a certificate with a query', () => signed(harmless(), at(`https://${REGION_HOST}${file}?a=b`)), 401, 'signature_invalid'],
  ['a certificate on a loopback address', () => signed(harmless(), at(`https://127.0.0.1${file}`)), 401, 'signature_invalid'],
  ['a certificate in a local file', () => signed(harmless(), at('file:///etc/passwd')), 401, 'signature_invalid'],
  // Certificates that are not what they should be
  ['a certificate that is out of date', () => signed(harmless(), certificate(() => sns.authority.issue('sns.amazonaws.com', { validFromDays: -30, validToDays: -1 }))), 401, 'signature_invalid'],
  ['a certificate that is not valid yet', () => signed(harmless(), certificate(() => sns.authority.issue('sns.amazonaws.com', { validFromDays: 1 }))), 401, 'signature_invalid'],
  ['a certificate that is signed by itself', () => signed(harmless(), certificate(() => selfSigned('sns.amazonaws.com'))), 401, 'signature_invalid'],
  ['a certificate of somebody else', () => signed(harmless(), certificate(() => sns.authority.issue('sns.attacker.example'))), 401, 'signature_invalid'],
  ['a certificate whose name only ends like SNS', () => signed(harmless(), certificate(() => sns.authority.issue('evilsns.amazonaws.com'))), 401, 'signature_invalid'],
  ['a certificate of a short key', () => signed(harmless(), certificate(() => sns.authority.issue('sns.amazonaws.com', { keyBits: 1024 }))), 401, 'signature_invalid'],
  ['a certificate with an issuer that did not issue it', () => signed(harmless(), { key: chained.key, url: sns.publish(chained.pem + createCertificateAuthority('Test intermediate').pem) }), 401, 'signature_invalid'],
  ['a certificate with an issuer that is no authority', () => signed(harmless(), { key: chained.key, url: sns.publish(chained.pem + sns.authority.issue('Test intermediate').pem) }), 401, 'signature_invalid'],
  ['the certificate of the authority itself', () => signed(harmless(), at(sns.publish(sns.authority.pem))), 401, 'signature_invalid'],
  ['a certificate that is none', () => signed(harmless(), at(sns.publish('not a certificate'))), 401, 'signature_invalid'],
  ['a certificate of broken base64', () => signed(harmless(), at(sns.publish('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'))), 401, 'signature_invalid'],
  ['a certificate that does not exist', () => signed(harmless(), at(`https://${REGION_HOST}/SimpleNotificationService-missing.pem`)), 401, 'signature_invalid'],
  ['a certificate larger than any', () => signed(harmless(), at(sns.publish('A'.repeat(100_000)))), 401, 'signature_invalid'],
  // Replayed, foreign, or no message at all
  ['an age of two hours', () => sign(harmless({ Timestamp: minutesAgo(120) })), 401, 'message_expired'],
  ['a time that is ten minutes ahead', () => sign(harmless({ Timestamp: minutesAgo(-10) })), 401, 'message_expired'],
  ['a time that is none', () => sign(harmless({ Timestamp: 'today' })), 401, 'message_expired'],
  ['a topic that is not allowed', () => sign(harmless({ TopicArn: `${TOPIC}-of-others` })), 403, 'topic_not_allowed'],
  ['headers of another type', () => sign(harmless()), 422, 'invalid_request', { 'x-amz-sns-message-type': 'UnsubscribeConfirmation' }],
  ['headers of another topic', () => sign(harmless()), 422, 'invalid_request', { 'x-amz-sns-topic-arn': OTHER_TOPIC }],
  ['headers of another id', () => sign(harmless()), 422, 'invalid_request', { 'x-amz-sns-message-id': 'another' }],
  ['no JSON', () => '{"Type": "Notification"', 422, 'invalid_request'],
  ['a list', () => '[]', 422, 'invalid_request'],
  ['no signature', () => ({ ...harmless() }), 422, 'invalid_request'],
  ['a type that there is not', () => sign(harmless({ Type: 'Advertisement' })), 422, 'invalid_request'],
  ['a number where text belongs', () => ({ ...sign(harmless()), Message: 1 as unknown as string }), 422, 'invalid_request'],
  ['a payload that is no JSON', () => sign(notification('hello')), 422, 'invalid_request'],
  ['a payload of another kind', () => sign(notification('{"hello": "world"}')), 422, 'invalid_request'],
  ['300 kB', () => sign(notification('A'.repeat(300_000))), 413, 'invalid_request'],
  // Subscriptions
  ['an address of confirmation on a foreign host', () => sign(confirmation('SubscriptionConfirmation', { SubscribeURL: `https://attacker.example/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=t`, Token: 't' })), 401, 'signature_invalid'],
  ['an address of confirmation that does something else', () => sign(confirmation('SubscriptionConfirmation', { SubscribeURL: `https://${REGION_HOST}/?Action=DeleteTopic&TopicArn=${TOPIC}&Token=t`, Token: 't' })), 401, 'signature_invalid'],
  ['an address of confirmation for another topic', () => sign(confirmation('SubscriptionConfirmation', { SubscribeURL: `https://${REGION_HOST}/?Action=ConfirmSubscription&TopicArn=${OTHER_TOPIC}&Token=t`, Token: 't' })), 401, 'signature_invalid'],
  ['an address of confirmation with another token', () => sign(confirmation('SubscriptionConfirmation', { SubscribeURL: `https://${REGION_HOST}/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=x`, Token: 't' })), 401, 'signature_invalid'],
  ['a subscription to a topic that is not allowed', () => sign(confirmation('SubscriptionConfirmation', { TopicArn: 'arn:aws:sns:us-west-2:999999999999:new-images' })), 403, 'topic_not_allowed'],
];

for (const [what, body, status, code, headers] of REFUSED) {
  test(`a message with ${what} is refused`, async () => {
    const message = body();
    const answer = await post(message, headers === undefined ? undefined : { 'content-type': 'text/plain', ...headers });
    assert.deepEqual([answer.status, codeOf(answer)], [status, code], answer.text);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    assert.equal(answer.headers.has('www-authenticate'), status === 401);
    assert.ok(newRequests().every((request) => request.startsWith(`${REGION_HOST}/SimpleNotificationService-`)), newRequests().join());
    assert.ok(sns.hostsAsked.slice(hostsBefore).every((host) => host === REGION_HOST), sns.hostsAsked.join());
  });
}

test('a certificate behind a redirect is not followed', async () => {
  const url = sns.publish('');
  sns.files.set(new URL(url).pathname, (response) => response.writeHead(302, { location: sns.signer.url }).end());
  const answer = await post(signed(harmless(), { key: sns.signer.key, url }));
  assert.deepEqual([answer.status, codeOf(answer)], [401, 'signature_invalid']);
  assert.equal(newRequests().length, 1);
});

test('a certificate that cannot be had just now makes SNS try again', async () => {
  const url = sns.publish('');
  const path = new URL(url).pathname;
  const message = signed(harmless(), { key: sns.signer.key, url });
  sns.files.set(path, (response) => response.writeHead(503).end());
  const unavailable = await post(message);
  assert.deepEqual([unavailable.status, codeOf(unavailable)], [503, 'dependency_unavailable']);
  sns.files.set(path, (response) => response.destroy());
  assert.equal((await post(message)).status, 503);
  sns.files.set(path, sns.files.get(new URL(sns.signer.url).pathname) ?? '');
  assert.equal((await post(message)).status, 200);
});

test('a certificate is fetched once for many messages', async () => {
  const { pem, key } = sns.authority.issue('sns.amazonaws.com');
  const signer = { key, url: sns.publish(pem) };
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(signed(harmless(), signer))));
  assert.deepEqual(answers.map(({ status }) => status), Array(10).fill(200));
  assert.equal((await post(signed(harmless(), signer))).status, 200);
  assert.equal(newRequests().length, 1);
});

test('a certificate of an elliptic curve is refused', async () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const answer = await post(signed(harmless(), { key: privateKey, url: sns.signer.url }));
  assert.deepEqual([answer.status, codeOf(answer)], [401, 'signature_invalid']);
});

test('a subscription to an allowed topic is confirmed by one request to SNS', async () => {
  const message = sign(confirmation('SubscriptionConfirmation'));
  const answer = await post(message);
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(newRequests().filter((request) => !request.includes('.pem')), [(message['SubscribeURL'] as string).replace('https://', '')]);
});

test('a confirmation that SNS does not take is answered so that SNS asks again', async () => {
  sns.files.set('/', (response) => response.writeHead(500).end());
  const answer = await post(sign(confirmation('SubscriptionConfirmation')));
  sns.files.set('/', '');
  assert.deepEqual([answer.status, codeOf(answer)], [503, 'dependency_unavailable']);
});

test("the tile server's message starts the job of its viewpoint, once however often it is delivered", async () => {
  const viewpointId = newId('sns');
  await service.putRow(viewpointId, definitionOf('e2e/missing.tif'));
  const message = sign(notification(JSON.stringify({ viewpoint_id: viewpointId, ...RGB, viewpoint_status: 'REQUESTED', local_object_path: null, error_message: null, expire_time: null }), { Subject: 'viewpoint' }));
  const answer = await post({ ...message, MessageAttributes: { correlation_id: { Type: 'String', Value: 'sns-correlation' } } });
  assert.equal(answer.status, 202, answer.text);
  assert.deepEqual(answer.json, { accepted: [{ viewpoint_id: viewpointId, status_url: `/viewpoints/${viewpointId}/status` }], ignored: [] });
  const status = await service.endOf(viewpointId);
  assert.deepEqual([status.viewpoint_status, status.error?.code, status.attempt, status.correlation_id], ['FAILED', 'no_such_key', 1, 'sns-correlation']);
  // A FAILED viewpoint would be tried again by a new request; this one is the same.
  const again = await post(message);
  assert.deepEqual([again.status, again.json], [202, answer.json]);
  assert.equal((await service.endOf(viewpointId)).attempt, 1);
  const fresh = await post(sign({ ...message, MessageId: 'another-publication' }));
  assert.equal(fresh.status, 202);
  assert.equal((await service.endOf(viewpointId)).attempt, 2);
});

test('a request to process creates the viewpoint', async () => {
  const viewpointId = newId('sns-new');
  assert.equal((await post(sign(notification(JSON.stringify({ viewpoint_id: viewpointId, ...RGB, range_adjustment: 'DRA' }))))).status, 202);
  assert.equal((await service.endOf(viewpointId)).viewpoint_status, 'READY');
  assert.deepEqual((await service.row(viewpointId))?.['range_adjustment'], { S: 'DRA' });
});

test('an S3 event, and the same by EventBridge, is one job of the viewpoint that its rule makes', async () => {
  await service.putObject('incoming/new image.tif', 'no image');
  const s3Event = { Records: [{ eventSource: 'aws:s3', eventName: 'ObjectCreated:CompleteMultipartUpload', s3: { bucket: { name: 'viewpoint-images' }, object: { key: 'incoming/new+image.tif', versionId: 'v1', sequencer: '01' } } }] };
  const event = { 'detail-type': 'Object Created', source: 'aws.s3', detail: { bucket: { name: 'viewpoint-images' }, object: { key: 'incoming/new image.tif', 'version-id': 'v1', sequencer: '01' } } };
  for (const payload of [s3Event, event]) {
    const answer = await post(sign(notification(JSON.stringify(payload), { Subject: 'Amazon S3 Notification' })));
    assert.deepEqual([answer.status, (answer.json as { accepted: { viewpoint_id: string }[] }).accepted.map(({ viewpoint_id }) => viewpoint_id)], [202, ['sns-new-image']]);
    const { error, attempt } = await service.endOf('sns-new-image');
    assert.deepEqual([error?.code, attempt], ['not_an_image', 1]);
  }
});

test('a message for a viewpoint that is gone is acknowledged, and creates none', async () => {
  const viewpointId = newId('gone');
  const answer = await post(sign(notification(JSON.stringify({ viewpoint_id: viewpointId, ...RGB, viewpoint_status: 'REQUESTED' }))));
  assert.equal(answer.status, 200);
  assert.deepEqual((answer.json as { ignored: { what: string }[] }).ignored.map(({ what }) => what), [viewpointId]);
  assert.equal(await service.row(viewpointId), undefined);
});

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const RAW: [what: string, headers: Record<string, string>, status: number][] = [
  ['the password', { authorization: basic(`sns:${PASSWORD}`) }, 200],
  ['no password, so that SNS sends it', {}, 401],
  ['another password', { authorization: basic('sns:another-password') }, 401],
  ['the password as the user', { authorization: basic(PASSWORD) }, 401],
  ['another kind of authorization', { authorization: `Bearer ${PASSWORD}` }, 401],
  ['the password from a topic that is not allowed', { authorization: basic(`sns:${PASSWORD}`), 'x-amz-sns-topic-arn': `${TOPIC}-of-others` }, 403],
  ['the password as a confirmation', { authorization: basic(`sns:${PASSWORD}`), 'x-amz-sns-message-type': 'SubscriptionConfirmation' }, 422],
];

for (const [what, headers, status] of RAW) {
  test(`raw delivery with ${what} is answered ${status}`, async () => {
    const answer = await service.request('/webhooks/sns', {
      method: 'POST',
      headers: { 'content-type': 'text/plain', 'x-amz-sns-rawdelivery': 'true', 'x-amz-sns-message-type': 'Notification', 'x-amz-sns-message-id': 'raw-1', 'x-amz-sns-topic-arn': TOPIC, ...headers },
      body: HARMLESS,
    });
    assert.equal(answer.status, status, answer.text);
    assert.equal(answer.headers.get('www-authenticate'), status === 401 ? 'Basic realm="sns"' : null);
  });
}

test('with a password for raw delivery, other messages must be signed all the same', async () => {
  const message = { ...sign(harmless()), Message: HARMLESS.replace('images', 'others') };
  const answer = await service.request('/webhooks/sns', { method: 'POST', headers: { ...snsHeaders(message), authorization: basic(`sns:${PASSWORD}`) }, body: JSON.stringify(message) });
  assert.deepEqual([answer.status, codeOf(answer)], [401, 'signature_invalid']);
});

test('neither passwords nor signatures are in the log', () => {
  const log = JSON.stringify(service.logLines);
  assert.ok(log.includes('webhook refused'));
  for (const secret of [PASSWORD, basic(`sns:${PASSWORD}`), 'another-password']) assert.ok(!log.includes(secret));
});
