import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { readLeftOvers } from './left-overs.js';
import { BUCKET } from './objects.js';
import { createRandom } from './random.js';
import { createTally } from './tally.js';
import { NAMES, startWorld } from './world.js';

const DEFINITION = { viewpoint_name: 'A', bucket_name: BUCKET, object_key: 'a.tif', tile_size: 512, range_adjustment: 'NONE' };

test('scratch, whether its removal has begun or not, folders of what is not READY and files beside the volume are left over', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'viewpoint-chaos-'));
  const world = await startWorld(folder, createRandom(1), createTally());
  t.after(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });
  for (const [viewpointId, status] of [['ready', 'READY'], ['scarred', 'READY'], ['failed', 'FAILED']] as const) {
    await world.tileServer.putRow(viewpointId, DEFINITION);
    await world.dynamodb.send(
      new UpdateItemCommand({ TableName: NAMES.tableName, Key: { viewpoint_id: { S: viewpointId } }, UpdateExpression: 'SET viewpoint_status = :s', ExpressionAttributeValues: { ':s': { S: status } } }),
    );
  }
  for (const path of ['ready', 'scarred/.scratch-1-a', 'failed/.scratch-removed-0b6a', 'vanished']) await mkdir(join(world.volume, path), { recursive: true });
  await writeFile(join(world.volume, 'ready', 'a.tif'), 'image');
  await writeFile(join(world.volumeFolder, 'a.tif'), 'image');

  assert.deepEqual((await readLeftOvers(world)).sort(), [
    'beside the volume: a.tif',
    'failed: its row is FAILED',
    'scratch: failed/.scratch-removed-0b6a, its row is FAILED',
    'scratch: scarred/.scratch-1-a, its row is READY',
    'vanished: its row is gone',
  ]);
});
