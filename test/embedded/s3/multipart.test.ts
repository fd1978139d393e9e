import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
  type CompletedPart,
  type CreateMultipartUploadCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { createDigest } from '../../../src/domain/checksum/digest.js';
import { BUCKET, digest, patternBytes, s3Error, startS3 } from './s3-fixture.js';

const MIB = 1024 * 1024;
const target = { Bucket: BUCKET, Key: 'big.ntf' };

async function begin(s3: S3Client, options: Partial<CreateMultipartUploadCommandInput> = {}): Promise<string> {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...target, ...options }));
  assert(UploadId);
  return UploadId;
}

async function upload(s3: S3Client, uploadId: string, partNumber: number, body: Uint8Array): Promise<CompletedPart> {
  const part = await s3.send(new UploadPartCommand({ ...target, UploadId: uploadId, PartNumber: partNumber, Body: body }));
  return { PartNumber: partNumber, ETag: part.ETag, ChecksumCRC32: part.ChecksumCRC32 };
}

const complete = (s3: S3Client, uploadId: string, parts: CompletedPart[]) =>
  s3.send(new CompleteMultipartUploadCommand({ ...target, UploadId: uploadId, MultipartUpload: { Parts: parts } }));

test('parts sent in any order, one of them twice, become one object with the entity tag of S3', async (t) => {
  const { s3, folder } = await startS3(t);
  const bytes = patternBytes(12 * MIB);
  const pieces = [bytes.subarray(0, 6 * MIB), bytes.subarray(6 * MIB, 11 * MIB), bytes.subarray(11 * MIB)] as const;
  const id = await begin(s3, { ContentType: 'application/vnd.nitf' });
  const third = await upload(s3, id, 3, pieces[2]);
  await upload(s3, id, 1, pieces[1]);
  const second = await upload(s3, id, 2, pieces[1]);
  const first = await upload(s3, id, 1, pieces[0]);
  const done = await complete(s3, id, [first, second, third]);

  const md5s = Buffer.concat(pieces.map((piece) => Buffer.from(digest('md5', piece), 'hex')));
  const eTag = `"${digest('md5', md5s)}-3"`;
  assert.equal(done.ETag, eTag);
  const got = await s3.send(new GetObjectCommand(target));
  assert.equal(got.ETag, eTag);
  assert.equal(got.ContentType, 'application/vnd.nitf');
  const whole = await got.Body?.transformToByteArray();
  assert(whole);
  assert.equal(digest('sha256', whole), digest('sha256', bytes));

  const across = await s3.send(new GetObjectCommand({ ...target, Range: `bytes=${6 * MIB - 3}-${11 * MIB + 2}` }));
  assert.equal(across.ContentRange, `bytes ${6 * MIB - 3}-${11 * MIB + 2}/${12 * MIB}`);
  assert.deepEqual(Buffer.from((await across.Body?.transformToByteArray()) ?? []), bytes.subarray(6 * MIB - 3, 11 * MIB + 3));
  assert.equal((await readdir(path.join(folder, BUCKET, 'data'))).length, 3);

  await s3.send(new PutObjectCommand({ ...target, Body: 'replaced' }));
  assert.equal((await readdir(path.join(folder, BUCKET, 'data'))).length, 1);
});

test('an upload has a composite checksum by default and a full-object one when asked for', async (t) => {
  const { s3 } = await startS3(t);
  const bytes = patternBytes(5 * MIB + 100);
  const pieces = [bytes.subarray(0, 5 * MIB), bytes.subarray(5 * MIB)] as const;
  const crc32 = (...parts: Uint8Array[]): Buffer => {
    const checksum = createDigest('CRC32');
    for (const part of parts) checksum.update(part);
    return checksum.digest();
  };
  for (const [type, expected] of [
    ['COMPOSITE', `${crc32(crc32(pieces[0]), crc32(pieces[1])).toString('base64')}-2`],
    ['FULL_OBJECT', crc32(bytes).toString('base64')],
  ] as const) {
    const id = await begin(s3, { ChecksumAlgorithm: 'CRC32', ...(type === 'FULL_OBJECT' && { ChecksumType: type }) });
    const done = await complete(s3, id, [await upload(s3, id, 1, pieces[0]), await upload(s3, id, 2, pieces[1])]);
    assert.equal(done.ChecksumCRC32, expected);
    const head = await s3.send(new HeadObjectCommand({ ...target, ChecksumMode: 'ENABLED' }));
    assert.equal(head.ChecksumCRC32, expected);
    assert.equal(head.ChecksumType, type);
  }
});

test('an upload that does not add up is refused and stays open', async (t) => {
  const { s3 } = await startS3(t);
  const id = await begin(s3);
  const first = await upload(s3, id, 1, Buffer.from('small'));
  const second = await upload(s3, id, 2, Buffer.from('too'));
  await assert.rejects(complete(s3, id, [first, second]), s3Error('EntityTooSmall', 400));
  await assert.rejects(complete(s3, id, [second, first]), s3Error('InvalidPartOrder', 400));
  await assert.rejects(complete(s3, id, [{ ...first, ETag: '"other"' }]), s3Error('InvalidPart', 400));
  await assert.rejects(complete(s3, id, [first, { PartNumber: 9, ETag: first.ETag }]), s3Error('InvalidPart', 400));
  await assert.rejects(complete(s3, id, []), s3Error('MalformedXML', 400));
  await assert.rejects(s3.send(new HeadObjectCommand(target)), s3Error('NotFound', 404));
  assert.equal((await complete(s3, id, [first])).ETag, `"${digest('md5', Buffer.from(digest('md5', Buffer.from('small')), 'hex'))}-1"`);
});

test('an aborted upload leaves nothing', async (t) => {
  const { s3, folder } = await startS3(t);
  const id = await begin(s3);
  const part = await upload(s3, id, 1, Buffer.from('part'));
  await s3.send(new AbortMultipartUploadCommand({ ...target, UploadId: id }));
  await assert.rejects(upload(s3, id, 2, Buffer.from('part')), s3Error('NoSuchUpload', 404));
  await assert.rejects(complete(s3, id, [part]), s3Error('NoSuchUpload', 404));
  assert.deepEqual(await readdir(path.join(folder, BUCKET, 'data')), []);
});
