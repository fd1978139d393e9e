import assert from 'node:assert/strict';
import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { CompleteMultipartUploadCommand, CreateMultipartUploadCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { createDigest } from '../../src/domain/checksum/digest.js';
import { deferred } from '../../src/domain/deferred.js';
import type { Fault } from '../../src/embedded/s3/faults.js';
import { BUCKET, CONTENT, failsWith, KEY, onlyGets, setUp, type FaultOf } from './download-fixture.js';

test('an object is brought in ranges that all name its entity tag, and nothing else is left', async (t) => {
  const { put, fetch, downloader, file, folder, seen } = await setUp(t);
  await put(CONTENT, { ChecksumAlgorithm: 'CRC32' });
  assert.deepEqual(await fetch(), CONTENT);
  assert.deepEqual(await readdir(folder), ['image.tif']);
  const gets = onlyGets(seen);
  assert.deepEqual(gets.map((request) => request.range).sort(), ['bytes=0-99999', 'bytes=100000-199999', 'bytes=200000-299998', 'bytes=299999-399998']);
  const head = await downloader.head(BUCKET, KEY, new AbortController().signal);
  assert(gets.every((request) => request.headers['if-match'] === head?.eTag));
  assert.equal(head?.size, CONTENT.length);

  const progress: number[] = [];
  await downloader.download({
    bucket: BUCKET,
    key: KEY,
    head,
    path: file,
    signal: new AbortController().signal,
    onProgress: ({ bytesDone, bytesTotal }) => {
      assert.equal(bytesTotal, CONTENT.length);
      progress.push(bytesDone);
    },
  });
  assert.deepEqual(progress, [...progress].sort((a, b) => a - b));
  assert.equal(progress.at(-1), CONTENT.length);
});

test('further ranges are asked for while the first ones come slowly', async (t) => {
  const fifth = deferred<undefined>();
  let gets = 0;
  // The first four take half an hour.
  const slowly: FaultOf = ({ operation }) => {
    if (operation !== 'GetObject') return undefined;
    if (++gets === 5) fifth.resolve(undefined);
    return gets > 4 ? undefined : { kind: 'slow', bytesPerSecond: 1000 };
  };
  const { put, fetch } = await setUp(t, slowly, { connections: 8, partSizeBytes: 2_000_000 }, 'many');
  await put(Buffer.alloc(16_000_000));
  const stop = new AbortController();
  const fetched = fetch(stop.signal);
  await fifth.promise;
  stop.abort();
  await assert.rejects(fetched);
});

test('a small object takes one HEAD and one GET', async (t) => {
  const { put, fetch, seen } = await setUp(t);
  await put(Buffer.from('small'));
  assert.equal((await fetch()).toString(), 'small');
  assert.deepEqual(seen.map((request) => request.operation), ['HeadObject', 'GetObject']);
});

test('an empty object gives an empty file without a GET', async (t) => {
  const { put, fetch, seen } = await setUp(t);
  await put(Buffer.alloc(0));
  assert.equal((await fetch()).length, 0);
  assert.deepEqual(seen.map((request) => request.operation), ['HeadObject']);
});

test('the part file that a crash left does not matter', async (t) => {
  const { put, fetch, file, folder } = await setUp(t);
  await put(CONTENT);
  await writeFile(`${file}.part`, Buffer.alloc(CONTENT.length + 1000, 'x'));
  assert.deepEqual(await fetch(), CONTENT);
  assert.deepEqual(await readdir(folder), ['image.tif']);
});

test('an object replaced after HEAD is refused', async (t) => {
  const { put, downloader, file } = await setUp(t);
  await put(CONTENT);
  const { signal } = new AbortController();
  const head = await downloader.head(BUCKET, KEY, signal);
  assert(head);
  await put(Buffer.from(CONTENT.toReversed()));
  await assert.rejects(downloader.download({ bucket: BUCKET, key: KEY, head, path: file, signal }), failsWith('object_changed'));
});

test('a flipped byte is found with each digest that S3 has of the whole object', async (t) => {
  for (const algorithm of ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256', 'MD5'] as const) {
    let fault: Fault | undefined = undefined;
    const { put, fetch, folder, downloader } = await setUp(t, (request) => (request.range === 'bytes=200000-299998' ? fault : undefined));
    const digest = createDigest(algorithm);
    digest.update(CONTENT);
    const base64 = digest.digest().toString('base64');
    await put(CONTENT, algorithm === 'MD5' ? {} : { [`Checksum${algorithm}`]: base64 });
    assert.deepEqual((await downloader.head(BUCKET, KEY, new AbortController().signal))?.checksum, { algorithm, base64 });
    assert.deepEqual(await fetch(), CONTENT);
    await rm(path.join(folder, 'image.tif'));
    fault = { kind: 'flip-byte', atByte: 99_998 };
    await assert.rejects(fetch(), failsWith('object_corrupt'), algorithm);
    assert.deepEqual(await readdir(folder), []);
  }
});

test('an entity tag that only looks like an MD5, or a composite checksum, is not taken for a digest', async (t) => {
  const { put, fetch, downloader, s3 } = await setUp(t);
  await put(CONTENT, { ServerSideEncryption: 'aws:kms' });
  assert.equal((await downloader.head(BUCKET, KEY, new AbortController().signal))?.checksum, undefined);
  assert.deepEqual(await fetch(), CONTENT);

  const target = { Bucket: BUCKET, Key: KEY };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...target, ChecksumAlgorithm: 'CRC32' }));
  const part = await s3.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: CONTENT, ChecksumAlgorithm: 'CRC32' }));
  const Parts = [{ PartNumber: 1, ETag: part.ETag, ChecksumCRC32: part.ChecksumCRC32 }];
  await s3.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
  const head = await downloader.head(BUCKET, KEY, new AbortController().signal);
  assert.match(head?.eTag ?? '', /^"[0-9a-f]{32}-1"$/);
  assert.equal(head?.checksum, undefined);
  assert.deepEqual(await fetch(), CONTENT);
});

test('HEAD tells a missing object from a missing bucket and asks for the bucket once', async (t) => {
  const { downloader, seen } = await setUp(t);
  const { signal } = new AbortController();
  assert.equal(await downloader.head(BUCKET, 'absent', signal), null);
  assert.equal(await downloader.head(BUCKET, 'absent.ovr', signal), null);
  assert.deepEqual(seen.map((request) => request.operation), ['HeadObject', 'HeadBucket', 'HeadObject']);
  await assert.rejects(downloader.head('no-such-bucket', 'absent', signal), failsWith('no_such_bucket'));
});

test('a folder that is not there is a fault of the volume', async (t) => {
  const { put, downloader, folder } = await setUp(t);
  await put(CONTENT);
  const { signal } = new AbortController();
  const head = await downloader.head(BUCKET, KEY, signal);
  assert(head);
  const request = { bucket: BUCKET, key: KEY, head, path: path.join(folder, 'missing', 'image.tif'), signal };
  await assert.rejects(downloader.download(request), failsWith('volume_failed'));
});

test('a signal aborted beforehand ends everything at once with its reason', async (t) => {
  const { put, downloader, seen } = await setUp(t);
  await put(CONTENT);
  const reason = new Error('stopping');
  const signal = AbortSignal.abort(reason);
  await assert.rejects(downloader.head(BUCKET, KEY, signal), (error) => error === reason);
  assert.equal(seen.length, 0);
});
