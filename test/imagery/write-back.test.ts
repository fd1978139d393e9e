import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startWriteBack } from '../../src/imagery/child/write-back.js';
import { mountOverbookedDisk } from '../support/small-disk.js';

const MEGABYTE = 1024 * 1024;
const SOON_MS = 1000;
const disk = mountOverbookedDisk(64 * MEGABYTE, 4 * MEGABYTE);
after(() => disk?.remove());

test('what the disk does not take of a file that is being made is told in the end', { skip: disk === null && 'no file system can be mounted here' }, async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const path = join(disk?.folder ?? '', 'image.tif.ovr');
  await writeFile(path, Buffer.alloc(16 * MEGABYTE, 1));
  const writeBack = startWriteBack(path);
  t.mock.timers.tick(SOON_MS);
  await assert.rejects(writeBack.stop(), { code: 'disk_full' });
});

test('a file that does not come is no fault', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const writeBack = startWriteBack(join(disk?.folder ?? '/', 'no-such-file'));
  t.mock.timers.tick(SOON_MS);
  await writeBack.stop();
});
