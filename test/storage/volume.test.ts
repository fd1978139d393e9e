import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { SCRATCH_PREFIX } from '../../src/domain/artifacts.js';
import type { Lease } from '../../src/domain/viewpoint-record.js';
import type { Scratch } from '../../src/storage/scratch.js';
import { createVolume, type Volume } from '../../src/storage/volume.js';

async function testVolume(t: TestContext): Promise<Volume> {
  const root = await mkdtemp(join(tmpdir(), 'viewpoint-volume-'));
  t.after(() => rm(root, { recursive: true }));
  return createVolume(root);
}

const leaseOf = (attempt: number, owner: string): Lease => ({ viewpointId: 'id', owner, attempt });
const confirmed = () => Promise.resolve();

async function scratchWith(volume: Volume, lease: Lease, files: Record<string, string>): Promise<Scratch> {
  const scratch = await volume.openScratch(lease);
  for (const [name, content] of Object.entries(files)) await writeFile(scratch.pathOf(name), content);
  return scratch;
}

async function published(volume: Volume): Promise<Record<string, string>> {
  const folder = join(volume.root, 'id');
  const names = (await readdir(folder)).sort();
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)));
}

test('a publication takes the place of the former one, whose further side files go', async (t) => {
  const volume = await testVolume(t);
  await volume.publish(await scratchWith(volume, leaseOf(1, 'a'), { 'x.tif': 'old', 'x.tif.ovr': 'old', 'x.tif.stats': 'old' }), 'id', 'x.tif', confirmed);
  await volume.publish(await scratchWith(volume, leaseOf(2, 'a'), { 'x.tif': 'new', 'x.tif.stats': 'new' }), 'id', 'x.tif', confirmed);
  assert.deepEqual(await published(volume), { 'x.tif': 'new', 'x.tif.stats': 'new' });
});

test('an attempt that is refused at the last moment changes nothing', async (t) => {
  const volume = await testVolume(t);
  await volume.publish(await scratchWith(volume, leaseOf(1, 'a'), { 'x.tif': 'old' }), 'id', 'x.tif', confirmed);
  const refusal = new TypeError('the lease is lost');
  const scratch = await scratchWith(volume, leaseOf(2, 'a'), { 'x.tif': 'new' });
  await assert.rejects(volume.publish(scratch, 'id', 'x.tif', () => Promise.reject(refusal)), refusal);
  await volume.removeScratch(leaseOf(2, 'a'));
  await volume.settled();
  assert.deepEqual(await published(volume), { 'x.tif': 'old' });
});

test('an attempt that slept between its last check and its renames moves nothing over what its successor published', async (t) => {
  const volume = await testVolume(t);
  const sleeper = await scratchWith(volume, leaseOf(1, 'a'), { 'x.tif': 'of the sleeper', 'x.tif.stats': 'of the sleeper' });
  const wokenUp = volume.publish(sleeper, 'id', 'x.tif', async () => {
    // Its check has passed; before it goes on, another process takes over, publishes and ends.
    const successor = await scratchWith(volume, leaseOf(2, 'b'), { 'x.tif': 'of the successor', 'x.tif.ovr': 'of the successor', 'x.tif.stats': 'of the successor' });
    await volume.revoke(await volume.otherScratches(leaseOf(2, 'b')));
    await volume.publish(successor, 'id', 'x.tif', confirmed);
  });
  await assert.rejects(wokenUp, { code: 'volume_failed' });
  assert.deepEqual(await published(volume), { 'x.tif': 'of the successor', 'x.tif.ovr': 'of the successor', 'x.tif.stats': 'of the successor' });
});

test('what is removed is out of sight at once, also for a successor, and gone in the end with the folder that nothing else is in', async (t) => {
  const volume = await testVolume(t);
  await scratchWith(volume, leaseOf(1, 'a'), { 'x.tif.part': 'half' });
  await volume.removeScratch(leaseOf(1, 'a'));
  assert.deepEqual(await volume.otherScratches(leaseOf(2, 'b')), []);
  assert.deepEqual(await volume.scratchNames('id'), []);
  await volume.settled();
  assert.deepEqual(await readdir(volume.root), []);
});

test('a removal that leaves its folder to a successor takes nothing of that along', async (t) => {
  const volume = await testVolume(t);
  await scratchWith(volume, leaseOf(1, 'a'), { 'x.tif.part': 'half' });
  await volume.removeScratch(leaseOf(1, 'a'));
  const successor = await scratchWith(volume, leaseOf(2, 'b'), { 'x.tif': 'whole' });
  await volume.settled();
  assert.equal(await readFile(successor.pathOf('x.tif'), 'utf8'), 'whole');
});

const BEGUN_REMOVAL = `${SCRATCH_PREFIX}removed-0b6a`;

async function leaveHalfRemoved(volume: Volume): Promise<string> {
  await mkdir(join(volume.root, 'id', BEGUN_REMOVAL), { recursive: true });
  await writeFile(join(volume.root, 'id', BEGUN_REMOVAL, 'x.tif'), 'not yet removed');
  return BEGUN_REMOVAL;
}

test('a removal that a killed process began is nobody\'s, however recent, and can be brought to its end', async (t) => {
  const volume = await testVolume(t);
  const { folder } = await volume.openScratch(leaseOf(1, 'a'));
  const removed = await leaveHalfRemoved(volume);
  assert.deepEqual(await volume.quietScratches('id', 0), [removed]);
  await volume.removeScratches('id', [removed, basename(folder)]);
  await volume.settled();
  assert.deepEqual(await readdir(volume.root), []);
});

test('an attempt brings removals that a killed process began beside it to their end', async (t) => {
  const volume = await testVolume(t);
  await leaveHalfRemoved(volume);
  const scratch = await scratchWith(volume, leaseOf(2, 'b'), { 'x.tif': 'whole' });
  await volume.settled();
  assert.deepEqual(await readdir(join(volume.root, 'id')), [basename(scratch.folder)]);
  assert.equal(await readFile(scratch.pathOf('x.tif'), 'utf8'), 'whole');
});

test('scratch of a former version of the service counts as scratch, and its begun removals as such', async (t) => {
  const volume = await testVolume(t);
  await mkdir(join(volume.root, 'id', '.attempt-1-a'), { recursive: true });
  await mkdir(join(volume.root, 'id', '.attempt-removed-0b6a'));
  assert.deepEqual((await volume.otherScratches(leaseOf(2, 'b'))).map(({ folder }) => basename(folder)), ['.attempt-1-a']);
  assert.deepEqual((await volume.quietScratches('id', Infinity)).sort(), ['.attempt-1-a', '.attempt-removed-0b6a']);
});

test('a file with the name of a scratch folder is none: an image may have been published under it before', async (t) => {
  const volume = await testVolume(t);
  await mkdir(join(volume.root, 'id'));
  await writeFile(join(volume.root, 'id', `${SCRATCH_PREFIX}1-a`), 'image');
  assert.deepEqual(await volume.quietScratches('id', Infinity), []);
});

test('whether the volume can be written to is found out without leaving anything, also of a check that was killed', async (t) => {
  const volume = await testVolume(t);
  await writeFile(join(volume.root, `${SCRATCH_PREFIX}write-check`), '');
  await Promise.all(Array.from({ length: 20 }, () => volume.checkWritable()));
  assert.deepEqual(await readdir(volume.root), []);
});
