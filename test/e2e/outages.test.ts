import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { deferred } from '../../src/domain/deferred.js';
import { startEmbeddedAws } from '../../src/embedded/embedded-aws.js';
import type { FaultHook } from '../../src/embedded/s3/faults.js';
import { makeSample } from '../../src/imagery/samples/recipes.js';
import { startCuttableProxy } from '../support/cuttable-proxy.js';
import { eventually, untilTrue } from '../support/eventually.js';
import { endOf, request } from '../support/http.js';
import { startServer, variablesOnAws } from '../support/program.js';
import { publishedFiles } from '../support/published-files.js';
import { definitionOf, newId, QUICK_TIMERS } from '../support/service.js';
import { mountSmallDisk } from '../support/small-disk.js';
import { connectTileServer } from '../support/tile-server.js';

const NAMES = { region: 'us-west-2', tableName: 'TSJobTable', queueName: 'TSJobQueue' };
const RGB = definitionOf('e2e/rgb-striped.tif');
const MEGABYTE = 1024 * 1024;

const folder = await mkdtemp(join(tmpdir(), 'viewpoint-e2e-'));
/** What goes wrong in S3 next. */
let faults: FaultHook = () => undefined;
const aws = await startEmbeddedAws({ ...NAMES, stateFolder: join(folder, 'aws'), bucketNames: [RGB.bucket_name], faults: (seen) => faults(seen) });
const tileServer = await connectTileServer({ ...NAMES, ...aws });
await tileServer.putObject(RGB.bucket_name, RGB.object_key, await readFile(await makeSample('rgb-striped', folder)));
after(async () => {
  tileServer.close();
  await aws.close();
  await rm(folder, { recursive: true, force: true });
});

async function requested(): Promise<string> {
  const viewpointId = newId('outage');
  await tileServer.putRow(viewpointId, RGB);
  await tileServer.sendMessage(viewpointId, RGB, randomUUID());
  return viewpointId;
}

const readiness = async (url: string) => (await request(`${url}/health/ready`)).json as { ready: boolean; checks: Record<string, { ok: boolean; detail: string | null }> };

test('a server starts while nothing of AWS answers, is alive and not ready, and recovers by itself, also from a later outage', async (t) => {
  const proxies = await Promise.all([aws.endpoints.s3, aws.endpoints.sqs, aws.endpoints.dynamodb].map(startCuttableProxy));
  t.after(() => Promise.all(proxies.map((proxy) => proxy.close())));
  const [s3, sqs, dynamodb] = proxies;
  assert.ok(s3 !== undefined && sqs !== undefined && dynamodb !== undefined);
  for (const proxy of proxies) proxy.set('silent');
  const endpoints = { s3: s3.url, sqs: sqs.url, dynamodb: dynamodb.url };
  const first = await requested();
  const server = await startServer({ ...QUICK_TIMERS, ...variablesOnAws({ ...aws, endpoints }, folder) });
  t.after(() => server.kill('SIGKILL'));

  assert.equal((await request(`${server.url}/ping`)).status, 200);
  assert.equal((await request(`${server.url}/health/live`)).status, 200);
  const { ready, checks } = await readiness(server.url);
  assert.equal(ready, false);
  for (const name of ['table', 'queue', 's3']) assert.equal(checks[name]?.ok, false, name);
  assert.equal(checks['decoder']?.ok, true);

  for (const proxy of proxies) proxy.set('open');
  assert.equal((await endOf(server.url, first)).viewpoint_status, 'READY');
  await untilTrue('the server is ready', async () => (await readiness(server.url)).ready);

  // Now each of them alone, in the middle of a job: its download is held until the connection is cut.
  for (const proxy of proxies) {
    const [reached, release] = [deferred<undefined>(), deferred<undefined>()];
    faults = async ({ operation, key }) => {
      if (operation === 'GetObject' && key === RGB.object_key) {
        reached.resolve(undefined);
        await release.promise;
      }
      return undefined;
    };
    const viewpointId = await requested();
    await reached.promise;
    proxy.set('refused');
    release.resolve(undefined);
    faults = () => undefined;
    await untilTrue('the server notices', async () => !(await readiness(server.url)).ready);
    proxy.set('open');
    await eventually(`${viewpointId} is READY`, async () => ((await tileServer.row(viewpointId))?.['viewpoint_status']?.S === 'READY' ? true : undefined));
  }
  await untilTrue('the queue is empty', async () => (await tileServer.messageCount()) === 0);
  server.kill('SIGTERM');
  assert.equal((await server.end).code, 0);
});

const disk = mountSmallDisk(100 * MEGABYTE);
after(() => disk?.remove());

test('a disk that fills up during a download fails no viewpoint: its scratch goes, and it is READY once there is room', { skip: disk === null && 'no file system can be mounted here' }, async (t) => {
  const volume = disk?.folder ?? '';
  const server = await startServer({ ...QUICK_TIMERS, ...variablesOnAws(aws, folder), EFS_MOUNT_NAME: volume.slice(1), JOB_TRIES: '1' });
  t.after(() => server.kill('SIGKILL'));
  const filler = join(volume, 'of somebody else');
  faults = async ({ operation, key }) => {
    if (operation !== 'GetObject' || key !== RGB.object_key) return undefined;
    faults = () => undefined;
    await writeFile(filler, Buffer.alloc(100 * MEGABYTE)).catch(() => undefined);
    return undefined;
  };
  const viewpointId = await requested();
  const status = await eventually('the full disk is reported', async () => {
    const { json } = await request(`${server.url}/viewpoints/${viewpointId}/status`);
    const answer = json as Awaited<ReturnType<typeof endOf>>;
    return answer.error === null ? undefined : answer;
  });
  assert.deepEqual([status.viewpoint_status, status.error?.code, status.error?.retryable], ['REQUESTED', 'disk_full', true]);
  await untilTrue('its scratch is gone', async () => !(await readdir(volume)).includes(viewpointId));
  await untilTrue('the server is not ready', async () => (await readiness(server.url)).checks['volume']?.ok === false);

  await rm(filler);
  assert.equal((await endOf(server.url, viewpointId)).viewpoint_status, 'READY');
  assert.deepEqual((await readdir(join(volume, viewpointId))).sort(), publishedFiles('rgb-striped.tif'));
});
