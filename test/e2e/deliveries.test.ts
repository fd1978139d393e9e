import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { eventually, untilTrue } from '../support/eventually.js';
import type { Answer } from '../support/http.js';
import { HANG, startReceiver, type Receiver } from '../support/receiver.js';
import { definitionOf, newId, startTestService, WAIT, type TestService } from '../support/service.js';

const SECRETS = ['whsec_plJ3nmyCDGBKInavdOK15jsl8f0E2uRZ', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'];
const RGB = definitionOf('samples/rgb-striped.tif');
const MISSING = definitionOf('samples/not-there.tif');

let receiver: Receiver;
let service: TestService;
before(async () => {
  receiver = await startReceiver();
  service = await startTestService({ variables: variablesFor(receiver) });
});
after(async () => {
  await service.stop();
  await receiver.close();
});
beforeEach(() => (receiver.respond = () => undefined));

function variablesFor({ host }: Receiver): Record<string, string> {
  return { CALLBACK_ALLOWED_HOSTS: host, COMPLETION_WEBHOOK_SECRETS: SECRETS.join(','), DELIVERY_RETRY_BASE_MS: '20' };
}

interface DeliveryAnswer {
  id: string;
  event_id: string;
  event_type: string;
  target: string;
  state: string;
  tries: number;
  next_attempt_at: string | null;
  attempts: { status_code: number | null; error: string | null }[];
}

async function deliveriesOf(viewpointId: string): Promise<DeliveryAnswer[]> {
  const { status, json, text } = await service.request(`/viewpoints/${viewpointId}/deliveries`);
  assert.equal(status, 200, text);
  return (json as { deliveries: DeliveryAnswer[] }).deliveries;
}

function untilDelivery(viewpointId: string, isWanted: (delivery: DeliveryAnswer) => boolean): Promise<DeliveryAnswer> {
  return eventually(`a delivery of ${viewpointId} is as wanted`, async () => (await deliveriesOf(viewpointId)).find(isWanted));
}

/** Processes an image that ends as wanted, and answers the id of the viewpoint. */
async function processed(definition: object, callbackUrl = receiver.url): Promise<string> {
  const viewpointId = newId('told');
  const answer = await service.process(viewpointId, { ...definition, callback_url: callbackUrl }, WAIT);
  assert.equal(answer.status, 200, answer.text);
  return viewpointId;
}

const redeliver = (viewpointId: string, deliveryId: string): Promise<Answer> => service.request(`/viewpoints/${viewpointId}/deliveries/${deliveryId}/redeliver`, { method: 'POST' });

test('the end of a job is told to its callback as a signed CloudEvent', async () => {
  const viewpointId = await processed(RGB, `${receiver.url}?token=secret`);
  const [told] = await receiver.untilReceived(viewpointId);
  assert.ok(told !== undefined);
  assert.equal(told.path, '/hook?token=secret');
  assert.equal(told.headers['content-type'], 'application/cloudevents+json; charset=utf-8');
  const { id, time, data, ...rest } = told.event as unknown as { id: string; time: string; data: Record<string, unknown> };
  assert.deepEqual(rest, { specversion: '1.0', source: 'urn:viewpoint-worker:us-west-2:TSJobTable', type: 'viewpoint.ready', subject: viewpointId, datacontenttype: 'application/json' });
  assert.equal(new Date(time).toISOString(), time);
  assert.deepEqual([data['viewpoint_status'], data['object_key'], data['attempt'], data['error']], ['READY', RGB.object_key, 1, null]);

  assert.equal(told.headers['webhook-id'], id);
  const timestamp = told.headers['webhook-timestamp'];
  assert.ok(Math.abs(Number(timestamp) - Date.now() / 1000) < 300);
  const expected = SECRETS.map((secret) => `v1,${createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64')).update(`${id}.${String(timestamp)}.${told.body}`).digest('base64')}`);
  assert.equal(told.headers['webhook-signature'], expected.join(' '));

  const delivery = await untilDelivery(viewpointId, ({ state }) => state === 'delivered');
  assert.deepEqual([delivery.event_id, delivery.event_type, delivery.tries, delivery.next_attempt_at, delivery.attempts.map(({ status_code }) => status_code)], [id, 'viewpoint.ready', 1, null, [204]]);
  assert.equal(delivery.target, `${receiver.url}?…`);
  assert.equal(receiver.received.filter(({ event }) => event.subject === viewpointId).length, 1);
});

test('a job that fails and one that is cancelled are told of with their errors', async () => {
  const failed = await processed(MISSING);
  const [told] = await receiver.untilReceived(failed);
  assert.deepEqual([told?.event.type, told?.event.data.error?.code], ['viewpoint.failed', 'no_such_key']);

  // Nobody has sent a message for this one, so it waits.
  const waiting = newId('told');
  await service.putRow(waiting, RGB, { callback_urls: { S: receiver.url }, delivery_version: { N: '1' } });
  assert.equal((await service.request(`/viewpoints/${waiting}/process`, { method: 'DELETE' })).status, 202);
  const [cancelled] = await receiver.untilReceived(waiting);
  assert.deepEqual([cancelled?.event.type, cancelled?.event.data.error?.code], ['viewpoint.failed', 'cancelled']);
});

test('all who ask for the end of one job are told, and who asks when it is READY is told of that once', async () => {
  const viewpointId = newId('told');
  const urls = ['a', 'b', 'c'].map((name) => `${receiver.url}/${name}`);
  await Promise.all(urls.map((url) => service.process(viewpointId, { ...RGB, callback_url: url }, WAIT)));
  const first = await receiver.untilReceived(viewpointId, 3);
  assert.deepEqual(first.map(({ path }) => path).sort(), ['/hook/a', '/hook/b', '/hook/c']);
  assert.equal(new Set(first.map(({ event }) => event.id)).size, 1);

  for (const url of [`${receiver.url}/late`, `${receiver.url}/late`, urls[0]]) assert.equal((await service.process(viewpointId, { callback_url: url })).status, 200);
  const all = await receiver.untilReceived(viewpointId, 4);
  await untilTrue('all are delivered', async () => (await deliveriesOf(viewpointId)).every(({ state }) => state === 'delivered'));
  assert.deepEqual(all.map(({ path }) => path).sort(), ['/hook/a', '/hook/b', '/hook/c', '/hook/late']);
  assert.equal(new Set(all.map(({ event }) => event.id)).size, 1);
});

test('a viewpoint processed again is told of again, with another id', async () => {
  const viewpointId = await processed(RGB);
  assert.equal((await service.process(viewpointId, { force: true, callback_url: receiver.url }, WAIT)).status, 200);
  const [first, second] = await receiver.untilReceived(viewpointId, 2);
  assert.notEqual(first?.event.id, second?.event.id);
  assert.deepEqual((await deliveriesOf(viewpointId)).map(({ event_id }) => event_id), [second?.event.id, first?.event.id]);
});

test('a receiver that asks for time gets it, and by hand the event comes at once', async () => {
  receiver.respond = (response) => {
    response.writeHead(503, { 'retry-after': '3600' });
  };
  const viewpointId = await processed(RGB);
  const delivery = await untilDelivery(viewpointId, ({ attempts }) => attempts.length > 0);
  assert.deepEqual([delivery.state, delivery.tries, delivery.attempts[0]?.status_code], ['pending', 1, 503]);
  const waitSeconds = (Date.parse(delivery.next_attempt_at ?? '') - Date.now()) / 1000;
  assert.ok(waitSeconds > 3500 && waitSeconds < 3700, String(waitSeconds));

  receiver.respond = () => undefined;
  const again = await redeliver(viewpointId, delivery.id);
  assert.equal(again.status, 202, again.text);
  await untilDelivery(viewpointId, ({ state }) => state === 'delivered');
  const [first, second] = await receiver.untilReceived(viewpointId, 2);
  assert.equal(first?.body, second?.body);
});

test('a receiver that is gone for good is not tried again', async () => {
  receiver.respond = (response) => void (response.statusCode = 410);
  const viewpointId = await processed(RGB);
  const { tries, next_attempt_at, attempts } = await untilDelivery(viewpointId, ({ state }) => state === 'failed');
  assert.deepEqual([tries, next_attempt_at, attempts.length], [1, null, 1]);
});

test('a redirect is not followed but tried again', async () => {
  let redirects = 0;
  receiver.respond = (response) => {
    if (redirects++ === 0) response.writeHead(307, { location: '/elsewhere' });
  };
  const viewpointId = await processed(RGB);
  const { attempts } = await untilDelivery(viewpointId, ({ state }) => state === 'delivered');
  assert.deepEqual(attempts.map(({ status_code, error }) => [status_code, error]), [[307, 'answered 307; redirects are not followed'], [204, null]]);
  assert.deepEqual((await receiver.untilReceived(viewpointId, 2)).map(({ path }) => path), ['/hook', '/hook']);
});

test('a name that leads to this machine is refused when it is called, and not called', async () => {
  const port = receiver.host.split(':')[1];
  const viewpointId = await processed(RGB, `https://localhost:${port}/hook`);
  const { attempts } = await untilDelivery(viewpointId, (delivery) => delivery.attempts.length > 1);
  assert.match(attempts[0]?.error ?? '', /localhost leads to no public address/);
  assert.equal(receiver.received.filter(({ event }) => event.subject === viewpointId).length, 0);
});

for (const url of ['http://receiver.example.com/', 'https://169.254.169.254/latest/meta-data', 'https://[::1]/', 'https://0x7f.1/', 'https://user:word@receiver.example.com/', 'ftp://receiver.example.com/', 'not a url', 'file:///etc/passwd']) {
  test(`a callback to ${url} is refused before anything is written`, async () => {
    const viewpointId = newId('refused');
    const { status, json } = await service.process(viewpointId, { ...RGB, callback_url: url });
    assert.deepEqual([status, (json as { code: string }).code], [422, 'callback_refused']);
    assert.equal((await service.request(`/viewpoints/${viewpointId}`)).status, 404);
  });
}

test('what was never told cannot be told again', async () => {
  const viewpointId = newId('silent');
  await service.process(viewpointId, RGB, WAIT);
  assert.deepEqual(await deliveriesOf(viewpointId), []);
  const { status, json } = await redeliver(viewpointId, 'msg_0-0');
  assert.deepEqual([status, (json as { code: string }).code], [404, 'delivery_not_found']);
  for (const answer of [await service.request('/viewpoints/nowhere/deliveries'), await redeliver('nowhere', 'msg_0-0')]) {
    assert.deepEqual([answer.status, (answer.json as { code: string }).code], [404, 'viewpoint_not_found']);
  }
});

test('an event whose row the tile server puts anew between two tries is delivered all the same', async () => {
  let isDown = true;
  receiver.respond = (response) => {
    if (isDown) response.writeHead(500, { 'retry-after': '1' });
  };
  const viewpointId = await processed(RGB);
  await untilDelivery(viewpointId, ({ attempts }) => attempts.length === 1);
  await service.putRow(viewpointId, RGB, { viewpoint_status: { S: 'READY' } });
  assert.deepEqual(await deliveriesOf(viewpointId), []);
  isDown = false;
  await receiver.untilReceived(viewpointId, 2);
  await untilDelivery(viewpointId, ({ state }) => state === 'delivered');
});

test('a receiver that is down for part of the time, over a restart, accepts every completion exactly once by id', async (t) => {
  const unreliable = await startReceiver();
  t.after(() => unreliable.close());
  const stateFolder = await mkdtemp(join(tmpdir(), 'viewpoint-e2e-'));
  t.after(() => rm(stateFolder, { recursive: true, force: true }));
  const variables = { ...variablesFor(unreliable), COMPLETION_WEBHOOK_URL: unreliable.url, DELIVERY_TIMEOUT_SECONDS: '1', EXECUTOR_CONCURRENCY: '1' };

  // Down: every way of it in turn.
  let count = 0;
  unreliable.respond = (response) => {
    const turn = count++ % 4;
    if (turn === 0) response.statusCode = 503;
    else if (turn === 1) response.destroy();
    else if (turn === 2) response.writeHead(500).write('half an answer');
    else return HANG;
    return undefined;
  };
  const before = await startTestService({ variables, stateFolder });
  const ids = Array.from({ length: 6 }, (_, index) => newId(`unreliable-${index}`));
  for (const [index, viewpointId] of ids.entries()) await before.process(viewpointId, index % 2 === 0 ? RGB : MISSING);
  await Promise.all(ids.map((viewpointId) => before.endOf(viewpointId)));
  await untilTrue('the receiver was down for a while', () => count >= 12);
  await before.stop();
  assert.deepEqual(unreliable.accepted(), []);

  const down = unreliable.received.length;
  unreliable.respond = (response) => {
    if (count++ % 3 === 0) response.destroy();
  };
  const service = await startTestService({ variables, stateFolder });
  t.after(() => service.stop());
  await untilTrue('every completion was accepted', () => new Set(unreliable.accepted().map(({ event }) => event.subject)).size === ids.length);
  await untilTrue('nothing is left to deliver', async () => {
    const rows = await Promise.all(ids.map((viewpointId) => service.row(viewpointId)));
    return rows.every((row) => row?.['delivery_due_at']?.N === '0');
  });
  const accepted = unreliable.accepted();
  assert.ok(down > 0);
  assert.deepEqual(accepted.map(({ event }) => event.subject).sort(), ids.toSorted());
  assert.equal(new Set(accepted.map(({ headers }) => headers['webhook-id'])).size, ids.length);
  // What is told is the same every time.
  for (const { event, body } of accepted) assert.ok(unreliable.received.filter((other) => other.event.id === event.id).every((other) => other.body === body));
});
