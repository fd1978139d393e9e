import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { PutObjectCommand, S3Client, type PutObjectCommandInput } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { UndiciHttpHandler } from '@smithy/undici-http-handler';
import { ViewpointError, type ErrorCode } from '../../src/domain/errors.js';
import type { Fault, RequestSeen } from '../../src/embedded/s3/faults.js';
import { startS3Server } from '../../src/embedded/s3/s3-server.js';
import { createObjectDownloader, type DownloadOptions, type ObjectDownloader } from '../../src/storage/s3-download.js';

export const BUCKET = 'images';
export const KEY = 'scene 1/image.tif';
const PART_BYTES = 100_000;
/** Four parts, the last but one a byte shorter. */
export const CONTENT = Buffer.from(Array.from({ length: 399_999 }, (_, index) => (index * 7 + (index >> 8)) & 0xff));

const FAST: Partial<DownloadOptions> = {
  partSizeBytes: PART_BYTES,
  connections: 2,
  stallTimeoutMs: 5000,
  minimumBytesPerSecond: 1,
  attempts: 3,
  backoffBaseMs: 1,
  backoffMaximumMs: 1,
};

export type FaultOf = (request: RequestSeen) => Fault | undefined;

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

/** A bucket with faults, and a downloader of it that asks for small parts and gives up soon. */
export async function setUp(t: TestContext, fault?: FaultOf, options: Partial<DownloadOptions> = {}, handler: keyof typeof HANDLERS = 'undici'): Promise<Setting> {
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

export const onlyGets = (seen: RequestSeen[]): RequestSeen[] => seen.filter((request) => request.operation === 'GetObject');
export const everyGet =
  (fault: Fault): FaultOf =>
  ({ operation }) =>
    operation === 'GetObject' ? fault : undefined;
export const failsWith = (code: ErrorCode) => (error: unknown) => error instanceof ViewpointError && error.code === code;
