import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { createLocalObjects } from '../../src/cli/local-objects.js';
import { deferred } from '../../src/domain/deferred.js';
import { ViewpointError } from '../../src/domain/errors.js';
import type { ObjectDownloader } from '../../src/storage/s3-download.js';
import { FILE, root, startPipeline } from './pipeline-fixture.js';

const RECEIPT = '.download.json';

/** Brings files that reach the disk only with `onDisk`. */
function slowDisk(onDisk: Promise<void>): ObjectDownloader {
  const objects = createLocalObjects();
  return {
    ...objects,
    async download(request) {
      const file = await objects.download(request);
      return { onDisk: Promise.all([file.onDisk, onDisk]).then(() => undefined) };
    },
  };
}

/** As much as a publication has to wait for: everything in the folder brought to the disk. */
async function syncAll(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = await open(join(folder, name), 'r');
    await file.sync();
    await file.close();
  }
}

test('an image is worked on while it goes to the disk, and neither published nor noted as whole before it is there', async () => {
  const gate = deferred<undefined>();
  const { viewpointId, scratch, visible, begun, confirmed, end } = await startPipeline({ downloader: slowDisk(gate.promise) });
  await begun('publish');
  assert(existsSync(scratch.pathOf(`${FILE}.ovr`)));
  for (let time = 0; time < 3; time++) await syncAll(scratch.folder);
  assert.equal(confirmed(), false);
  assert.equal(existsSync(scratch.pathOf(RECEIPT)), false);
  assert.deepEqual(await visible(), []);

  gate.resolve(undefined);
  const { localObjectPath } = await end;
  assert(confirmed());
  assert.equal(localObjectPath, join(root, viewpointId, FILE));
  assert((await visible()).includes(FILE));
});

test('an image that cannot be brought to the disk ends its attempt, whatever is done with it meanwhile, and leaves nothing to take over', async () => {
  for (const step of ['pyramid', 'publish'] as const) {
    const gate = deferred<undefined>();
    const { scratch, visible, begun, confirmed, end } = await startPipeline({ downloader: slowDisk(gate.promise) });
    await begun(step);
    gate.reject(new ViewpointError('volume_failed', 'The disk is broken.'));
    await assert.rejects(end, { code: 'volume_failed', retryable: true });
    assert.equal(confirmed(), false, step);
    assert.deepEqual(await visible(), [], step);
    assert.equal(existsSync(scratch.pathOf(RECEIPT)), false, step);
  }
});
