import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Fault, RequestSeen } from '../../../src/embedded/s3/faults.js';
import { BUCKET, startS3 } from './s3-fixture.js';

const CONTENT = Buffer.from('0123456789'.repeat(100));

/** An endpoint whose GETs of the object `a` (1000 bytes) all have the fault. */
async function withFault(t: TestContext, fault: Fault): Promise<string> {
  const { s3, url } = await startS3(t, ({ operation }) => (operation === 'GetObject' ? fault : undefined));
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a', Body: CONTENT }));
  return `${url}/${BUCKET}/a`;
}

test('an error is answered with its status, code and headers', async (t) => {
  const url = await withFault(t, { kind: 'error', status: 503, code: 'SlowDown', headers: { 'Retry-After': '2' } });
  const response = await fetch(url);
  assert.equal(response.status, 503);
  assert.equal(response.headers.get('retry-after'), '2');
  assert.match(await response.text(), /<Code>SlowDown<\/Code>/);
});

test('an error may have a body that is not XML', async (t) => {
  const response = await fetch(await withFault(t, { kind: 'error', status: 502, code: 'BadGateway', body: '<h1>Bad gateway' }));
  assert.equal(response.status, 502);
  assert.equal(await response.text(), '<h1>Bad gateway');
});

test('a cut connection and a cut body end in an error', async (t) => {
  await assert.rejects(fetch(await withFault(t, { kind: 'disconnect' })), TypeError);
  const response = await fetch(await withFault(t, { kind: 'truncate', afterBytes: 300 }));
  assert.equal(response.headers.get('content-length'), '1000');
  assert(response.body);
  const chunks: Uint8Array[] = [];
  await assert.rejects(async () => {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk);
  }, TypeError);
  assert.deepEqual(Buffer.concat(chunks), CONTENT.subarray(0, 300));
});

test('a shortened body looks whole', async (t) => {
  const response = await fetch(await withFault(t, { kind: 'shorten', toBytes: 300 }));
  assert.equal(response.headers.get('content-length'), '300');
  assert.equal((await response.arrayBuffer()).byteLength, 300);
});

test('a flipped byte is the only difference', async (t) => {
  const response = await fetch(await withFault(t, { kind: 'flip-byte', atByte: 500 }));
  const bytes = Buffer.from(await response.arrayBuffer());
  assert.equal(bytes[500], 0x30 ^ 0xff);
  bytes[500] = 0x30;
  assert.deepEqual(bytes, CONTENT);
});

test('a range may be ignored or another one answered', async (t) => {
  const headers = { range: 'bytes=10-19' };
  const ignored = await fetch(await withFault(t, { kind: 'ignore-range' }), { headers });
  assert.equal(ignored.status, 200);
  assert.equal((await ignored.arrayBuffer()).byteLength, 1000);
  const other = await fetch(await withFault(t, { kind: 'other-range', range: 'bytes=0-4' }), { headers });
  assert.equal(other.status, 206);
  assert.equal(other.headers.get('content-range'), 'bytes 0-4/1000');
  assert.equal(await other.text(), '01234');
});

test('a stall sends what comes before it and then nothing until the client gives up', async (t) => {
  const aborter = new AbortController();
  const response = await fetch(await withFault(t, { kind: 'stall', afterBytes: 200 }), { signal: aborter.signal });
  const reader = response.body?.getReader();
  assert(reader);
  let received = 0;
  while (received < 200) received += ((await reader.read()) as { value: Uint8Array }).value.length;
  assert.equal(received, 200);
  const next = reader.read();
  aborter.abort();
  await assert.rejects(next, { name: 'AbortError' });
});

test('a slow body takes as long as its rate says', async (t) => {
  const url = await withFault(t, { kind: 'slow', bytesPerSecond: 5000 });
  const start = performance.now();
  const response = await fetch(url);
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), CONTENT);
  // 1000 bytes in two pieces of 500, of which the second waits for a tenth of a second.
  assert(performance.now() - start >= 95);
});

test('a black hole answers nothing until the client gives up or the endpoint closes', async (t) => {
  let seen: (() => void) | undefined;
  const arrived = new Promise<void>((resolve) => (seen = resolve));
  const { url } = await startS3(t, () => {
    seen?.();
    return { kind: 'black-hole' };
  });
  const aborter = new AbortController();
  const answer = fetch(`${url}/${BUCKET}/a`, { signal: aborter.signal });
  await arrived;
  aborter.abort();
  await assert.rejects(answer, { name: 'AbortError' });
  // This one is still waiting when the endpoint is closed after the test.
  const left = fetch(`${url}/${BUCKET}/b`);
  t.after(() => assert.rejects(left, TypeError));
});

test('the hook sees each request with its range and counts attempts, and may hold an answer up', async (t) => {
  const requests: RequestSeen[] = [];
  const gate = new EventTarget();
  const { s3 } = await startS3(t, async (request) => {
    requests.push(request);
    if (request.operation === 'HeadObject') await once(gate, 'open');
    return request.operation === 'GetObject' && request.attempt < 3 ? { kind: 'error', status: 500, code: 'InternalError' } : undefined;
  });
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a b', Body: CONTENT }));
  const got = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'a b', Range: 'bytes=1-3' }));
  assert.equal(await got.Body?.transformToString(), '123');
  assert.deepEqual(
    requests.map(({ operation, bucket, key, range, attempt }) => [operation, bucket, key, range, attempt]),
    [
      ['PutObject', BUCKET, 'a b', undefined, 1],
      ['GetObject', BUCKET, 'a b', 'bytes=1-3', 1],
      ['GetObject', BUCKET, 'a b', 'bytes=1-3', 2],
      ['GetObject', BUCKET, 'a b', 'bytes=1-3', 3],
    ],
  );
  const held = s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'a b' }));
  while (requests.length < 5) await new Promise(setImmediate);
  gate.dispatchEvent(new Event('open'));
  assert.equal((await held).ContentLength, 1000);
});
