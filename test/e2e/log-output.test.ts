import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { S3Client, CreateBucketCommand } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { EMBEDDED_BUCKET } from '../../src/composition/embedded-backend.js';
import { putSampleObjects } from '../../src/composition/sample-objects.js';
import { startEmbeddedAws } from '../../src/embedded/embedded-aws.js';
import { untilTrue } from '../support/eventually.js';
import { postProcess, request } from '../support/http.js';
import { SERVER, runProgram, startServer, variablesOnAws } from '../support/program.js';
import { definitionOf, QUICK_TIMERS } from '../support/service.js';
import { connectTileServer } from '../support/tile-server.js';

/** Everything that must not be in the log, by what it is. */
const SECRETS = {
  key: `api-key-${randomUUID()}`,
  otherKey: `api-key+/=${randomUUID()}`,
  wrongKey: `wrong-key-${randomUUID()}`,
  pageTokenSecret: `page-secret-"${randomUUID()}`,
  awsSecret: `aws-secret-${randomUUID()}`,
  collectorKey: `collector-key-${randomUUID()}`,
  requestBody: `request-body-${randomUUID()}`,
  brokenRequestBody: `broken-${randomUUID()}`,
  messageBody: `message-body-${randomUUID()}`,
  brokenMessageBody: `!${randomUUID()}`,
};
const byHttp = { viewpointId: `http-${randomUUID()}`, correlationId: `correlation-${randomUUID()}` };
const byMessage = { viewpointId: `message-${randomUUID()}`, correlationId: randomUUID() };

let output = '';
let errorOutput = '';
let lines: Record<string, unknown>[] = [];
const linesOf = (correlationId: string) => lines.filter((line) => line['correlationId'] === correlationId);

before(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'viewpoint-log-'));
  const names = { tableName: 'TSJobTable', queueName: 'TSJobQueue', region: 'us-west-2' };
  const aws = await startEmbeddedAws({ stateFolder: join(folder, 'aws'), bucketNames: [EMBEDDED_BUCKET], ...names });
  const s3 = new S3Client({ region: names.region, endpoint: aws.endpoints.s3, credentials: aws.credentials, forcePathStyle: true });
  const sqs = new SQSClient({ region: names.region, endpoint: aws.endpoints.sqs, credentials: aws.credentials, useQueueUrlAsEndpoint: false });
  const tileServer = await connectTileServer({ ...names, ...aws });
  try {
    await s3.send(new CreateBucketCommand({ Bucket: EMBEDDED_BUCKET })).catch(() => undefined);
    await putSampleObjects(s3, EMBEDDED_BUCKET, join(folder, 'samples'));
    const server = await startServer({
      ...variablesOnAws(aws, folder),
      ...QUICK_TIMERS,
      LOG_LEVEL: 'trace',
      AWS_SECRET_ACCESS_KEY: SECRETS.awsSecret,
      API_KEYS: `caller:process:${SECRETS.key},other:read:${SECRETS.otherKey}`,
      PAGE_TOKEN_SECRET: SECRETS.pageTokenSecret,
      OTEL_EXPORTER_OTLP_HEADERS: `authorization=${SECRETS.collectorKey}`,
    });
    try {
      const authorization = `Bearer ${SECRETS.key}`;
      const RGB = definitionOf('samples/rgb-striped.tif', { viewpoint_name: SECRETS.requestBody });
      await postProcess(server.url, byHttp.viewpointId, RGB, { authorization, prefer: 'wait=120', 'x-request-id': byHttp.correlationId });
      await request(`${server.url}/viewpoints`, { headers: { authorization: `Bearer ${SECRETS.wrongKey}` } });
      // Callers make mistakes: a key in the path, broken JSON, a definition that is not valid.
      await request(`${server.url}/viewpoints?token=${SECRETS.key}`, { headers: { authorization } });
      await request(`${server.url}/viewpoints/x/process`, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body: `${SECRETS.brokenRequestBody} {` });
      await postProcess(server.url, 'x', { [SECRETS.requestBody]: true }, { authorization });

      const definition = definitionOf('samples/rgb-striped.tif', { viewpoint_name: SECRETS.messageBody });
      await tileServer.putRow(byMessage.viewpointId, definition);
      await tileServer.sendMessage(byMessage.viewpointId, definition, byMessage.correlationId);
      const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: names.queueName }));
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: SECRETS.brokenMessageBody }));
      await untilTrue('all messages are gone', async () => (await tileServer.messageCount()) === 0);
    } finally {
      server.kill('SIGTERM');
    }
    const { stdout, stderr } = await server.end;
    output = `${stdout}\n${stderr}`;
    errorOutput = stderr;
    lines = stdout.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  } finally {
    tileServer.close();
    s3.destroy();
    sqs.destroy();
    await aws.close();
    await rm(folder, { recursive: true, force: true });
  }
});

test('no line of the log holds a secret or a body, whatever went wrong', () => {
  assert.ok(lines.length > 30, output);
  assert.ok(lines.some(({ msg }) => msg === 'message is not for this service, left to the dead-letter queue'), output);
  for (const [name, secret] of Object.entries(SECRETS)) {
    // Part of a secret is a secret, and JSON writes some characters in another way.
    assert.equal(output.includes(secret), false, name);
    assert.equal(output.includes(secret.slice(-12)), false, `the end of ${name}`);
  }
  assert.ok(output.includes('token=[secret]'), 'the key in the path is blacked out');
});

test('every line is one JSON object with time, level, replica and message', () => {
  for (const line of lines) {
    assert.match(String(line['time']), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    assert.match(String(line['level']), /^(trace|debug|info|warn|error|fatal)$/);
    for (const name of ['replica', 'msg']) assert.equal(typeof line[name], 'string', JSON.stringify(line));
  }
});

test('nothing is told beside the log, such as warnings of Node', () => {
  assert.equal(errorOutput, '');
});

const JOB_LINES = ['job started', ...['download', 'pyramid', 'metadata', 'publish'].map((step) => `step finished: ${step}`), 'viewpoint ready'];
const tellingOf = (line: Record<string, unknown>) => (typeof line['step'] === 'string' ? `${String(line['msg'])}: ${line['step']}` : String(line['msg']));

test('the life of a job that came over HTTP can be read by its X-Request-ID alone', () => {
  const own = linesOf(byHttp.correlationId);
  assert.deepEqual(own.map(tellingOf), ['incoming request', ...JOB_LINES, 'request completed']);
  for (const line of own.slice(1, -1)) assert.deepEqual([line['viewpointId'], line['attempt']], [byHttp.viewpointId, 1]);
});

test('the life of a job that came by message can be read by its correlation id alone', () => {
  const own = linesOf(byMessage.correlationId);
  assert.deepEqual(own.map(tellingOf), ['message received', ...JOB_LINES, 'message deleted']);
  for (const line of own.slice(1, -1)) assert.deepEqual([line['viewpointId'], line['attempt']], [byMessage.viewpointId, 1]);
});

test('requests name their caller where that is proven', () => {
  assert.deepEqual(linesOf(byHttp.correlationId).map((line) => line['caller']).filter((caller) => caller !== undefined), ['key:caller']);
});

test('settings that are secret are not shown when they are wrong', async () => {
  const { code, stdout, stderr } = await runProgram(SERVER, [], { VIEWPOINT_BACKEND: 'aws', PAGE_TOKEN_SECRET: 'tooshort', API_KEYS: 'x:admin:abcdefgh' });
  assert.equal(code, 1);
  assert.match(stderr, /PAGE_TOKEN_SECRET .* is not shown/);
  assert.doesNotMatch(stdout + stderr, /tooshort|abcdefgh/);
  const keys = await runProgram(SERVER, [], { VIEWPOINT_BACKEND: 'aws', API_KEYS: 'x:admin:abcdefgh' });
  assert.equal(keys.code, 1);
  assert.match(keys.stderr, /API_KEYS: the secret of entry 1/);
  assert.doesNotMatch(keys.stdout + keys.stderr, /abcdefgh/);
});
