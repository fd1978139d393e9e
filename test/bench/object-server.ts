import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * `node object-server.js FOLDER [MEGABYTES_PER_SECOND]`: answers Head and Get of S3 with the folder's files, which it
 * holds in memory, so that the benchmark measures clients and not an emulator. A key names the file of its last part
 * after the last `--`: `run-1--a.tif` is `a.tif`. The limit, in 10^6 bytes per second, holds for each answer.
 * Prints `{"url": …}` when it listens.
 */
const [folder = '', limit = ''] = process.argv.slice(2);
const SLICE_BYTES = 1_000_000;

const files = new Map<string, Buffer>();

function fileOf(key: string): Buffer | undefined {
  const name = basename(key).split('--').at(-1) ?? '';
  const known = files.get(name);
  if (known !== undefined) return known;
  if (!readdirSync(folder).includes(name)) return undefined;
  const bytes = readFileSync(join(folder, name));
  files.set(name, bytes);
  return bytes;
}

const server = createServer((request, response) => {
  const [, , ...key] = decodeURIComponent(new URL(request.url ?? '', 'http://host').pathname).split('/');
  if (key.length === 0) {
    response.end();
    return;
  }
  const bytes = fileOf(key.join('/'));
  if (bytes === undefined) {
    response.writeHead(404, { 'content-type': 'application/xml' }).end('<Error><Code>NoSuchKey</Code></Error>');
    return;
  }
  const [, first = '0', last = ''] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  const start = Number(first);
  const end = Math.min(last === '' ? Infinity : Number(last), bytes.length - 1);
  const isPartial = request.headers.range !== undefined;
  response.writeHead(isPartial ? 206 : 200, {
    'accept-ranges': 'bytes',
    'content-length': end + 1 - start,
    'content-type': 'application/octet-stream',
    'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
    etag: `"bench-${bytes.length}"`,
    ...(isPartial ? { 'content-range': `bytes ${start}-${end}/${bytes.length}` } : {}),
  });
  if (request.method === 'HEAD') response.end();
  else if (limit === '') response.end(bytes.subarray(start, end + 1));
  else void sendSlowly(response, bytes.subarray(start, end + 1), Number(limit) * 1e6);
});

async function sendSlowly(response: ServerResponse, bytes: Buffer, bytesPerSecond: number): Promise<void> {
  const began = performance.now();
  for (let sent = 0; sent < bytes.length && !response.destroyed; sent += SLICE_BYTES) {
    response.write(bytes.subarray(sent, sent + SLICE_BYTES));
    const dueMs = ((sent + SLICE_BYTES) / bytesPerSecond) * 1000;
    await wait(Math.max(0, dueMs - (performance.now() - began)));
  }
  response.end();
}

server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })));
