import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { VARIABLE_NAMES } from '../../src/config/variables.js';
import { startEmbeddedAws } from '../../src/embedded/embedded-aws.js';
import { untilTrue } from '../support/eventually.js';
import { postProcess, request } from '../support/http.js';
import { runProgram, SERVER, startServer, variablesOnAws } from '../support/program.js';
import { definitionOf, newId } from '../support/service.js';

const folder = await mkdtemp(join(tmpdir(), 'viewpoint-e2e-'));
const aws = await startEmbeddedAws({ stateFolder: join(folder, 'aws'), tableName: 'TSJobTable', queueName: 'TSJobQueue', bucketNames: [], region: 'us-west-2' });
after(async () => {
  await aws.close();
  await rm(folder, { recursive: true, force: true });
});

const ON_AWS = { ...variablesOnAws(aws, folder), PORT: '0', HOST: '127.0.0.1' };

test('the server does not start without its table, and names it', async () => {
  const { code, stderr } = await runProgram(SERVER, [], { ...ON_AWS, JOB_TABLE: 'NoSuchTable' });
  assert.equal(code, 1);
  assert.match(stderr, /table "NoSuchTable".*does not exist.*JOB_TABLE/);
});

test('the server does not start without its queue, and names it', async () => {
  const { code, stderr } = await runProgram(SERVER, [], { ...ON_AWS, JOB_QUEUE: 'NoSuchQueue' });
  assert.equal(code, 1);
  assert.match(stderr, /queue "NoSuchQueue" does not exist.*JOB_QUEUE/);
});

test('the server does not start where its folders cannot be made, and names them', { skip: process.platform !== 'linux' && 'there is no /proc' }, async () => {
  const settings = [
    [{ ...ON_AWS, EFS_MOUNT_NAME: 'proc/no-such/volume' }, '/proc/no-such/volume'],
    [{ PORT: '0', VIEWPOINT_BACKEND: 'embedded', EMBEDDED_STATE_DIR: '/proc/no-such/state' }, '/proc/no-such/state'],
  ] as const;
  for (const [variables, path] of settings) {
    const { code, stderr } = await runProgram(SERVER, [], variables);
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`^The service cannot start: The folder ${path} cannot be made: ENOENT`, 'm'));
  }
});

test('the server does not start on a port that is taken, and ends', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  for (const variables of [ON_AWS, { VIEWPOINT_BACKEND: 'embedded', EMBEDDED_STATE_DIR: join(folder, 'state'), EFS_MOUNT_NAME: join(folder, 'volume').slice(1) }]) {
    const { code, stderr } = await runProgram(SERVER, [], { ...variables, HOST: '127.0.0.1', PORT: String(port) });
    assert.equal(code, 1);
    assert.match(stderr, new RegExp(`^The service cannot start: .*EADDRINUSE.* 127.0.0.1:${port}$`, 'm'));
  }
  holder.close();
});

test('the server does not start with settings that make no sense, and names each of them', async () => {
  const { code, stdout, stderr } = await runProgram(SERVER, [], { ...ON_AWS, PORT: 'eighty', VIEWPOINT_BACKEND: 'gcp', EXECUTOR_CONCURRENCY: '0', AWS_ENDPOINT_URL: 'localhost' });
  assert.equal(code, 1);
  assert.equal(stdout, '');
  for (const fault of [/^PORT .*"eighty"/m, /^VIEWPOINT_BACKEND .*aws, embedded.*"gcp"/m, /^EXECUTOR_CONCURRENCY .*"0"/m, /^AWS_ENDPOINT_URL .*"localhost"/m]) assert.match(stderr, fault);
  assert.doesNotMatch(stderr, /^ {4}at /m);
});

test('settings that contradict each other are refused', async () => {
  const { code, stderr } = await runProgram(SERVER, [], { ...ON_AWS, LEASE_SECONDS: '10', LEASE_HEARTBEAT_SECONDS: '10', VISIBILITY_TIMEOUT_SECONDS: '10', VISIBILITY_HEARTBEAT_SECONDS: '10' });
  assert.equal(code, 1);
  assert.match(stderr, /LEASE_HEARTBEAT_SECONDS \(10\)/);
  assert.match(stderr, /VISIBILITY_HEARTBEAT_SECONDS \(10\)/);
});

test('--help lists every setting and starts nothing', async () => {
  const { code, stdout, stderr } = await runProgram(SERVER, ['--help'], { PORT: 'eighty' });
  assert.deepEqual([code, stderr], [0, '']);
  for (const name of VARIABLE_NAMES) assert.match(stdout, new RegExp(`^${name}\\b`, 'm'));
  assert.match(stdout, /^PORT \(default 8080\)\n {4}\S/m);
});

test('the server is ready, logs JSON lines alone, and ends with 0 on SIGTERM', async (t) => {
  const server = await startServer(ON_AWS);
  t.after(() => server.kill('SIGKILL'));
  assert.deepEqual((await request(`${server.url}/ping`)).json, { status: 'OK' });
  const ready = await request(`${server.url}/health/ready`);
  assert.equal(ready.status, 200, ready.text);
  server.kill('SIGTERM');
  const { code, stdout } = await server.end;
  assert.equal(code, 0);
  for (const line of stdout.split('\n')) assert.ok('msg' in (JSON.parse(line) as object), line);
});

test('signals that arrive together, as a terminal and npm send a Ctrl-C, are one', async (t) => {
  const twice = await startServer(ON_AWS);
  t.after(() => twice.kill('SIGKILL'));
  twice.kill('SIGINT');
  twice.kill('SIGINT');
  twice.kill('SIGTERM');
  assert.deepEqual([(await twice.end).code, (await twice.end).signal], [0, null]);
});

test('a second signal ends the server at once, whatever its jobs are at', async (t) => {
  const blackHole = createServer().listen(0, '127.0.0.1');
  await once(blackHole, 'listening');
  t.after(() => blackHole.close());
  const server = await startServer({ ...ON_AWS, AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${(blackHole.address() as AddressInfo).port}` });
  t.after(() => server.kill('SIGKILL'));
  const reached = once(blackHole, 'connection') as Promise<[Socket]>;
  assert.equal((await postProcess(server.url, newId('stuck'), definitionOf('e2e/never.tif'))).status, 202);
  const [socket] = await reached;
  t.after(() => socket.destroy());

  server.kill('SIGTERM');
  await server.line((line) => line.includes('"stopping"'));
  assert.equal((await postProcess(server.url, newId('late'), definitionOf('e2e/never.tif'))).status, 503);
  let isOver = false;
  void server.end.then(() => (isOver = true));
  await untilTrue('the server ends', () => {
    server.kill('SIGTERM');
    return isOver;
  });
  assert.equal((await server.end).code, 1);
});
