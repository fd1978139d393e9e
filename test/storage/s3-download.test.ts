import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { CompleteMultipartUploadCommand, CreateMultipartUploadCommand, PutObjectCommand, S3Client, UploadPartCommand, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { UndiciHttpHandler } from '@smithy/undici-http-handler';
import { Agent } from 'node:http';
import { deferred } from '../../src/domain/deferred.js';
import { ViewpointError, type ErrorCode } from '../../src/domain/errors.js';
import type { Fault, RequestSeen } from '../../src/embedded/s3/faults.js';
import { startS3Server } from '../../src/embedded/s3/s3-server.js';
import { createDigest } from '../../src/domain/checksum/digest.js';
import { createObjectDownloader, type DownloadOptions, type ObjectDownloader } from '../../src/storage/s3-download.js';

const BUCKET = 'images';
const KEY = 'scene 1/image.tif';
const PART_BYTES = 100_000;
/** Four parts, the last one a byte shorter. */
const CONTENT = Buffer.from(Array.from({ length: 399_999 }, (_, index) => (index * 7 + (index >> 8)) & 0xff));

const FAST: Partial<DownloadOptions> = {
  partSizeBytes: PART_BYTES,
  connections: 2,
  stallTimeoutMs: 5000,
  minimumBytesPerSecond: 1,
  attempts: 3,
  backoffBaseMs: 1,
  backoffMaximumMs: 1,
};

type FaultOf = (request: RequestSeen) => Fault | undefined;

interface Setting {
  downloader: ObjectDownloader;
  s3: S3Client;
  folder: string;
  file: string;
  /** GETs and HEADs of objects and buckets, in the order in which they came. */
  seen: RequestSeen[];
  put: (body: Buffer, options?: Partial<PutObjectCommandInput>) => Promise<void>;
  fetch: (signal?: AbortSignal) => Promise<Buffer>;
}

/** Few connections, so that an answer left unread would hold the next request up. */
const HANDLERS = {
  'node:http': () => new NodeHttpHandler({ httpAgent: new Agent({ keepAlive: true, maxSockets: 2 }) }),
  undici: () => new UndiciHttpHandler({ dispatcher: { connections: 2 } }),
  many: () => new UndiciHttpHandler(),
};

async function setUp(t: TestContext, fault?: FaultOf, options: Partial<DownloadOptions> = {}, handler: keyof typeof HANDLERS = 'undici'): Promise<Setting> {
  const folder = await mkdtemp(path.join(tmpdir(), 'viewpoint-test-'));
  const target = path.join(folder, 'volume');
  const seen: RequestSeen[] = [];
  const server = await startS3Server({
    folder: path.join(folder, 's3'),
    bucketNames: [BUCKET],
    onRequest: (request) => {
      if (!/^(Get|Head)/.test(request.operation)) return undefined;
      seen.push(request);
      return fault?.(request);
    },
  });
  const config = { endpoint: server.url, region: 'us-west-2', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, forcePathStyle: true };
  const s3 = new S3Client({ ...config, maxAttempts: 1, requestHandler: HANDLERS[handler]() });
  const uploader = new S3Client({ ...config, requestChecksumCalculation: 'WHEN_REQUIRED' });
  t.after(async () => {
    s3.destroy();
    uploader.destroy();
    await server.close();
    await rm(folder, { recursive: true });
  });
  await mkdir(target);
  const downloader = createObjectDownloader({ s3, options: { ...FAST, ...options } });
  const file = path.join(target, 'image.tif');
  return {
    downloader,
    s3: uploader,
    folder: target,
    file,
    seen,
    put: async (body, extra = {}) => {
      await uploader.send(new PutObjectCommand({ Bucket: BUCKET, Key: KEY, Body: body, ...extra }));
    },
    fetch: async (signal = new AbortController().signal) => {
      const head = await downloader.head(BUCKET, KEY, signal);
      assert(head);
      await downloader.download({ bucket: BUCKET, key: KEY, head, path: file, signal });
      return readFile(file);
    },
  };
}

const onlyGets = (seen: RequestSeen[]): RequestSeen[] => seen.filter((request) => request.operation === 'GetObject');
const firstGet =
  (fault: Fault): FaultOf =>
  ({ operation, attempt, range }) =>
    operation === 'GetObject' && attempt === 1 && range === 'bytes=100000-199999' ? fault : undefined;
const everyGet =
  (fault: Fault): FaultOf =>
  ({ operation }) =>
    operation === 'GetObject' ? fault : undefined;
const failsWith = (code: ErrorCode) => (error: unknown) => error instanceof ViewpointError && error.code === code;

test('an object is brought in ranges that all name its entity tag, and nothing else is left', async (t) => {
  const { put, fetch, downloader, file, folder, seen } = await setUp(t);
  await put(CONTENT, { ChecksumAlgorithm: 'CRC32' });
  assert.deepEqual(await fetch(), CONTENT);
  assert.deepEqual(await readdir(folder), ['image.tif']);
  const gets = onlyGets(seen);
  assert.deepEqual(gets.map((request) => request.range).sort(), ['bytes=0-99999', 'bytes=100000-199999', 'bytes=200000-299999', 'bytes=300000-399998']);
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

for (const handler of ['node:http', 'undici'] as const) {
  describe(`over ${handler}`, () => {
    const passing: [string, Fault][] = [
      ['a connection cut before the answer', { kind: 'disconnect' }],
      ['a range that is ignored', { kind: 'ignore-range' }],
      ['another range than the one asked for', { kind: 'other-range', range: 'bytes=0-99999' }],
      ['a body that is consistently short', { kind: 'shorten', toBytes: 5000 }],
      ['an internal error', { kind: 'error', status: 500, code: 'InternalError' }],
      ['throttling', { kind: 'error', status: 503, code: 'SlowDown' }],
      ['an error page that is not XML', { kind: 'error', status: 502, code: '', body: '<h1>Bad gateway' }],
    ];
    for (const [name, fault] of passing) {
      test(`${name} is overcome by asking again`, async (t) => {
        const { put, fetch } = await setUp(t, firstGet(fault), {}, handler);
        await put(CONTENT);
        assert.deepEqual(await fetch(), CONTENT);
      });
    }

    test('a part whose connection is cut goes on behind the last byte that came', async (t) => {
      const { put, fetch, seen } = await setUp(t, firstGet({ kind: 'truncate', afterBytes: 70_000 }), {}, handler);
      await put(CONTENT, { ChecksumAlgorithm: 'CRC32C' });
      assert.deepEqual(await fetch(), CONTENT);
      const resumed = onlyGets(seen).flatMap(({ range }) => /^bytes=(\d+)-199999$/.exec(range ?? '')?.[1] ?? []).map(Number);
      assert.equal(resumed[0], 100_000);
      // A client may drop what it had not handed over when the connection broke, but not ask again for what it had.
      assert(resumed[1] !== undefined && resumed[1] > 100_000 && resumed[1] <= 170_000);
      assert.equal(resumed.length, 2);
    });

    test('a stall in the body and one before the answer end when the time is up', async (t) => {
      for (const fault of [{ kind: 'stall', afterBytes: 30_000 }, { kind: 'black-hole' }] satisfies Fault[]) {
        const { put, fetch } = await setUp(t, firstGet(fault), { stallTimeoutMs: 200, attempts: 10 }, handler);
        await put(CONTENT);
        assert.deepEqual(await fetch(), CONTENT);
      }
    });

    test('a drip is not put up with', async (t) => {
      const { put, fetch, seen } = await setUp(t, firstGet({ kind: 'slow', bytesPerSecond: 1000 }), { stallTimeoutMs: 250, minimumBytesPerSecond: 10_000, attempts: 10 }, handler);
      await put(CONTENT);
      assert.deepEqual(await fetch(), CONTENT);
      assert(onlyGets(seen).filter(({ range }) => range?.endsWith('-199999')).length >= 2);
    });

    test('answers left unread do not block the connections', async (t) => {
      const { put, fetch } = await setUp(t, everyGet({ kind: 'ignore-range' }), { attempts: 20 }, handler);
      await put(Buffer.alloc(3_000_000));
      await assert.rejects(fetch(), failsWith('download_failed'));
    });

    test('an abort during a stall ends the download with its reason and leaves nothing', async (t) => {
      const { put, fetch, folder } = await setUp(t, everyGet({ kind: 'stall', afterBytes: 30_000 }), {}, handler);
      await put(CONTENT);
      const aborter = new AbortController();
      const reason = new Error('lease lost');
      const fetched = fetch(aborter.signal);
      while ((await readdir(folder)).length === 0) await new Promise(setImmediate);
      aborter.abort(reason);
      await assert.rejects(fetched, (error) => error === reason);
      assert.deepEqual(await readdir(folder), []);
    });
  });
}

test('a fault that stays ends in download_failed after the given number of attempts', async (t) => {
  const { put, fetch, folder, seen } = await setUp(t, everyGet({ kind: 'error', status: 503, code: 'SlowDown' }), { connections: 1 });
  await put(CONTENT);
  await assert.rejects(fetch(), failsWith('download_failed'));
  assert.equal(onlyGets(seen).length, 3);
  assert.deepEqual(await readdir(folder), []);
});

test('a final answer is not asked for again', async (t) => {
  const cases: [number, string, ErrorCode][] = [
    [403, 'AccessDenied', 'access_denied'],
    [403, 'InvalidObjectState', 'object_archived'],
    [404, 'NoSuchKey', 'no_such_key'],
    [404, 'NoSuchBucket', 'no_such_bucket'],
    [412, 'PreconditionFailed', 'object_changed'],
    [301, 'PermanentRedirect', 'download_failed'],
  ];
  for (const [status, code, expected] of cases) {
    const { put, fetch, seen, folder } = await setUp(t, everyGet({ kind: 'error', status, code }), { connections: 1 });
    await put(CONTENT);
    await assert.rejects(fetch(), failsWith(expected));
    assert.equal(onlyGets(seen).length, 1);
    assert.deepEqual(await readdir(folder), []);
  }
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
    const { put, fetch, folder, downloader } = await setUp(t, (request) => (request.range === 'bytes=200000-299999' ? fault : undefined));
    const digest = createDigest(algorithm);
    digest.update(CONTENT);
    const base64 = digest.digest().toString('base64');
    await put(CONTENT, algorithm === 'MD5' ? {} : { [`Checksum${algorithm}`]: base64 });
    assert.deepEqual((await downloader.head(BUCKET, KEY, new AbortController().signal))?.checksum, { algorithm, base64 });
    assert.deepEqual(await fetch(), CONTENT);
    await rm(path.join(folder, 'image.tif'));
    fault = { kind: 'flip-byte', atByte: 99_999 };
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

test('HEAD that is denied or keeps failing is not taken for an absent object', async (t) => {
  const denied = await setUp(t, ({ operation }) => (operation === 'HeadObject' ? { kind: 'error', status: 403, code: 'AccessDenied' } : undefined));
  await assert.rejects(denied.downloader.head(BUCKET, KEY, new AbortController().signal), failsWith('access_denied'));
  assert.equal(denied.seen.length, 1);
  const failing = await setUp(t, () => ({ kind: 'black-hole' }), { stallTimeoutMs: 50 });
  await assert.rejects(failing.downloader.head(BUCKET, KEY, new AbortController().signal), failsWith('download_failed'));
  assert.equal(failing.seen.length, 3);
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
