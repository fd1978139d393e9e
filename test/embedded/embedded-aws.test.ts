import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startEmbeddedAws, type EmbeddedAws } from '../../src/embedded/embedded-aws.js';
import { loadDevelopmentPackage } from '../../src/embedded/embedded-service.js';

const NAMES = { tableName: 'TSJobTable', queueName: 'TSJobQueue', bucketNames: ['images'], region: 'us-west-2' };

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'viewpoint-test-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

function s3Client(t: TestContext, aws: EmbeddedAws): S3Client {
  const client = new S3Client({ endpoint: aws.endpoints.s3, region: NAMES.region, credentials: aws.credentials });
  t.after(() => client.destroy());
  return client;
}

test('the three services answer the SDK on loopback with everything in place', async (t) => {
  const aws = await startEmbeddedAws({ stateFolder: await temporaryFolder(t), ...NAMES });
  t.after(() => aws.close());
  for (const url of Object.values(aws.endpoints)) assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
  const config = { region: NAMES.region, credentials: aws.credentials };

  const s3 = s3Client(t, aws);
  await s3.send(new PutObjectCommand({ Bucket: 'images', Key: 'a', Body: 'text' }));
  const sqs = new SQSClient({ ...config, endpoint: aws.endpoints.sqs, useQueueUrlAsEndpoint: false });
  const dynamodb = new DynamoDBClient({ ...config, endpoint: aws.endpoints.dynamodb });
  t.after(() => {
    sqs.destroy();
    dynamodb.destroy();
  });
  assert.match((await sqs.send(new GetQueueUrlCommand({ QueueName: 'TSJobQueue' }))).QueueUrl ?? '', /\/TSJobQueue$/);
  assert.equal((await dynamodb.send(new DescribeTableCommand({ TableName: 'TSJobTable' }))).Table?.TableStatus, 'ACTIVE');
});

test('a state folder in use is refused, its objects untouched, and can be opened again once closed', async (t) => {
  const stateFolder = await temporaryFolder(t);
  const first = await startEmbeddedAws({ stateFolder, ...NAMES });
  await s3Client(t, first).send(new PutObjectCommand({ Bucket: 'images', Key: 'a', Body: 'text' }));
  await assert.rejects(startEmbeddedAws({ stateFolder, ...NAMES }), /Another process uses this state folder/);
  await first.close();

  const second = await startEmbeddedAws({ stateFolder, ...NAMES });
  t.after(() => second.close());
  const got = await s3Client(t, second).send(new GetObjectCommand({ Bucket: 'images', Key: 'a' }));
  assert.equal(await got.Body?.transformToString(), 'text');
});

test('the state folder of a killed process can be opened', async (t) => {
  const stateFolder = await temporaryFolder(t);
  const child = fork(new URL('./embedded-aws-child.js', import.meta.url), [stateFolder]);
  await once(child, 'message');
  await assert.rejects(startEmbeddedAws({ stateFolder, ...NAMES }), /Another process uses this state folder/);
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;

  const aws = await startEmbeddedAws({ stateFolder, ...NAMES });
  t.after(() => aws.close());
  const got = await s3Client(t, aws).send(new GetObjectCommand({ Bucket: 'images', Key: 'from the child' }));
  assert.equal(await got.Body?.transformToString(), 'text');
});

test('a missing development dependency is named with what to do about it', async () => {
  // Not a literal, which the compiler would look for.
  const missing: string = ['no', 'such', 'package'].join('-');
  await assert.rejects(
    loadDevelopmentPackage('no-such-package', () => import(missing) as Promise<unknown>),
    /needs the package "no-such-package".*npm ci --include=dev.*VIEWPOINT_BACKEND=aws/,
  );
});
