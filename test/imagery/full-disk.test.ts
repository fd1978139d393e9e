import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeBig } from '../../src/imagery/samples/big-recipes.js';
import { startDecoder } from './decoder-fixture.js';
import { mountSmallDisk } from '../support/small-disk.js';

/** 12.6 MB; its only overview level takes 3,145,728 bytes beside some of its header. */
const EDGE_PIXELS = 2048;
const OVERVIEW_BYTES = 1024 * 1024 * 3;
const DISK_BYTES = 20 * 1024 * 1024;

const samples = await mkdtemp(join(tmpdir(), 'viewpoint-samples-'));
const source = await makeBig('a', samples, EDGE_PIXELS);
const { size: imageBytes } = await stat(source);
const disk = mountSmallDisk(DISK_BYTES);
after(async () => {
  disk?.remove();
  await rm(samples, { recursive: true });
});
const decoder = startDecoder();

test('whatever room GDAL runs out of, an image is never called done, nor corrupt', { skip: disk === null && 'no file system can be mounted here' }, async () => {
  const folder = disk?.folder ?? '';
  const outcomes = new Set<string>();
  // From no room at all to a few pages less than is needed: what lacks in the end shows only when GDAL closes the file.
  for (const roomBytes of [0, 100_000, OVERVIEW_BYTES - 45_000, OVERVIEW_BYTES - 4096]) {
    for (const name of await readdir(folder)) await rm(join(folder, name));
    const imagePath = join(folder, 'a.tif');
    await copyFile(source, imagePath);
    const page = 4096;
    const free = DISK_BYTES - Math.ceil(imageBytes / page) * page;
    await writeFile(join(folder, 'filler'), Buffer.alloc(Math.floor((free - roomBytes) / page) * page));
    const error = await decoder.pyramid(imagePath).then(
      () => assert.fail(`${roomBytes} bytes of room`),
      (thrown: unknown) => thrown as { code: string },
    );
    outcomes.add(error.code);
  }
  for (const code of outcomes) assert.match(code, /^(volume_failed|disk_full)$/);
});
