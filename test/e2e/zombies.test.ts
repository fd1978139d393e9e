import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { deferred } from '../../src/domain/deferred.js';
import { startEmbeddedAws } from '../../src/embedded/embedded-aws.js';
import type { FaultHook } from '../../src/embedded/s3/faults.js';
import { makeSample } from '../../src/imagery/samples/recipes.js';
import { eventually, untilTrue } from '../support/eventually.js';
import { startServer, variablesOnAws } from '../support/program.js';
import { publishedFiles } from '../support/published-files.js';
import { definitionOf, newId, QUICK_TIMERS } from '../support/service.js';
import { connectTileServer } from '../support/tile-server.js';

const NAMES = { region: 'us-west-2', tableName: 'TSJobTable', queueName: 'TSJobQueue' };
const RGB = definitionOf('e2e/rgb-striped.tif');

test('a replica that was suspended for longer than its lease neither publishes nor writes an end when it goes on', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'viewpoint-e2e-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  let faults: FaultHook = () => undefined;
  const aws = await startEmbeddedAws({ ...NAMES, stateFolder: join(folder, 'aws'), bucketNames: [RGB.bucket_name], faults: (seen) => faults(seen) });
  t.after(() => aws.close());
  const tileServer = await connectTileServer({ ...NAMES, ...aws });
  t.after(() => tileServer.close());
  await tileServer.putObject(RGB.bucket_name, RGB.object_key, await readFile(await makeSample('rgb-striped', folder)));

  const variables = { ...QUICK_TIMERS, ...variablesOnAws(aws, folder), VISIBILITY_TIMEOUT_SECONDS: '4', VISIBILITY_HEARTBEAT_SECONDS: '1' };
  const replicas = await Promise.all(['a', 'b'].map((name) => startServer({ ...variables, REPLICA_NAME: name })));
  t.after(() => replicas.forEach((replica) => replica.kill('SIGKILL')));

  // The first download is held until its replica is suspended.
  const [reached, release] = [deferred<undefined>(), deferred<undefined>()];
  faults = async ({ operation }) => {
    if (operation !== 'GetObject') return undefined;
    faults = () => undefined;
    reached.resolve(undefined);
    await release.promise;
    return undefined;
  };
  const viewpointId = newId('zombie');
  await tileServer.putRow(viewpointId, RGB);
  await tileServer.sendMessage(viewpointId, RGB, randomUUID());
  await reached.promise;
  const owner = (await tileServer.row(viewpointId))?.['lease_owner']?.S;
  const [zombie, successor] = owner === 'a' ? replicas : [...replicas].reverse();
  assert.ok(zombie !== undefined && successor !== undefined);
  zombie.kill('SIGSTOP');
  release.resolve(undefined);

  const row = await eventually('the other replica ends the viewpoint', async () => {
    const found = await tileServer.row(viewpointId);
    return found?.['viewpoint_status']?.S === 'READY' ? found : undefined;
  });
  assert.equal(row['attempt']?.N, '2');
  const published = join(folder, 'volume', viewpointId);
  const files = async () => Object.fromEntries(await Promise.all((await readdir(published)).sort().map(async (name) => [name, (await stat(join(published, name))).ino] as const)));
  const before = await files();
  assert.deepEqual(Object.keys(before), publishedFiles('rgb-striped.tif'));

  zombie.kill('SIGCONT');
  await zombie.line((line) => line.includes('"lease lost, job abandoned"') || line.includes('"job could not be carried out"'));
  await untilTrue('the queue is empty', async () => (await tileServer.messageCount()) === 0);
  assert.deepEqual(await files(), before);
  assert.deepEqual(await tileServer.row(viewpointId), row);
  for (const replica of replicas) replica.kill('SIGTERM');
  assert.deepEqual(await Promise.all(replicas.map(async ({ end }) => (await end).code)), [0, 0]);
});
