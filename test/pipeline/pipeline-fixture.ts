import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { createLocalObjects } from '../../src/cli/local-objects.js';
import { deferred } from '../../src/domain/deferred.js';
import type { StepName } from '../../src/domain/job.js';
import type { ViewpointRecord } from '../../src/domain/viewpoint-record.js';
import { makeBig } from '../../src/imagery/samples/big-recipes.js';
import { runPipeline, type PipelineDeps, type PipelineResult } from '../../src/pipeline/run-pipeline.js';
import { createDiskRoom } from '../../src/storage/disk-room.js';
import type { Scratch } from '../../src/storage/scratch.js';
import { createVolume } from '../../src/storage/volume.js';
import { startDecoder } from '../imagery/decoder-fixture.js';

/** Name of the image that is processed. */
export const FILE = 'big-a.tif';
const samples = await mkdtemp(join(tmpdir(), 'viewpoint-samples-'));
export const source = await makeBig('a', samples, 2048);
export const root = await mkdtemp(join(tmpdir(), 'viewpoint-volume-'));
const volume = createVolume(root);
export const decoder = startDecoder();
after(async () => {
  await rm(samples, { recursive: true });
  await rm(root, { recursive: true });
});

let attempts = 0;

export interface Started {
  viewpointId: string;
  scratch: Scratch;
  /** Files of the viewpoint that the tile server sees. */
  visible: () => Promise<string[]>;
  /** Resolves when a step begins. */
  begun: (step: StepName) => Promise<void>;
  confirmed: () => boolean;
  end: Promise<PipelineResult>;
}

/** Runs the pipeline on a local image, with other parts in the place of some if they are given. */
export async function startPipeline(parts: Partial<PipelineDeps> = {}, signal = new AbortController().signal): Promise<Started> {
  const attempt = ++attempts;
  const viewpointId = `viewpoint-${attempt}`;
  const lease = { viewpointId, owner: 'test', attempt };
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
      downloader: createLocalObjects(),
      decoder: decoder.pool,
      volume,
      room: createDiskRoom({ root, freeBytes: () => volume.freeBytes() }),
      limits: { maximumSamples: 64e9, decoderTimeoutMs: 60_000, decoderTimeoutMsPerGigasample: 0 },
      exactStatistics: false,
      allowedBuckets: null,
      ...parts,
    },
    {
      record,
      lease,
      signal,
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
    viewpointId,
    scratch,
    visible: async () => (await readdir(join(root, viewpointId))).filter((name) => !name.startsWith('.')),
    begun: (step) => stepOf(step).promise,
    confirmed: () => isConfirmed,
    end,
  };
}
