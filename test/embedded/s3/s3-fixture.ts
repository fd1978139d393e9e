import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { S3Client, S3ServiceException, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { FaultHook } from '../../../src/embedded/s3/faults.js';
import { startS3Server } from '../../../src/embedded/s3/s3-server.js';

export const BUCKET = 'images';

export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'viewpoint-test-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

export function s3Client(t: TestContext, url: string, config: S3ClientConfig = {}): S3Client {
  const client = new S3Client({ endpoint: url, region: 'us-west-2', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, ...config });
  t.after(() => client.destroy());
  return client;
}

/** A running endpoint with one empty bucket, and the SDK's client with its default settings. */
export async function startS3(t: TestContext, onRequest?: FaultHook): Promise<{ s3: S3Client; url: string; folder: string; close: () => Promise<void> }> {
  const folder = await temporaryFolder(t);
  const server = await startS3Server({ folder, bucketNames: [BUCKET], ...(onRequest && { onRequest }) });
  t.after(() => server.close());
  return { s3: s3Client(t, server.url), url: server.url, folder, close: server.close };
}

/** Bytes that repeat nowhere near, the same for the same length. */
export function patternBytes(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 0x12345678;
  for (let offset = 0; offset + 4 <= length; offset += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    bytes.writeInt32LE(state, offset);
  }
  return bytes;
}

export function digest(algorithm: 'md5' | 'sha256' | 'sha1', data: Uint8Array, encoding: 'hex' | 'base64' = 'hex'): string {
  return createHash(algorithm).update(data).digest(encoding);
}

/** For assert.rejects: an answer of S3 with this code and status. */
export function s3Error(code: string, status: number): (error: unknown) => boolean {
  return (error) => error instanceof S3ServiceException && error.name === code && error.$metadata.httpStatusCode === status;
}
