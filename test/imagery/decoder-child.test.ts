import assert from 'node:assert/strict';
import { existsSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import gdal from 'gdal-async';
import type { Arrived } from '../../src/domain/arrived.js';
import type { ViewpointError } from '../../src/domain/errors.js';
import { startDecoderChild, type DecoderChild } from '../../src/imagery/decoder-child.js';
import { createDecoderPool } from '../../src/imagery/decoder-pool.js';
import type { ImageSize } from '../../src/imagery/protocol.js';
import { makeSample } from '../../src/imagery/samples/recipes.js';
import { readProcess } from '../run/processes.js';
import { decoderProcesses, startDecoder } from './decoder-fixture.js';

const MEGABYTE = 1024 * 1024;
const isLinux = existsSync('/proc/self/stat');
const options = { memoryLimitBytes: 2048 * MEGABYTE, environment: process.env };
const never = () => new AbortController().signal;
const decoder = startDecoder();

/** A child that has loaded GDAL. */
async function readyChild(t: TestContext): Promise<DecoderChild & { pid: number }> {
  const child = startDecoderChild(options);
  t.after(() => child.kill());
  await child.run('probe', {}, { signal: never(), timeoutMs: 30_000 });
  assert.ok(child.pid !== undefined);
  return child as DecoderChild & { pid: number };
}

/** A child that never answers, since it is stopped. */
async function hungChild(t: TestContext): Promise<DecoderChild & { pid: number }> {
  const child = await readyChild(t);
  process.kill(child.pid, 'SIGSTOP');
  return child;
}

test('an abort kills the child within a tenth of a second or so and rejects with the reason', async (t) => {
  const child = await hungChild(t);
  const abort = new AbortController();
  const run = child.run('probe', {}, { signal: abort.signal, timeoutMs: 60_000 });
  const reason = new Error('cancelled by somebody');
  const since = performance.now();
  abort.abort(reason);
  await assert.rejects(run, reason);
  const elapsedMs = performance.now() - since;
  assert.ok(elapsedMs < 500, `${elapsedMs} ms`);
  assert.equal(child.isAlive, false);
  if (isLinux) assert.equal(readProcess(child.pid)?.isZombie ?? true, true);
});

test('an operation that was aborted before it began never starts', async (t) => {
  const child = await readyChild(t);
  await assert.rejects(child.run('probe', {}, { signal: AbortSignal.abort(new Error('too late')), timeoutMs: 1000 }), { message: 'too late' });
  assert.equal(child.isAlive, true);
  assert.equal(child.operationsDone, 1);
});

test('a child that takes too long is killed', async (t) => {
  const child = await hungChild(t);
  await assert.rejects(child.run('probe', {}, { signal: never(), timeoutMs: 1 }), { code: 'decoder_timeout' });
  assert.equal(child.isAlive, false);
});

test('a child that crashes is told apart from one that is killed from outside', async (t) => {
  for (const [signal, code] of [['SIGSEGV', 'decoder_crashed'], ['SIGABRT', 'decoder_crashed'], ['SIGKILL', 'decoder_killed']] as const) {
    const child = await hungChild(t);
    const run = child.run('probe', {}, { signal: never(), timeoutMs: 60_000 });
    process.kill(child.pid, signal);
    process.kill(child.pid, 'SIGCONT');
    await assert.rejects(run, { code, message: new RegExp(code === 'decoder_killed' ? 'killed from outside' : signal) });
    assert.equal(child.isAlive, false);
  }
});

test('a child that cannot load GDAL says nothing of the image', { skip: !isLinux }, async (t) => {
  // A library that GDAL needs is found, and is none.
  const folder = decoder.folder();
  writeFileSync(join(folder, 'libstdc++.so.6'), '');
  const child = startDecoderChild({ ...options, environment: { ...process.env, LD_LIBRARY_PATH: folder } });
  t.after(() => child.kill());
  const error = await child.run('probe', {}, { signal: never(), timeoutMs: 60_000 }).then(
    () => assert.fail('GDAL was loaded'),
    (thrown: unknown) => thrown as ViewpointError,
  );
  assert.equal(error.code, 'decoder_unavailable');
  assert.equal(error.retryable, true);
  assert.equal(child.isReady, false);
});

test('what a child said before it crashed is for the log, not for the viewpoint', async (t) => {
  const child = await hungChild(t);
  const run = child.run('probe', {}, { signal: never(), timeoutMs: 60_000 });
  process.kill(child.pid, 'SIGSEGV');
  process.kill(child.pid, 'SIGCONT');
  await assert.rejects(run, (error: ViewpointError) => error.message === 'The image decoder crashed on this image (SIGSEGV).' && error.cause instanceof Error);
});

test('the size of an image is told before the work on its pixels, which waits for the answer and keeps to the time that it gives', async () => {
  const sizes: ImageSize[] = [];
  const newImage = () => makeSample('rgb-striped', decoder.folder());
  const pyramid = (imagePath: string, onSized: (size: ImageSize) => Promise<number>) =>
    decoder.pool.run('pyramid', { imagePath, tileSize: 512, rangeAdjustment: 'NONE', maximumSamples: 1e9, exactStatistics: false }, { signal: never(), timeoutMs: 60_000, onSized });

  const path = await newImage();
  const refusal = new Error('no room');
  await assert.rejects(pyramid(path, (size) => (sizes.push(size), Promise.reject(refusal))), refusal);
  assert.ok(!existsSync(`${path}.ovr`), 'nothing was built');
  assert.equal((await pyramid(path, () => Promise.resolve(60_000))).overviews, 'built');
  await assert.rejects(pyramid(await newImage(), () => Promise.resolve(0)), { code: 'decoder_timeout' });
  // 2100 × 1500 pixels and 3 bands of a byte; one overview level of 1050 × 750.
  assert.deepEqual(sizes, [{ samples: 9_450_000, sideFileBytes: 2_362_500 }]);
});

test('the time in which an image is still arriving does not count', async (t) => {
  const child = await readyChild(t);
  const folder = decoder.folder();
  const imagePath = await makeSample('rgb-striped', folder);
  const arrivingPath = `${imagePath}.part`;
  renameSync(imagePath, arrivingPath);
  const { size: sizeBytes } = statSync(arrivingPath);
  let tell: ((arrived: Arrived | null) => void) | undefined;
  const arrivals = {
    follow(listener: (arrived: Arrived | null) => void) {
      tell = listener;
      listener({ prefixBytes: 0, suffixStart: sizeBytes, sizeBytes });
      return () => (tell = undefined);
    },
  };
  const request = { imagePath, arrivingPath, tileSize: 512, rangeAdjustment: 'NONE', maximumSamples: 64e9, exactStatistics: false } as const;
  const end = child.run('pyramid', request, { signal: never(), timeoutMs: 1, arrivals });
  end.catch(() => undefined);
  // Longer than the limit.
  await decoder.run('probe', {});
  assert.equal(child.isAlive, true);
  renameSync(arrivingPath, imagePath);
  tell?.(null);
  await assert.rejects(end, { code: 'decoder_timeout' });
  assert.equal(tell, undefined);
});

test('a child that is gone refuses the next operation instead of hanging', async (t) => {
  const child = await readyChild(t);
  await child.kill();
  await assert.rejects(child.run('probe', {}, { signal: never(), timeoutMs: 60_000 }), { code: 'decoder_killed' });
});

test('the end of one child leaves the work of another alone', async (t) => {
  const path = await makeSample('rgb-striped', decoder.folder());
  const [victim, other] = [await hungChild(t), await readyChild(t)];
  const doomed = victim.run('probe', {}, { signal: never(), timeoutMs: 60_000 });
  const work = other.run('pyramid', { imagePath: path, tileSize: 512, rangeAdjustment: 'DRA', maximumSamples: 1e9, exactStatistics: false }, { signal: never(), timeoutMs: 60_000 });
  process.kill(victim.pid, 'SIGKILL');
  await assert.rejects(doomed, { code: 'decoder_killed' });
  assert.equal((await work).overviews, 'built');
});

test('a pool uses its child again, replaces one that died, and leaves none behind', { skip: !isLinux }, async () => {
  const before = new Set(decoderProcesses().map(({ pid }) => pid));
  const own = () => decoderProcesses().filter(({ pid }) => !before.has(pid)).map(({ pid }) => pid);
  const pool = createDecoderPool({ ...options, warmChildren: 1 });
  const run = (timeoutMs: number) => pool.run('probe', {}, { signal: never(), timeoutMs });
  await run(30_000);
  const [first, ...others] = own();
  assert.ok(first !== undefined);
  assert.deepEqual(others, []);
  await run(30_000);
  assert.deepEqual(own(), [first]);

  process.kill(first, 'SIGSTOP');
  await assert.rejects(run(1), { code: 'decoder_timeout' });
  await run(30_000);
  assert.equal(own().length, 1);
  assert.notEqual(own()[0], first);

  // Two at a time take a second child, which is not kept.
  await Promise.all([run(30_000), run(30_000)]);
  assert.equal(own().length, 1);
  await pool.close();
  assert.deepEqual(own(), []);
  await assert.rejects(run(1000), { message: 'the decoder pool is closed' });
});

test('a pool starts further children only while more jobs are at hand', { skip: !isLinux }, async () => {
  const before = new Set(decoderProcesses().map(({ pid }) => pid));
  const own = () => decoderProcesses().filter(({ pid }) => !before.has(pid)).length;
  const pool = createDecoderPool({ ...options, warmChildren: 2 });
  assert.equal(own(), 1);
  const ended = pool.expect();
  assert.equal(own(), 1);
  const others = [pool.expect(), pool.expect()];
  assert.equal(own(), 2);
  for (const end of [ended, ...others]) end();
  await pool.close();
  assert.equal(own(), 0);
});

test('an image that needs more memory than is allowed fails for that reason', { skip: !existsSync('/usr/bin/prlimit') }, async (t) => {
  const path = join(decoder.folder(), 'one-tile-of-604-megabytes.tif');
  const creationOptions = { TILED: 'YES', BLOCKXSIZE: 24_576, BLOCKYSIZE: 24_576, COMPRESS: 'DEFLATE', SPARSE_OK: 'TRUE' };
  gdal.drivers.get('GTiff').create(path, 24_576, 24_576, 1, 'Byte', creationOptions).close();
  const pool = createDecoderPool({ ...options, memoryLimitBytes: 512 * MEGABYTE, warmChildren: 0 });
  t.after(() => pool.close());
  const request = { imagePath: path, tileSize: 512, rangeAdjustment: 'NONE', maximumSamples: 1e9, exactStatistics: false } as const;
  await assert.rejects(pool.run('pyramid', request, { signal: never(), timeoutMs: 60_000 }), { code: 'image_too_large', message: /DECODER_MEMORY_MEGABYTES/ });
});

test('a child sees neither credentials nor the network', async (t) => {
  const child = startDecoderChild({ ...options, environment: { ...process.env, AWS_SECRET_ACCESS_KEY: 'secret', NODE_OPTIONS: '--no-warnings' } });
  t.after(() => child.kill());
  const { drivers } = await child.run('probe', {}, { signal: never(), timeoutMs: 30_000 });
  for (const name of ['VRT', 'WMS', 'WCS', 'HTTP', 'Zarr', 'GTI', 'STACIT']) assert.ok(!drivers.includes(name), name);
  if (isLinux) {
    const { hasInEnvironment } = await import('../run/processes.js');
    assert.ok(hasInEnvironment(child.pid ?? 0, 'CPL_VSIL_CURL_ALLOWED_FILENAME=none'));
    assert.ok(!hasInEnvironment(child.pid ?? 0, 'AWS_SECRET_ACCESS_KEY=secret'));
  }
});
