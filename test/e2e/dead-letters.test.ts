import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, test } from 'node:test';
import { GetQueueUrlCommand, PurgeQueueCommand, SendMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { untilTrue } from '../support/eventually.js';
import { definitionOf, newId, startTestService } from '../support/service.js';
import { connectTileServer, type Row } from '../support/tile-server.js';

interface Listed {
  message_id: string;
  viewpoint_id: string | null;
  viewpoint_status: string | null;
  reason: string | null;
  body: string;
  attributes: Record<string, string>;
  receive_count: number;
  sent_at: string | null;
}

const service = await startTestService({ variables: { EVENT_RULES: JSON.stringify([{ bucket: 'viewpoint-images', suffix: '.tif', viewpoint_id: '{stem}' }]) } });
const { JOB_QUEUE: queueName, JOB_TABLE: tableName, region } = service.config;
const deadLetters = await connectTileServer({ ...service.aws, region, tableName, queueName: `${queueName}-dlq` });
const sqs = new SQSClient({ region, credentials: service.aws.credentials, endpoint: service.aws.endpoints.sqs ?? '', useQueueUrlAsEndpoint: false });
const urlOf = async (name: string) => (await sqs.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl ?? '';
const [jobsUrl, deadLettersUrl] = [await urlOf(queueName), await urlOf(`${queueName}-dlq`)];
after(async () => {
  sqs.destroy();
  deadLetters.close();
  await service.stop();
});
afterEach(async () => {
  await sqs.send(new PurgeQueueCommand({ QueueUrl: deadLettersUrl }));
});

const RGB = definitionOf('samples/rgb-striped.tif');
const FAILED: Row = { viewpoint_status: { S: 'FAILED' }, error_message: { S: 'S3 could not be reached.' } };

async function list(query = ''): Promise<Listed[]> {
  const { status, json, text } = await service.request(`/dead-letters${query}`);
  assert.equal(status, 200, text);
  return (json as { messages: Listed[] }).messages;
}

async function redrive(body?: object): Promise<{ message_id: string; viewpoint_id: string | null; outcome: string }[]> {
  const { status, json, text } = await service.request('/dead-letters/redrive', {
    method: 'POST',
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  assert.equal(status, 200, text);
  return (json as { messages: { message_id: string; viewpoint_id: string | null; outcome: string }[] }).messages;
}

async function failedViewpoint(): Promise<{ viewpointId: string; correlationId: string }> {
  const [viewpointId, correlationId] = [newId('dead'), randomUUID()];
  await service.putRow(viewpointId, RGB, FAILED);
  await deadLetters.sendMessage(viewpointId, RGB, correlationId);
  return { viewpointId, correlationId };
}

test('dead letters are listed with body, attributes and reason, and stay where they are', async () => {
  const { viewpointId, correlationId } = await failedViewpoint();
  await sqs.send(new SendMessageCommand({ QueueUrl: deadLettersUrl, MessageBody: 'no JSON' }));
  for (const receiveCount of [1, 2]) {
    const letters = await list();
    assert.equal(letters.length, 2);
    const requested = letters.find((letter) => letter.viewpoint_id === viewpointId);
    assert.equal(requested?.viewpoint_status, 'FAILED');
    assert.equal(requested.reason, 'S3 could not be reached.');
    assert.deepEqual(requested.attributes, { correlation_id: correlationId });
    assert.equal((JSON.parse(requested.body) as { viewpoint_id: string }).viewpoint_id, viewpointId);
    assert.equal(requested.receive_count, receiveCount);
    assert.ok(Math.abs(Date.parse(requested.sent_at ?? '') - Date.now()) < 60_000);
    const other = letters.find((letter) => letter.viewpoint_id === null);
    assert.deepEqual([other?.body, other?.viewpoint_status], ['no JSON', null]);
    assert.match(other?.reason ?? '', /not JSON/);
  }
  assert.equal(await deadLetters.messageCount(), 2);
  assert.equal((await list('?limit=1')).length, 1);
});

test('a message that is sent back makes its FAILED viewpoint READY, under the same correlation id', async () => {
  const { viewpointId, correlationId } = await failedViewpoint();
  await sqs.send(new SendMessageCommand({ QueueUrl: deadLettersUrl, MessageBody: 'no JSON' }));
  const redriven = await redrive();
  assert.deepEqual(redriven.map(({ viewpoint_id, outcome }) => [viewpoint_id, outcome]).sort(), [[null, 'not_a_viewpoint'], [viewpointId, 'sent_back']].sort());
  await untilTrue('the viewpoint is READY', async () => (await service.row(viewpointId))?.['viewpoint_status']?.S === 'READY');
  assert.equal((await service.endOf(viewpointId)).correlation_id, correlationId);
  assert.deepEqual((await list()).map(({ body }) => body), ['no JSON']);
  await untilTrue('the queue is empty', async () => (await service.messageCount()) === 0);
});

const sendDeadLetter = (body: object) => sqs.send(new SendMessageCommand({ QueueUrl: deadLettersUrl, MessageBody: JSON.stringify(body) }));
const s3Event = (key: string) => ({
  Records: [{ eventVersion: '2.1', eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3: { bucket: { name: 'viewpoint-images' }, object: { key, size: 1, eTag: 'a', sequencer: '01' } } }],
});
const eventBridgeEvent = (key: string) => ({ version: '0', id: randomUUID(), 'detail-type': 'Object Created', source: 'aws.s3', detail: { bucket: { name: 'viewpoint-images' }, object: { key, size: 1, etag: 'a', sequencer: '01' } } });

for (const [kind, event, stem] of [
  ['an S3 notification', s3Event, 'rgb-striped'],
  ['an EventBridge event', eventBridgeEvent, 'ungeoreferenced'],
] as const) {
  test(`${kind} is listed with the viewpoint that the rules make of its object, which is READY once it is sent back`, async () => {
    await sendDeadLetter(event(`samples/${stem}.tif`));
    const [listed] = await list();
    assert.deepEqual([listed?.viewpoint_id, listed?.viewpoint_status], [stem, null]);
    assert.deepEqual((await redrive()).map(({ viewpoint_id, outcome }) => [viewpoint_id, outcome]), [[stem, 'sent_back']]);
    await untilTrue('the viewpoint is READY', async () => (await service.row(stem))?.['viewpoint_status']?.S === 'READY');
    await untilTrue('the queue is empty', async () => (await service.messageCount()) === 0);

    // The same version of the object again, after the viewpoint has failed for good.
    await service.putRow(stem, definitionOf(`samples/${stem}.tif`), FAILED);
    await sendDeadLetter(event(`samples/${stem}.tif`));
    assert.deepEqual((await list()).map(({ viewpoint_id, viewpoint_status, reason }) => [viewpoint_id, viewpoint_status, reason]), [[stem, 'FAILED', 'S3 could not be reached.']]);
    await redrive();
    await untilTrue('the viewpoint is READY again', async () => (await service.row(stem))?.['viewpoint_status']?.S === 'READY');
  });
}

test('an event that no rule fits is listed as such, and stays when all are sent back', async () => {
  await sendDeadLetter(s3Event('samples/notes.txt'));
  assert.match((await list())[0]?.reason ?? '', /EVENT_RULES/);
  assert.deepEqual((await redrive()).map(({ outcome }) => outcome), ['not_a_viewpoint']);
});

test('only the named messages are sent back, and what is not there is said to be so', async () => {
  const [first, second] = [await failedViewpoint(), await failedViewpoint()];
  const chosen = (await list()).find((letter) => letter.viewpoint_id === second.viewpointId)?.message_id ?? '';
  const redriven = await redrive({ message_ids: [chosen, 'unknown'] });
  assert.deepEqual(redriven, [
    { message_id: chosen, viewpoint_id: second.viewpointId, outcome: 'sent_back' },
    { message_id: 'unknown', viewpoint_id: null, outcome: 'not_found' },
  ]);
  await service.endOf(second.viewpointId);
  assert.deepEqual((await list()).map((letter) => letter.viewpoint_id), [first.viewpointId]);
  assert.equal((await service.row(first.viewpointId))?.['viewpoint_status']?.S, 'FAILED');
});

test('a viewpoint that is READY by now is not processed again', async () => {
  const viewpointId = newId('ready');
  await service.process(viewpointId, RGB, { prefer: 'wait=120' });
  const before = await service.row(viewpointId);
  await deadLetters.sendMessage(viewpointId, RGB, null);
  assert.equal((await redrive())[0]?.outcome, 'sent_back');
  await untilTrue('the queue is empty', async () => (await service.messageCount()) === 0);
  assert.deepEqual(await service.row(viewpointId), before);
});

test('a queue without a dead-letter queue is said to have none', async () => {
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: jobsUrl, Attributes: { RedrivePolicy: '' } }));
  for (const [path, init] of [['/dead-letters', {}], ['/dead-letters/redrive', { method: 'POST' }]] as const) {
    const { status, json } = await service.request(path, init);
    assert.equal(status, 409);
    assert.equal((json as { code: string }).code, 'no_dead_letter_queue');
  }
});
