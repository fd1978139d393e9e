import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createPartFile } from '../../../src/storage/download/part-file.js';
import { mountOverbookedDisk } from '../../support/small-disk.js';

const MEGABYTE = 1024 * 1024;
const disk = mountOverbookedDisk(128 * MEGABYTE, 4 * MEGABYTE);
const folder = await mkdtemp(join(tmpdir(), 'viewpoint-test-'));
after(async () => {
  disk?.remove();
  await rm(folder, { recursive: true });
});

async function filled(path: string, megabytes: number) {
  const file = await createPartFile(path, megabytes * MEGABYTE);
  for (let index = 0; index < megabytes; index++) await file.write([Buffer.alloc(MEGABYTE, index + 1)], index * MEGABYTE);
  return file;
}

test('a finished file has its name and its bytes before it is on the disk', async () => {
  const path = join(folder, 'image.tif');
  const file = await filled(path, 2);
  const { onDisk } = await file.finish();
  assert.deepEqual(await readFile(path), Buffer.concat([Buffer.alloc(MEGABYTE, 1), Buffer.alloc(MEGABYTE, 2)]));
  await onDisk;
  assert.deepEqual(await readdir(folder), ['image.tif']);
});

// The longer file is brought to the disk while it is still written: a fault of that must not be forgotten either.
for (const megabytes of [16, 80]) {
  test(`bytes that cannot be brought to the disk, ${megabytes} MB of them, are found out although they could be written`, { skip: disk === null && 'no file system can be mounted here' }, async () => {
    const path = join(disk?.folder ?? '', `image-${megabytes}.tif`);
    const file = await filled(path, megabytes);
    const { onDisk } = await file.finish();
    await assert.rejects(onDisk, ({ code }: { code: string }) => code === 'disk_full' || code === 'volume_failed');
    assert.deepEqual((await readdir(disk?.folder ?? '')).filter((name) => name.startsWith('image')), []);
  });
}
