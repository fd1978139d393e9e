import assert from 'node:assert/strict';
import { readdirSync, watch } from 'node:fs';
import { open, readdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { createLocalObjects } from '../../src/cli/local-objects.js';
import type { Arrived } from '../../src/domain/arrived.js';
import { deferred } from '../../src/domain/deferred.js';
import { ViewpointError } from '../../src/domain/errors.js';
import { createHeadStart, type ArrivingDownload, type HeadStartConditions } from '../../src/pipeline/head-start.js';
import type { DownloadProgress, DownloadRequest, ObjectDownloader } from '../../src/storage/s3-download.js';
import { partPathOf } from '../../src/storage/s3-download.js';
import { decoderProcesses } from '../imagery/decoder-fixture.js';
import { killProcess } from '../run/processes.js';
import { decoder, FILE, root, startPipeline } from './pipeline-fixture.js';

const MIB = 1024 * 1024;
const BYTES = 100 * MIB;

const progressAt = (bytesDone: number, bytesTotal = BYTES): DownloadProgress => ({ bytesDone, bytesTotal, arrived: { prefixBytes: bytesDone, suffixStart: bytesTotal, sizeBytes: bytesTotal } });

/** A head start whose work goes on until it is ended from outside. */
function createStarted() {
  const clock = { ms: 0 };
  const machine = { isIdle: true };
  const work = deferred<never>();
  const begun: ArrivingDownload[] = [];
  const headStart = createHeadStart(
    (download) => {
      begun.push(download);
      return work.promise;
    },
    { now: () => clock.ms, hasIdleCores: () => machine.isIdle },
  );
  const advance = (ms: number, bytesDone: number): void => {
    clock.ms = ms;
    headStart.onArriving(progressAt(bytesDone));
  };
  return { headStart, advance, begun, work, machine };
}

test('a download that is soon over is not worth a head start', () => {
  const { headStart, advance, begun } = createStarted();
  for (const [ms, share] of [[0, 0], [250, 0.4], [499, 0.7], [600, 0.8], [700, 0.99]] as const) advance(ms, share * BYTES);
  assert.equal(begun.length, 0);
  assert.equal(headStart.finish(), null);
});

test('one that has long to go is, once', () => {
  const { advance, begun } = createStarted();
  advance(0, 1 * MIB);
  advance(400, 5 * MIB);
  assert.equal(begun.length, 0);
  advance(600, 8 * MIB);
  advance(2000, 20 * MIB);
  assert.equal(begun.length, 1);
  assert.equal(begun[0]?.bytesToCome(), 80 * MIB);
});

test('while all cores are busy there is none, and as soon as they are not there is', () => {
  const { advance, begun, machine } = createStarted();
  machine.isIdle = false;
  advance(0, 1 * MIB);
  advance(600, 5 * MIB);
  machine.isIdle = true;
  advance(700, 6 * MIB);
  assert.equal(begun.length, 0);
  advance(1200, 9 * MIB);
  assert.equal(begun.length, 1);
});

test('whoever follows is told what there is, in steps, and in the end that all of it is', () => {
  const { headStart, advance, begun } = createStarted();
  advance(0, 0);
  advance(1000, 10 * MIB);
  const told: (Arrived | null)[] = [];
  const unfollow = begun[0]?.follow((arrived) => told.push(arrived));
  for (const mebibytes of [11, 13, 14, 15, 30]) advance(2000, mebibytes * MIB);
  assert.deepEqual(told.map((arrived) => (arrived?.prefixBytes ?? 0) / MIB), [10, 14, 30]);
  assert.equal(begun[0]?.isWhole(), false);
  assert.notEqual(headStart.finish(), null);
  assert.equal(told.at(-1), null);
  assert.equal(begun[0].isWhole(), true);
  unfollow?.();
});

test('work that failed on what there was is forgotten', async () => {
  const { headStart, advance, work } = createStarted();
  advance(0, 0);
  advance(1000, 10 * MIB);
  work.reject(new ViewpointError('decoder_crashed', 'It crashed.'));
  await headStart.ended();
  assert.equal(headStart.finish(), null);
});

/**
 * Brings the first half of the image, and what follows when `gate` lets it: time goes by, by the pipeline's clock, as
 * if that took long.
 */
function slowDownload(gate: Promise<void>): { downloader: ObjectDownloader; headStart: HeadStartConditions; halfThere: Promise<string> } {
  const objects = createLocalObjects();
  const halfThere = deferred<string>();
  let ms = 0;
  async function download(request: DownloadRequest): Promise<{ onDisk: Promise<void> }> {
    const bytes = await readFile(request.key);
    const partPath = partPathOf(request.path);
    const file = await open(partPath, 'w');
    const half = Math.floor(bytes.length / 2);
    try {
      await file.truncate(bytes.length);
      await file.write(bytes, 0, half, 0);
      for (const atMs of [0, 1000]) {
        ms = atMs;
        request.onProgress?.(progressAt((half * (atMs + 1)) / 1001, bytes.length));
      }
      request.onProgress?.(progressAt(half, bytes.length));
      halfThere.resolve(dirname(request.path));
      await gate;
      await file.write(bytes, half, bytes.length - half, half);
    } finally {
      await file.close();
    }
    await rename(partPath, request.path);
    return { onDisk: Promise.resolve() };
  }
  return { downloader: { ...objects, download }, headStart: { now: () => ms, hasIdleCores: () => true }, halfThere: halfThere.promise };
}

async function untilThere(folder: string, name: string): Promise<void> {
  const there = deferred<undefined>();
  const watcher = watch(folder, () => {
    if (readdirSync(folder).includes(name)) there.resolve(undefined);
  });
  if (readdirSync(folder).includes(name)) there.resolve(undefined);
  await there.promise;
  watcher.close();
}

const OVERVIEWS_AHEAD = `${FILE}.part.ovr`;

test('overviews are begun while the image is downloaded, and published with it', async () => {
  const gate = deferred<undefined>();
  const { halfThere, ...parts } = slowDownload(gate.promise);
  const { end, visible, viewpointId } = await startPipeline(parts);
  await untilThere(await halfThere, OVERVIEWS_AHEAD);
  assert.deepEqual(await visible(), []);
  gate.resolve(undefined);
  const { image } = await end;
  assert.equal(image.overviews, 'built');

  const plain = await startPipeline();
  assert.deepEqual(image, (await plain.end).image);
  assert.deepEqual((await visible()).sort(), (await plain.visible()).sort());
  for (const suffix of ['.ovr', '.aux.xml']) {
    const [ahead, after] = await Promise.all([viewpointId, plain.viewpointId].map((id) => readFile(join(root, id, FILE + suffix))));
    assert(after !== undefined && ahead?.equals(after), suffix);
  }
});

test('a decoder that is killed while the image arrives costs nothing but its work', { skip: process.platform !== 'linux' && 'there is no /proc' }, async () => {
  const gate = deferred<undefined>();
  const { halfThere, ...parts } = slowDownload(gate.promise);
  const { end, visible } = await startPipeline(parts);
  await untilThere(await halfThere, OVERVIEWS_AHEAD);
  const decoders = decoderProcesses();
  assert(decoders.length > 0);
  for (const { pid } of decoders) killProcess(pid);
  // By the time another one has started, its end is known.
  await decoder.run('probe', {});
  gate.resolve(undefined);
  assert.equal((await end).image.overviews, 'built');
  assert.deepEqual((await visible()).filter((name) => name.includes('.part')), []);
});

test('a download that fails takes what was begun along', async () => {
  const gate = deferred<undefined>();
  const { halfThere, ...parts } = slowDownload(gate.promise);
  const { end } = await startPipeline(parts);
  const folder = await halfThere;
  await untilThere(folder, OVERVIEWS_AHEAD);
  gate.reject(new ViewpointError('object_corrupt', 'A byte was flipped.'));
  await assert.rejects(end, { code: 'object_corrupt' });
  // Nothing writes there any more: the decoder is gone.
  const names = await readdir(folder);
  assert(!names.includes(`${FILE}.ovr`) && !names.includes(`${FILE}.aux.xml`), names.join());
});

test('a job that is cancelled during its download ends at once, whatever was begun', async () => {
  const { halfThere, ...parts } = slowDownload(new Promise(() => undefined));
  const cancel = new AbortController();
  const { end, visible } = await startPipeline(parts, cancel.signal);
  await untilThere(await halfThere, OVERVIEWS_AHEAD);
  cancel.abort(new ViewpointError('cancelled', 'It was cancelled.'));
  await assert.rejects(end, { code: 'cancelled' });
  assert.deepEqual(await visible(), []);
});
