import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { deferred } from '../../src/domain/deferred.js';
import { startEmbeddedAws } from '../../src/embedded/embedded-aws.js';
import { makeSample } from '../../src/imagery/samples/recipes.js';
import { endOf } from '../support/http.js';
import { startServer, variablesOnAws } from '../support/program.js';
import { definitionOf, QUICK_TIMERS } from '../support/service.js';
import { connectTileServer } from '../support/tile-server.js';

const NAMES = { region: 'us-west-2', tableName: 'TSJobTable', queueName: 'TSJobQueue' };
const LONG = definitionOf('e2e/long/rgb-striped.tif');
const SHORT = definitionOf('e2e/short/rgb-striped.tif');

const [longIsHeld, release] = [deferred<undefined>(), deferred<undefined>()];
const folder = await mkdtemp(join(tmpdir(), 'viewpoint-e2e-'));
const aws = await startEmbeddedAws({
  ...NAMES,
  stateFolder: join(folder, 'aws'),
  bucketNames: [LONG.bucket_name],
  faults: async ({ operation, key }) => {
    if (operation !== 'GetObject' || key !== LONG.object_key) return undefined;
    longIsHeld.resolve(undefined);
    await release.promise;
    return undefined;
  },
});
const tileServer = await connectTileServer({ ...NAMES, ...aws });
const image = await readFile(await makeSample('rgb-striped', folder));
for (const { bucket_name: bucket, object_key: key } of [LONG, SHORT]) await tileServer.putObject(bucket, key, image);
after(async () => {
  tileServer.close();
  await aws.close();
  await rm(folder, { recursive: true, force: true });
});

test('a long job takes its own slot alone: the other one goes on with messages that come later', async (t) => {
  const server = await startServer({ ...QUICK_TIMERS, ...variablesOnAws(aws, folder), EXECUTOR_CONCURRENCY: '2' });
  t.after(async () => {
    release.resolve(undefined);
    server.kill('SIGTERM');
    await server.end;
  });
  const request = async (viewpointId: string, definition: typeof LONG) => {
    await tileServer.putRow(viewpointId, definition);
    await tileServer.sendMessage(viewpointId, definition, randomUUID());
  };
  await request('long', LONG);
  await longIsHeld.promise;
  for (const viewpointId of ['short-1', 'short-2']) {
    await request(viewpointId, SHORT);
    assert.equal((await endOf(server.url, viewpointId)).viewpoint_status, 'READY');
  }
  assert.equal((await tileServer.row('long'))?.['viewpoint_status']?.S, 'REQUESTED');
  release.resolve(undefined);
  assert.equal((await endOf(server.url, 'long')).viewpoint_status, 'READY');
});
