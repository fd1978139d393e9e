import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createLocalObjects } from '../../src/cli/local-objects.js';
import { deferred } from '../../src/domain/deferred.js';
import { ViewpointError } from '../../src/domain/errors.js';
import type { StepName } from '../../src/domain/job.js';
import type { ViewpointRecord } from '../../src/domain/viewpoint-record.js';
import { makeBig } from '../../src/imagery/samples/big-recipes.js';
import { runPipeline, type PipelineResult } from '../../src/pipeline/run-pipeline.js';
import { createDiskRoom } from '../../src/storage/disk-room.js';
import type { ObjectDownloader } from '../../src/storage/s3-download.js';
import type { Scratch } from '../../src/storage/scratch.js';
import { createVolume } from '../../src/storage/volume.js';
import { startDecoder } from '../imagery/decoder-fixture.js';

const FILE = 'big-a.tif';
const RECEIPT = '.download.json';
const samples = await mkdtemp(join(tmpdir(), 'viewpoint-samples-'));
const source = await makeBig('a', samples, 2048);
const root = await mkdtemp(join(tmpdir(), 'viewpoint-volume-'));
const volume = createVolume(root);
const decoder = startDecoder();
after(async () => {
  await rm(samples, { recursive: true });
  await rm(root, { recursive: true });
});

let attempt = 0;

interface Started {
  scratch: Scratch;
  /** Files of the viewpoint that the tile server sees. */
  visible: () => Promise<string[]>;
  /** Resolves when a step begins. */
  begun: (step: StepName) => Promise<void>;
  confirmed: () => boolean;
  end: Promise<PipelineResult>;
}

/** Runs the pipeline on a local image that reaches the disk only with `onDisk`. */
async function start(onDisk: Promise<void>): Promise<Started> {
  const viewpointId = `viewpoint-${++attempt}`;
  const lease = { viewpointId, owner: 'test', attempt };
  const objects = createLocalObjects();
  const downloader: ObjectDownloader = {
    ...objects,
    async download(request) {
      const file = await objects.download(request);
      return { onDisk: Promise.all([file.onDisk, onDisk]).then(() => undefined) };
    },
  };
  const record: ViewpointRecord = {
    viewpoint_id: viewpointId, viewpoint_name: 'Test', viewpoint_status: 'REQUESTED', bucket_name: 'local', object_key: source, tile_size: 512, range_adjustment: 'NONE',
    local_object_path: null, error_message: null, expire_time: null, lease_owner: 'test', lease_expires_at: 0, attempt, cancel_requested: 0, job: null, object_version: null,
    requests: null, callback_urls: [], completions: [], delivery_due_at: 0, delivery_version: 0,
  };
  const steps = new Map<StepName, ReturnType<typeof deferred<undefined>>>();
  const stepOf = (step: StepName) => steps.get(step) ?? steps.set(step, deferred<undefined>()).get(step) ?? assert.fail();
  let isConfirmed = false;
  const end = runPipeline(
    {
      downloader,
      decoder: decoder.pool,
      volume,
      room: createDiskRoom({ root, freeBytes: () => volume.freeBytes() }),
      limits: { maximumSamples: 64e9, decoderTimeoutMs: 60_000, decoderTimeoutMsPerGigasample: 0 },
      exactStatistics: false,
      allowedBuckets: null,
    },
    {
      record,
      lease,
      signal: new AbortController().signal,
      progress: { stepStarted: (step) => stepOf(step).resolve(undefined), stepAdvanced: () => undefined, downloaded: () => undefined },
      confirm: () => {
        isConfirmed = true;
        return Promise.resolve();
      },
    },
  );
  end.catch(() => undefined);
  const scratch = await volume.openScratch(lease);
  return {
    scratch,
    visible: async () => (await readdir(join(root, viewpointId))).filter((name) => !name.startsWith('.')),
    begun: (step) => stepOf(step).promise,
    confirmed: () => isConfirmed,
    end,
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
  const { scratch, visible, begun, confirmed, end } = await start(gate.promise);
  await begun('publish');
  assert(existsSync(scratch.pathOf(`${FILE}.ovr`)));
  for (let time = 0; time < 3; time++) await syncAll(scratch.folder);
  assert.equal(confirmed(), false);
  assert.equal(existsSync(scratch.pathOf(RECEIPT)), false);
  assert.deepEqual(await visible(), []);

  gate.resolve(undefined);
  const { localObjectPath } = await end;
  assert(confirmed());
  assert.equal(localObjectPath, join(root, `viewpoint-${attempt}`, FILE));
  assert((await visible()).includes(FILE));
});

test('an image that cannot be brought to the disk ends its attempt, whatever is done with it meanwhile, and leaves nothing to take over', async () => {
  for (const step of ['pyramid', 'publish'] as const) {
    const gate = deferred<undefined>();
    const { scratch, visible, begun, confirmed, end } = await start(gate.promise);
    await begun(step);
    gate.reject(new ViewpointError('volume_failed', 'The disk is broken.'));
    await assert.rejects(end, { code: 'volume_failed', retryable: true });
    assert.equal(confirmed(), false, step);
    assert.deepEqual(await visible(), [], step);
    assert.equal(existsSync(scratch.pathOf(RECEIPT)), false, step);
  }
});
