import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  type Message,
} from '@aws-sdk/client-sqs';
import { startEmbeddedSqs } from '../../src/embedded/sqs.js';

async function startQueue(t: TestContext): Promise<{ sqs: SQSClient; queueUrl: string; deadLetterQueueUrl: string }> {
  const service = await startEmbeddedSqs({ queueName: 'TSJobQueue', region: 'us-west-2' });
  t.after(() => service.close());
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const sqs = new SQSClient({ endpoint: service.url, region: 'us-west-2', credentials, useQueueUrlAsEndpoint: false });
  t.after(() => sqs.destroy());
  const urlOf = async (name: string): Promise<string> => {
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
    assert(QueueUrl);
    return QueueUrl;
  };
  return { sqs, queueUrl: await urlOf('TSJobQueue'), deadLetterQueueUrl: await urlOf('TSJobQueue-dlq') };
}

async function receive(sqs: SQSClient, queueUrl: string, waitSeconds = 0): Promise<Message | undefined> {
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: waitSeconds, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['ApproximateReceiveCount'] }),
  );
  return Messages?.[0];
}

test('the queue is made as the deployment makes it', async (t) => {
  const { sqs, queueUrl } = await startQueue(t);
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }));
  assert.equal(Attributes?.['VisibilityTimeout'], '300');
  assert.equal(Attributes['MessageRetentionPeriod'], String(14 * 24 * 3600));
  assert.deepEqual(JSON.parse(Attributes['RedrivePolicy'] ?? ''), {
    deadLetterTargetArn: 'arn:aws:sqs:us-west-2:000000000000:TSJobQueue-dlq',
    maxReceiveCount: 3,
  });
});

test('a received message is invisible until it is given back, and gone once deleted', async (t) => {
  const { sqs, queueUrl } = await startQueue(t);
  const correlation = { correlation_id: { DataType: 'String', StringValue: 'c-1' } };
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: '{"viewpoint_id":"v"}', MessageAttributes: correlation }));
  const first = await receive(sqs, queueUrl);
  assert.equal(first?.Body, '{"viewpoint_id":"v"}');
  assert.equal(first.MessageAttributes?.['correlation_id']?.StringValue, 'c-1');
  assert.equal(await receive(sqs, queueUrl), undefined);

  await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle: first.ReceiptHandle, VisibilityTimeout: 0 }));
  const second = await receive(sqs, queueUrl, 1);
  assert.equal(second?.Attributes?.ApproximateReceiveCount, '2');
  await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: second.ReceiptHandle }));
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] }),
  );
  assert.deepEqual(Attributes, { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' });
});

test('a message received three times without being deleted goes to the dead-letter queue', async (t) => {
  const { sqs, queueUrl, deadLetterQueueUrl } = await startQueue(t);
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: 'poison' }));
  for (let count = 1; count <= 3; count++) {
    const message = await receive(sqs, queueUrl, 1);
    assert.equal(message?.Attributes?.ApproximateReceiveCount, String(count));
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle: message.ReceiptHandle, VisibilityTimeout: 0 }));
  }
  assert.equal(await receive(sqs, queueUrl), undefined);
  assert.equal((await receive(sqs, deadLetterQueueUrl, 1))?.Body, 'poison');
});
