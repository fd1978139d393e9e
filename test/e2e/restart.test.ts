import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test, type TestContext } from 'node:test';
import { startEmbeddedAws } from '../../src/embedded/embedded-aws.js';
import { makeBig } from '../../src/imagery/samples/big-recipes.js';
import { listProcesses } from '../run/processes.js';
import { eventually, untilTrue } from '../support/eventually.js';
import { endOf, postProcess, request, type StatusAnswer } from '../support/http.js';
import { startServer, variablesOnAws } from '../support/program.js';
import { publishedFiles } from '../support/published-files.js';
import { definitionOf, newId, QUICK_TIMERS, startTestService, WAIT } from '../support/service.js';
import { connectTileServer } from '../support/tile-server.js';

/** Large enough to be in the middle of it when the process is killed: 50 MB, two overview levels. */
const LARGE_EDGE_PIXELS = 4096;
const LARGE = definitionOf('e2e/large.tif');

const samples = await mkdtemp(join(tmpdir(), 'viewpoint-samples-'));
after(() => rm(samples, { recursive: true, force: true }));
const largeImage = await readFile(await makeBig('a', samples, LARGE_EDGE_PIXELS));

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'viewpoint-e2e-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Resolves when the viewpoint's job is at work on its pyramid. */
function untilPyramid(serviceUrl: string, viewpointId: string): Promise<StatusAnswer> {
  return eventually(`${viewpointId} is in its step pyramid`, async () => {
    const status = (await request(`${serviceUrl}/viewpoints/${viewpointId}/status`)).json as StatusAnswer;
    assert.equal(status.viewpoint_status, 'REQUESTED', 'the job ended before it could be disturbed');
    return status.step === 'pyramid' ? status : undefined;
  });
}

async function assertWhole(volumeRoot: string, viewpointId: string): Promise<void> {
  assert.deepEqual((await readdir(join(volumeRoot, viewpointId))).sort(), publishedFiles('large.tif'));
  assert.ok((await readFile(join(volumeRoot, viewpointId, 'large.tif'))).equals(largeImage));
}

test('a viewpoint whose message went with the process is processed after the restart', async (t) => {
  const stateFolder = await temporaryFolder(t);
  const definition = definitionOf('samples/rgb-striped.tif', { viewpoint_name: 'Waiting 😀' });
  const [waiting, ready] = [newId('waiting'), newId('ready')];
  const before = await startTestService({ stateFolder });
  await before.process(ready, definition, WAIT);
  await before.putRow(waiting, definition);
  const readyRow = await before.row(ready);
  await before.stop();

  const service = await startTestService({ stateFolder });
  t.after(() => service.stop());
  const status = await service.endOf(waiting);
  assert.deepEqual([status.viewpoint_status, status.attempt], ['READY', 1]);
  assert.deepEqual(await service.row(ready), readyRow);
});

test('a viewpoint in the middle of which the process was killed is processed after the restart', async (t) => {
  const stateFolder = await temporaryFolder(t);
  const before = await startTestService({ stateFolder });
  await before.putObject(LARGE.object_key, largeImage);
  await before.stop();

  const viewpointId = newId('killed');
  const server = await startServer({ ...QUICK_TIMERS, VIEWPOINT_BACKEND: 'embedded', EMBEDDED_STATE_DIR: stateFolder });
  t.after(() => server.kill('SIGKILL'));
  assert.equal((await postProcess(server.url, viewpointId, LARGE)).status, 202);
  await untilPyramid(server.url, viewpointId);
  const decoders = listProcesses().filter(({ parent }) => parent === server.pid);
  assert.ok(decoders.length > 0);
  server.kill('SIGKILL');
  assert.equal((await server.end).signal, 'SIGKILL');
  await untilTrue('the decoders of the killed process have gone', () => listProcesses().every(({ pid, isZombie }) => isZombie || decoders.every((decoder) => decoder.pid !== pid)));

  const service = await startTestService({ stateFolder });
  t.after(() => service.stop());
  const status = await service.endOf(viewpointId);
  assert.deepEqual([status.viewpoint_status, status.attempt], ['READY', 2]);
  await assertWhole(service.config.volumeRoot, viewpointId);
});

for (const [signal, exit, what] of [
  ['SIGKILL', { code: null, signal: 'SIGKILL' }, 'is killed'],
  ['SIGTERM', { code: 0, signal: null }, 'has to stop'],
] as const) {
  test(`when a replica ${what} in the middle of a job, the other one finishes it`, async (t) => {
    const folder = await temporaryFolder(t);
    const names = { region: 'us-west-2', tableName: 'TSJobTable', queueName: 'TSJobQueue' };
    const aws = await startEmbeddedAws({ ...names, stateFolder: join(folder, 'aws'), bucketNames: [LARGE.bucket_name] });
    t.after(() => aws.close());
    const tileServer = await connectTileServer({ ...names, ...aws });
    t.after(() => tileServer.close());
    await tileServer.putObject(LARGE.bucket_name, LARGE.object_key, largeImage);

    const variables = {
      ...QUICK_TIMERS,
      ...variablesOnAws(aws, folder),
      EXECUTOR_CONCURRENCY: '1',
      VISIBILITY_TIMEOUT_SECONDS: '4',
      VISIBILITY_HEARTBEAT_SECONDS: '1',
      SHUTDOWN_GRACE_SECONDS: '0',
    };
    const replicas = await Promise.all(['a', 'b'].map((name) => startServer({ ...variables, REPLICA_NAME: name })));
    t.after(() => replicas.forEach((replica) => replica.kill('SIGKILL')));
    const [a, b] = replicas;
    assert.ok(a !== undefined && b !== undefined);

    const viewpointId = newId('handed-over');
    await tileServer.putRow(viewpointId, LARGE);
    await tileServer.sendMessage(viewpointId, LARGE, randomUUID());
    const owner = await eventually('a replica holds the lease', async () => (await tileServer.row(viewpointId))?.['lease_owner']?.S);
    const [first, second] = owner === 'a' ? [a, b] : [b, a];
    await untilPyramid(first.url, viewpointId);
    first.kill(signal);
    const { code, signal: endedBy } = await first.end;
    assert.deepEqual({ code, signal: endedBy }, exit);

    const status = await endOf(second.url, viewpointId);
    assert.deepEqual([status.viewpoint_status, status.attempt], ['READY', 2]);
    await assertWhole(join(folder, 'volume'), viewpointId);
    await untilTrue('the queue is empty', async () => (await tileServer.messageCount()) === 0);
    second.kill('SIGTERM');
    assert.equal((await second.end).code, 0);
  });
}
