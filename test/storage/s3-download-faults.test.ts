import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { describe, test } from 'node:test';
import type { ErrorCode } from '../../src/domain/errors.js';
import type { Fault } from '../../src/embedded/s3/faults.js';
import { BUCKET, CONTENT, everyGet, failsWith, KEY, onlyGets, setUp, type FaultOf } from './download-fixture.js';

const firstGet =
  (fault: Fault): FaultOf =>
  ({ operation, attempt, range }) =>
    operation === 'GetObject' && attempt === 1 && range === 'bytes=100000-199999' ? fault : undefined;

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

test('HEAD that is denied or keeps failing is not taken for an absent object', async (t) => {
  const denied = await setUp(t, ({ operation }) => (operation === 'HeadObject' ? { kind: 'error', status: 403, code: 'AccessDenied' } : undefined));
  await assert.rejects(denied.downloader.head(BUCKET, KEY, new AbortController().signal), failsWith('access_denied'));
  assert.equal(denied.seen.length, 1);
  const failing = await setUp(t, () => ({ kind: 'black-hole' }), { stallTimeoutMs: 50 });
  await assert.rejects(failing.downloader.head(BUCKET, KEY, new AbortController().signal), failsWith('download_failed'));
  assert.equal(failing.seen.length, 3);
});
