import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { GetQueueAttributesCommand, GetQueueUrlCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient, type Message } from '@aws-sdk/client-sqs';
import { ViewpointError } from '../../src/domain/errors.js';
import { EMBEDDED_CREDENTIALS } from '../../src/embedded/embedded-service.js';
import { startEmbeddedSqs } from '../../src/embedded/sqs.js';
import { createExecutor } from '../../src/executor/executor.js';
import { createObjectIntake } from '../../src/executor/object-intake.js';
import { runJob } from '../../src/executor/run-job.js';
import { createSurroundings } from '../../src/executor/surroundings.js';
import type { PipelineResult, PipelineRun } from '../../src/pipeline/run-pipeline.js';
import { createVolume } from '../../src/storage/volume.js';
import { createJobQueue } from '../../src/triggers/job-queue.js';
import { createMessageHandler } from '../../src/triggers/message-handler.js';
import { startQueuePoller } from '../../src/triggers/queue-poller.js';
import { untilTrue } from '../support/eventually.js';
import { DEFINITION, NOBODY_TOLD, PIPELINE_RESULT, startTestTable, type TestTable } from '../support/table.js';

const RULES = [{ bucket: 'bucket', prefix: 'new/', suffix: '.tif', viewpoint_id: 'object-{stem}', tile_size: 256 }];
const QUEUE = 'TSJobQueue';
const REGION = 'us-west-2';
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const LOG = { ...silent, child: () => silent };

let db: TestTable;
let sqsService: Awaited<ReturnType<typeof startEmbeddedSqs>>;
let sqs: SQSClient;
let volumeRoot: string;
let deadLetterUrl: string;
let queueUrl: string;
let serial = 0;
let isStorageDown = false;
/** Times that somebody looked whether it is. */
let looks = 0;
/** What the pipeline does with a viewpoint, by its id. */
const pipelines = new Map<string, (run: PipelineRun) => Promise<PipelineResult>>();
let stopPoller: () => Promise<void>;

before(async () => {
  db = await startTestTable();
  volumeRoot = await mkdtemp(join(tmpdir(), 'viewpoint-volume-'));
  sqsService = await startEmbeddedSqs({ queueName: QUEUE, region: REGION });
  sqs = new SQSClient({ region: REGION, endpoint: sqsService.url, credentials: EMBEDDED_CREDENTIALS, useQueueUrlAsEndpoint: false });
  queueUrl = (await sqs.send(new GetQueueUrlCommand({ QueueName: QUEUE }))).QueueUrl ?? '';
  deadLetterUrl = (await sqs.send(new GetQueueUrlCommand({ QueueName: `${QUEUE}-dlq` }))).QueueUrl ?? '';
  const now = () => db.clock.now;
  const queue = createJobQueue(sqs, { queueName: QUEUE, visibilityTimeoutSeconds: 300, receiveWaitSeconds: 1 });
  const surroundings = createSurroundings({ surroundings: [{ name: 'storage', check: () => (looks++, isStorageDown ? Promise.reject(new Error('down')) : Promise.resolve()) }], log: LOG });
  const executor = createExecutor({
    concurrency: 4,
    waitingRoom: 0,
    replica: 'replica-a',
    now,
    log: LOG,
    run: (run) =>
      runJob(
        {
          table: db.table,
          volume: createVolume(volumeRoot),
          pipeline: (pipelineRun) => pipelines.get(pipelineRun.record.viewpoint_id)?.(pipelineRun) ?? Promise.resolve(PIPELINE_RESULT),
          completions: NOBODY_TOLD,
          owner: 'replica-a',
          now,
          lease: { leaseMs: 60_000, heartbeatMs: 1000, reportMs: 1000 },
          isOutage: (error) => surroundings.isOutage(error),
          retries: { tries: 1, baseMs: 1, maximumMs: 1 },
        },
        run,
      ),
  });
  const stopping = new AbortController();
  const handle = createMessageHandler({
    queue,
    executor,
    table: db.table,
    surroundings,
    objectIntake: createObjectIntake({ table: db.table, rules: RULES, now, timeToLiveDays: 1, claimMs: 60_000 }),
    log: LOG,
    now,
    visibilityTimeoutSeconds: 300,
    heartbeatSeconds: 100,
    leaseMs: 60_000,
    againBackoff: { baseMs: 1, maximumMs: 1 },
    stopping: stopping.signal,
  });
  const poller = startQueuePoller({ queue, executor, handle, whenWell: (signal) => surroundings.whenWell(signal), log: LOG });
  stopPoller = async () => {
    await executor.drain(0);
    stopping.abort(new Error('over'));
    await poller.stop();
  };
});

after(async () => {
  await stopPoller();
  sqs.destroy();
  await sqsService.close();
  await db.stop();
  await rm(volumeRoot, { recursive: true, force: true });
});

async function requested(): Promise<string> {
  const id = `message-${serial++}`;
  await db.table.create(id, DEFINITION, 1_900_000_000, 0);
  return id;
}

async function send(body: string): Promise<void> {
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
}

const messageOf = (id: string) => JSON.stringify({ viewpoint_id: id, ...DEFINITION, viewpoint_status: 'REQUESTED' });

/** The next message in the dead-letter queue. */
async function deadLetter(): Promise<Message> {
  let found: Message | undefined;
  await untilTrue('a message reaches the dead-letter queue', async () => {
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: deadLetterUrl, WaitTimeSeconds: 1 }));
    found = Messages?.[0];
    return found !== undefined;
  });
  return found ?? assert.fail('no message');
}

const s3Event = (key: string, sequencer: string, more: string[] = []) =>
  JSON.stringify({ Records: [key, ...more].map((name) => ({ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3: { bucket: { name: 'bucket' }, object: { key: name, sequencer } } })) });

const wrapped = (text: string) =>
  JSON.stringify({ Type: 'Notification', MessageId: 'm', TopicArn: 'arn:aws:sns:us-west-2:123456789012:t', Message: text, Timestamp: '2026-01-01T00:00:00.000Z', SignatureVersion: '1', Signature: 'x', SigningCertURL: 'x', UnsubscribeURL: 'x', MessageAttributes: { correlation_id: { Type: 'String', Value: 'by-sns' } } });

async function waitingMessages(): Promise<number> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] }));
  return Object.values(Attributes ?? {}).reduce((sum, count) => sum + Number(count), 0);
}
const queueIsEmpty = () => untilTrue('the queue is empty', async () => (await waitingMessages()) === 0);

const hasStatus = (id: string, status: string) => async () => (await db.table.get(id))?.viewpoint_status === status;

test('a message that is no JSON goes to the dead-letter queue, and others are not held up', async () => {
  await send('{"viewpoint_id": ');
  const id = await requested();
  await send(messageOf(id));
  await untilTrue('the good viewpoint is READY', hasStatus(id, 'READY'));
  assert.equal((await deadLetter()).Body, '{"viewpoint_id": ');
});

test('a message with an id that leaves the volume goes to the dead-letter queue', async () => {
  const body = JSON.stringify({ viewpoint_id: '../etc' });
  await send(body);
  assert.equal((await deadLetter()).Body, body);
});

test('a passing error is tried at each receive; after the last the row is FAILED and the message a dead letter', async () => {
  const id = await requested();
  let tries = 0;
  pipelines.set(id, () => {
    tries++;
    return Promise.reject(new ViewpointError('download_failed', 'S3 cannot be reached.'));
  });
  await send(messageOf(id));
  assert.equal((await deadLetter()).Body, messageOf(id));
  const row = await db.table.get(id);
  assert.equal(row?.viewpoint_status, 'FAILED');
  assert.equal(row.error_message, 'S3 cannot be reached.');
  assert.equal(tries, 3);
});

test('a message that an operator sends back from the dead-letter queue is processed again', async () => {
  const id = await requested();
  pipelines.set(id, () => Promise.reject(new ViewpointError('download_failed', 'S3 cannot be reached.')));
  await send(messageOf(id));
  const { Body } = await deadLetter();
  pipelines.delete(id);
  await send(Body ?? '');
  await untilTrue('the viewpoint is READY', hasStatus(id, 'READY'));
});

test('a final error ends the viewpoint at the first receive', async () => {
  const id = await requested();
  let tries = 0;
  pipelines.set(id, () => {
    tries++;
    return Promise.reject(new ViewpointError('not_an_image', 'Not an image.'));
  });
  await send(messageOf(id));
  await untilTrue('the viewpoint is FAILED', hasStatus(id, 'FAILED'));
  assert.equal(tries, 1);
});

test('a second message for a READY viewpoint starts nothing', async () => {
  const id = await requested();
  await send(messageOf(id));
  await untilTrue('the viewpoint is READY', hasStatus(id, 'READY'));
  pipelines.set(id, () => assert.fail('must not run again'));
  const other = await requested();
  await send(messageOf(id));
  await send(messageOf(other));
  await untilTrue('the other viewpoint is READY', hasStatus(other, 'READY'));
  assert.equal((await db.table.get(id))?.attempt, 1);
});

test('a message whose viewpoint does not exist holds nothing up', async () => {
  await send(messageOf('never-created'));
  const id = await requested();
  await send(messageOf(id));
  await untilTrue('the viewpoint is READY', hasStatus(id, 'READY'));
  assert.equal(await db.table.get('never-created'), null);
});

test('an outage longer than all receives fails no viewpoint: its message waits and the job is done afterwards', async () => {
  const id = await requested();
  let tries = 0;
  isStorageDown = true;
  pipelines.set(id, () => {
    tries++;
    return isStorageDown ? Promise.reject(new ViewpointError('download_failed', 'S3 cannot be reached.')) : Promise.resolve(PIPELINE_RESULT);
  });
  await send(messageOf(id));
  looks = 0;
  await untilTrue('the outage was noticed, and found to go on', () => looks > 1);
  // Meanwhile nothing further is received: it could only fail.
  const other = await requested();
  await send(messageOf(other));
  isStorageDown = false;
  await untilTrue('both are READY', async () => (await hasStatus(id, 'READY')()) && (await hasStatus(other, 'READY')()));
  assert.equal(tries, 2);
});

test('an S3 event on the queue makes a viewpoint by its rule and processes it, once', async () => {
  await send(s3Event('new/a+b.tif', '01'));
  await untilTrue('the viewpoint is READY', hasStatus('object-a-b', 'READY'));
  const row = await db.table.get('object-a-b');
  assert.deepEqual([row?.bucket_name, row?.object_key, row?.tile_size, row?.attempt], ['bucket', 'new/a b.tif', 256, 1]);
  await send(s3Event('new/a+b.tif', '01'));
  await queueIsEmpty();
  assert.equal((await db.table.get('object-a-b'))?.attempt, 1);
  await send(s3Event('new/a+b.tif', '02'));
  await untilTrue('the newer version is processed', async () => (await db.table.get('object-a-b'))?.attempt === 2);
  await queueIsEmpty();
});

test('events that SNS or EventBridge put into the queue are understood, with the correlation id of SNS', async () => {
  await send(wrapped(s3Event('new/by-sns.tif', '01')));
  await send(JSON.stringify({ 'detail-type': 'Object Created', source: 'aws.s3', detail: { bucket: { name: 'bucket' }, object: { key: 'new/by+bridge.tif', sequencer: '01' } } }));
  const id = await requested();
  await send(wrapped(messageOf(id)));
  for (const viewpointId of ['object-by-sns', 'object-by-bridge', id]) await untilTrue(`${viewpointId} is READY`, hasStatus(viewpointId, 'READY'));
  assert.equal((await db.table.get('object-by-bridge'))?.object_key, 'new/by+bridge.tif');
  assert.equal((await db.table.get('object-by-sns'))?.job?.correlation_id, 'by-sns');
});

test('a message about several objects goes when all are done with', async () => {
  let tries = 0;
  pipelines.set('object-flaky', () => (++tries < 2 ? Promise.reject(new ViewpointError('download_failed', 'S3 cannot be reached.')) : Promise.resolve(PIPELINE_RESULT)));
  await send(s3Event('new/sound.tif', '01', ['new/flaky.tif', 'new/sound.tif.ovr']));
  await untilTrue('the flaky one is READY', hasStatus('object-flaky', 'READY'));
  await queueIsEmpty();
  assert.deepEqual([tries, (await db.table.get('object-sound'))?.attempt], [2, 1]);
});

test('test events, deleted objects and objects outside the rules are taken off the queue', async () => {
  await send('{"Service":"Amazon S3","Event":"s3:TestEvent","Bucket":"bucket"}');
  await send(s3Event('new/gone.tif', '01').replace('ObjectCreated:Put', 'ObjectRemoved:Delete'));
  await send(s3Event('elsewhere/a.tif', '01'));
  await queueIsEmpty();
  assert.equal(await db.table.get('object-gone'), null);
});

test('an event that cannot be read goes to the dead-letter queue', async () => {
  const body = s3Event('new/100%.tif', '01');
  await send(body);
  assert.equal((await deadLetter()).Body, body);
});
