import assert from 'node:assert/strict';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { GetObjectCommand, HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { partSizeBytes, uploadFile } from '../../src/demo/upload.js';
import { startS3Server } from '../../src/embedded/s3/s3-server.js';

const MEBIBYTE = 1024 * 1024;
const GIBIBYTE = 1024 * MEBIBYTE;

test('a file larger than one part is uploaded in parts, which make the same file', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'viewpoint-demo-'));
  const server = await startS3Server({ folder: join(folder, 's3'), bucketNames: ['images'] });
  const s3 = new S3Client({ endpoint: server.url, region: 'us-west-2', credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, forcePathStyle: true });
  t.after(async () => {
    s3.destroy();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });
  const path = join(folder, 'large.tif');
  const sizeBytes = 64 * MEBIBYTE + 3;
  const file = await open(path, 'w');
  await file.write('first', 0);
  await file.write('end', sizeBytes - 3);
  await file.close();

  const progress: number[] = [];
  const upload = { bucket: 'images', key: 'large.tif', path, sizeBytes, onProgress: (bytesDone: number) => progress.push(bytesDone) };
  await uploadFile(s3, { ...upload, signal: new AbortController().signal });
  const object = { Bucket: 'images', Key: 'large.tif' };
  const head = await s3.send(new HeadObjectCommand(object));
  assert.equal(head.ContentLength, sizeBytes);
  assert.match(head.ETag ?? '', /-2"$/);
  const start = await s3.send(new GetObjectCommand({ ...object, Range: 'bytes=0-5' }));
  assert.equal(await start.Body?.transformToString(), 'first\0');
  const end = await s3.send(new GetObjectCommand({ ...object, Range: 'bytes=-4' }));
  assert.equal(await end.Body?.transformToString(), '\0end');
  assert.deepEqual(progress, [64 * MEBIBYTE, sizeBytes, sizeBytes]);
});

test('parts are so large that they are not too many, and never larger than S3 takes', () => {
  assert.equal(partSizeBytes(6 * GIBIBYTE), 64 * MEBIBYTE);
  assert.equal(partSizeBytes(625 * GIBIBYTE), 64 * MEBIBYTE);
  for (const sizeBytes of [625 * GIBIBYTE + 1, 1024 * GIBIBYTE, 5 * 1024 * GIBIBYTE]) {
    assert.ok(sizeBytes / partSizeBytes(sizeBytes) <= 10_000);
    assert.ok(partSizeBytes(sizeBytes) <= 5 * GIBIBYTE);
  }
});
