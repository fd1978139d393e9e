import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { createDiskRoom } from '../../src/storage/disk-room.js';

const never = new AbortController().signal;

async function folders(t: TestContext, count: number): Promise<string[]> {
  const made = await Promise.all(Array.from({ length: count }, () => mkdtemp(join(tmpdir(), 'viewpoint-room-'))));
  t.after(() => Promise.all(made.map((folder) => rm(folder, { recursive: true }))));
  return made;
}

/** A disk with a changing amount of free bytes, shared by as many jobs as there are folders. */
function disk(freeBytes: number, paths: readonly string[]) {
  const state = { freeBytes };
  const room = createDiskRoom({ root: '/volume', freeBytes: () => Promise.resolve(state.freeBytes) });
  return { state, reservations: paths.map((path) => room.reservationFor(path)) };
}

test('a job that needs more than is free is refused, and told how much is missing', async (t) => {
  const [a] = disk(1000, await folders(t, 1)).reservations;
  await assert.rejects(a?.reserve(1001, never) ?? Promise.resolve(), { code: 'disk_full', message: /\/volume has 1000 bytes left and the image needs 1001 more/ });
  await a?.reserve(1000, never);
});

test('two jobs that fit one by one do not both begin: the second waits until the first ends', async (t) => {
  const [a, b] = disk(1000, await folders(t, 2)).reservations;
  await a?.reserve(600, never);
  const order: string[] = [];
  const second = b?.reserve(600, never).then(() => order.push('second may begin'));
  const third = a?.reserve(500, never).then(() => order.push('first has a smaller promise'));
  await third;
  order.push('first ends');
  a?.release();
  await second;
  assert.deepEqual(order, ['first has a smaller promise', 'first ends', 'second may begin']);
});

test('what a job has written of its promise is not counted twice', async (t) => {
  const paths = await folders(t, 2);
  const { state, reservations: [a, b] } = disk(1_000_000, paths);
  await a?.reserve(600_000, never);
  await writeFile(join(paths[0] ?? '', 'image'), Buffer.alloc(540_672, 1));
  state.freeBytes -= 540_672;
  await b?.reserve(390_000, never);
});

test('what a job will likely need is kept from others, but not insisted on', async (t) => {
  const [a, b] = disk(1000, await folders(t, 2)).reservations;
  await a?.reserve(500, never, 900);
  const stop = new AbortController();
  const waiting = b?.reserve(200, stop.signal);
  stop.abort(new Error('cancelled'));
  await assert.rejects(waiting ?? Promise.resolve(), /cancelled/);
  await b?.reserve(100, never);
});

test('jobs that would wait for each other for ever do not', async (t) => {
  const [a, b] = disk(1000, await folders(t, 2)).reservations;
  await a?.reserve(400, never);
  await b?.reserve(400, never);
  const first = a?.reserve(900, never);
  await assert.rejects(b?.reserve(900, never) ?? Promise.resolve(), { code: 'disk_full' });
  b?.release();
  await first;
});
