import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { SCRATCH_PREFIX } from '../../src/domain/artifacts.js';
import { startSweep } from '../../src/executor/sweep.js';
import { createVolume, type Volume } from '../../src/storage/volume.js';
import { untilTrue } from '../support/eventually.js';
import { DEFINITION, startTestTable, type TestTable } from '../support/table.js';

let db: TestTable;
let root: string;
let volume: Volume;
before(async () => {
  db = await startTestTable();
  root = await mkdtemp(join(tmpdir(), 'viewpoint-volume-'));
  volume = createVolume(root);
});
after(async () => {
  await db.stop();
  await rm(root, { recursive: true, force: true });
});

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const SCRATCH = `${SCRATCH_PREFIX}1-gone`;
const LONG_AGO = new Date('2020-01-01T00:00:00Z');

/** A viewpoint's folder with a published image and the scratch of an attempt, written to long ago or just now. */
async function makeFolder(id: string, { isQuiet = true } = {}): Promise<void> {
  const scratch = join(root, id, SCRATCH);
  await mkdir(scratch, { recursive: true });
  await writeFile(join(root, id, 'a.tif'), 'image');
  await writeFile(join(scratch, 'a.tif.part'), 'half');
  if (!isQuiet) return;
  await utimes(join(scratch, 'a.tif.part'), LONG_AGO, LONG_AGO);
  await utimes(scratch, LONG_AGO, LONG_AGO);
}

/** What a process leaves that is killed while it removes scratch. */
async function leaveHalfRemoved(id: string): Promise<void> {
  const removed = join(root, id, `${SCRATCH_PREFIX}removed-0b6a`);
  await mkdir(removed);
  await writeFile(join(removed, 'a.tif'), 'not yet removed');
}

async function putRow(id: string, status: string): Promise<void> {
  await db.table.create(id, DEFINITION, 1_900_000_000, 0);
  await db.dynamodb.send(
    new UpdateItemCommand({ TableName: db.tableName, Key: { viewpoint_id: { S: id } }, UpdateExpression: 'SET viewpoint_status = :s', ExpressionAttributeValues: { ':s': { S: status } } }),
  );
}

test('scratch of ended and vanished viewpoints goes and begun removals end, scratch of waiting viewpoints, recent scratch and foreign files stay', async () => {
  for (const status of ['READY', 'FAILED', 'REQUESTED', 'DELETED']) {
    await putRow(status.toLowerCase(), status);
    await makeFolder(status.toLowerCase());
  }
  await makeFolder('vanished');
  await putRow('recent', 'READY');
  await makeFolder('recent', { isQuiet: false });
  for (const id of ['requested', 'recent']) await leaveHalfRemoved(id);
  await mkdir(join(root, 'lost+found of somebody', SCRATCH), { recursive: true });
  await writeFile(join(root, 'note.txt'), 'not a viewpoint');
  await putRow('deleted-without-scratch', 'DELETED');
  await mkdir(join(root, 'deleted-without-scratch'));

  const sweep = startSweep({ table: db.table, volume, log, intervalMs: 3_600_000, quietMs: 60_000, now: () => Date.now() });
  await untilTrue('the deleted viewpoints are gone', async () => {
    const names = await readdir(root);
    return !names.includes('deleted') && !names.includes('deleted-without-scratch');
  });
  await sweep.stop();
  await volume.settled();

  const contents = async (id: string) => (await readdir(join(root, id))).sort();
  assert.deepEqual(await contents('ready'), ['a.tif']);
  assert.deepEqual(await contents('failed'), ['a.tif']);
  assert.deepEqual(await contents('vanished'), ['a.tif']);
  assert.deepEqual(await contents('requested'), [SCRATCH, 'a.tif']);
  assert.deepEqual(await contents('recent'), [SCRATCH, 'a.tif']);
  assert.deepEqual(await contents('lost+found of somebody'), [SCRATCH]);
  assert.ok((await readdir(root)).includes('note.txt'));
});

test('a sweep comes again after its interval', async () => {
  const sweep = startSweep({ table: db.table, volume, log, intervalMs: 5, quietMs: 60_000, now: () => Date.now() });
  await putRow('later', 'FAILED');
  await makeFolder('later');
  await untilTrue('the scratch is gone', async () => (await readdir(join(root, 'later'))).join() === 'a.tif');
  await sweep.stop();
});

test('for how long scratch has been quiet goes by the clock that is given, not by the machine\'s', async () => {
  await putRow('by-another-clock', 'FAILED');
  await makeFolder('by-another-clock', { isQuiet: false });
  const sweep = startSweep({ table: db.table, volume, log, intervalMs: 3_600_000, quietMs: 60_000, now: () => Date.now() + 120_000 });
  await untilTrue('the scratch is gone', async () => (await readdir(join(root, 'by-another-clock'))).join() === 'a.tif');
  await sweep.stop();
});
