import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createEventBusSender, createSnsSender } from '../../src/deliveries/publishers.js';
import type { Completion, Delivery } from '../../src/domain/completion.js';
import { EMBEDDED_CREDENTIALS } from '../../src/embedded/embedded-service.js';
import { startEmbeddedSqs } from '../../src/embedded/sqs.js';

const REGION = 'us-west-2';
const EVENT = JSON.stringify({ specversion: '1.0', id: 'msg_1', type: 'viewpoint.ready', subject: 'city' });
const COMPLETION: Completion = { id: 'msg_1', type: 'viewpoint.ready', created_at: '2026-09-22T10:00:00.000Z', event: EVENT, deliveries: [] };
const NEVER = new AbortController().signal;

const to = (kind: Delivery['kind'], address: string): Delivery => ({ id: 'msg_1-0', kind, address, state: 'pending', due_at: 0, tries: 1, attempts: [] });

test('an event published to a topic arrives at its subscribers with attributes to filter by', async (t) => {
  const sqsService = await startEmbeddedSqs({ queueName: 'subscriber', region: REGION });
  const settings = { region: REGION, endpoint: sqsService.url, credentials: EMBEDDED_CREDENTIALS };
  const [sns, sqs] = [new SNSClient(settings), new SQSClient({ ...settings, useQueueUrlAsEndpoint: false })];
  t.after(async () => {
    sns.destroy();
    sqs.destroy();
    await sqsService.close();
  });
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'completions' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: `arn:aws:sqs:${REGION}:000000000000:subscriber`, Attributes: { RawMessageDelivery: 'true' } }));

  assert.deepEqual(await createSnsSender(sns)(COMPLETION, to('sns', TopicArn), NEVER), { end: 'delivered', statusCode: 200, error: null });
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'subscriber' }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5, MessageAttributeNames: ['All'] }));
  assert.equal(Messages?.[0]?.Body, EVENT);
  const attributes = Object.fromEntries(Object.entries(Messages[0].MessageAttributes ?? {}).map(([name, { StringValue }]) => [name, StringValue]));
  assert.deepEqual(attributes, { event_id: 'msg_1', event_type: 'viewpoint.ready', viewpoint_id: 'city' });

  const missing = await createSnsSender(sns)(COMPLETION, to('sns', `${TopicArn}-not-there`), NEVER);
  assert.deepEqual([missing.end, missing.statusCode], ['later', 404]);
});

test('an event put on a bus has its type as detail type, and one that the bus did not take is tried again', async (t) => {
  const answers = [
    { FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException', ErrorMessage: 'Too much' }] },
    { FailedEntryCount: 0, Entries: [{ EventId: '1' }] },
  ];
  const seen: { target: unknown; body: unknown }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      seen.push({ target: request.headers['x-amz-target'], body: JSON.parse(text) });
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify(answers.shift()));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const client = new EventBridgeClient({ region: REGION, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, credentials: EMBEDDED_CREDENTIALS });
  t.after(() => {
    client.destroy();
    server.close();
    server.closeAllConnections();
  });
  const send = createEventBusSender(client);

  const first = await send(COMPLETION, to('event_bus', 'imagery'), NEVER);
  assert.deepEqual(first, { end: 'later', statusCode: null, error: 'ThrottlingException: Too much' });
  assert.equal((await send(COMPLETION, to('event_bus', 'imagery'), NEVER)).end, 'delivered');
  const entry = { EventBusName: 'imagery', Source: 'viewpoint-worker', DetailType: 'viewpoint.ready', Detail: EVENT };
  assert.deepEqual(seen, Array(2).fill({ target: 'AWSEvents.PutEvents', body: { Entries: [entry] } }));
});
