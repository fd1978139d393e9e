import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { ViewpointError } from '../../src/domain/errors.js';
import { createJobQueue } from '../../src/triggers/job-queue.js';

/** What SQS answers to each action: the emulator of the other tests keeps no system attributes of messages. */
const BODY = '{"viewpoint_id":"x"}';
const ANSWERS: Record<string, object> = {
  GetQueueUrl: { QueueUrl: 'https://sqs.us-west-2.amazonaws.com/000000000000/Queue' },
  GetQueueAttributes: { Attributes: { ApproximateNumberOfMessages: '7', ApproximateNumberOfMessagesNotVisible: '2', ApproximateNumberOfMessagesDelayed: '1' } },
  DeleteMessageBatch: { Successful: [{ Id: '0' }], Failed: [{ Id: '1', SenderFault: true, Code: 'ReceiptHandleIsInvalid', Message: 'The receipt handle has expired.' }] },
  ReceiveMessage: {
    Messages: [
      {
        MessageId: 'm-1',
        ReceiptHandle: 'r-1',
        Body: BODY,
        MD5OfBody: createHash('md5').update(BODY).digest('hex'),
        Attributes: { ApproximateReceiveCount: '2', SentTimestamp: '1800000000000', AWSTraceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1' },
      },
    ],
  },
};
const asked: Record<string, unknown> = {};
const server = createServer((request, response) => {
  const action = String(request.headers['x-amz-target']).split('.')[1] ?? '';
  request.setEncoding('utf8').on('data', (text: string) => {
    asked[action] = JSON.parse(text);
  });
  request.on('end', () => response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(ANSWERS[action])));
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const sqs = new SQSClient({ region: 'us-west-2', endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, useQueueUrlAsEndpoint: false, credentials: { accessKeyId: 'x', secretAccessKey: 'x' } });
const queue = createJobQueue(sqs, { queueName: 'Queue', visibilityTimeoutSeconds: 300, receiveWaitSeconds: 0 });
after(() => {
  sqs.destroy();
  server.closeAllConnections();
  server.close();
});

test('a message tells when it was sent, how often it came, and which trace of X-Ray it belongs to', async () => {
  const [message] = await queue.receive(3);
  assert.equal(message?.sentAt, 1_800_000_000_000);
  assert.equal(message.receiveCount, 2);
  assert.deepEqual(message.trace, { 'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1' });
  assert.deepEqual((asked['ReceiveMessage'] as { MessageSystemAttributeNames: string[] }).MessageSystemAttributeNames.toSorted(), ['AWSTraceHeader', 'ApproximateReceiveCount', 'SentTimestamp']);
});

test('the depth of the queue is told by state', async () => {
  assert.deepEqual(await queue.depth(), { visible: 7, inFlight: 2, delayed: 1 });
});

test('messages that are deleted together go in one call, and what SQS keeps of them is told of that one alone', async () => {
  const message = { messageId: 'm', body: BODY, correlationId: null, receiveCount: 1, sentAt: null, trace: {} };
  const [gone, kept] = await Promise.allSettled([queue.delete({ ...message, receiptHandle: 'r-1' }), queue.delete({ ...message, receiptHandle: 'r-2' })]);
  assert.deepEqual((asked['DeleteMessageBatch'] as { Entries: unknown[] }).Entries, [
    { Id: '0', ReceiptHandle: 'r-1' },
    { Id: '1', ReceiptHandle: 'r-2' },
  ]);
  assert.equal(gone.status, 'fulfilled');
  assert.equal(kept.status, 'rejected');
  const error = kept.reason as ViewpointError;
  assert.equal(error.code, 'dependency_unavailable');
  assert.match(error.message, /ReceiptHandleIsInvalid The receipt handle has expired/);
});
