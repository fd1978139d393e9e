import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type ChecksumAlgorithm } from '@aws-sdk/client-s3';
import { BUCKET, s3Error, startS3 } from './s3-fixture.js';

// The "check" values of the algorithms' catalogue entries, and the examples of FIPS 180-4 for "abc" beside them.
const CHECKS = [
  ['CRC32', '123456789', 'cbf43926'],
  ['CRC32C', '123456789', 'e3069283'],
  ['CRC64NVME', '123456789', 'ae8b14860a799888'],
  ['SHA1', 'abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  ['SHA256', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
] as const;

test('the checksum sent with an object is verified, kept and told', async (t) => {
  const { s3 } = await startS3(t);
  for (const [algorithm, input, expected] of CHECKS) {
    const value = Buffer.from(expected, 'hex').toString('base64');
    const put = await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a', Body: input, [`Checksum${algorithm}`]: value }));
    assert.equal(put[`Checksum${algorithm}`], value);
    const got = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'a' }));
    assert.equal(got[`Checksum${algorithm}`], value);
    assert.equal(await got.Body?.transformToString(), input);

    await assert.rejects(
      s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'b', Body: 'other', [`Checksum${algorithm}`]: value })),
      s3Error('BadDigest', 400),
    );
  }
  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
  assert.deepEqual(Contents?.map((object) => object.Key), ['a']);
});

test('the checksum that trails a streamed body is verified', async (t) => {
  const { s3, url } = await startS3(t);
  for (const algorithm of ['CRC32', 'CRC32C', 'SHA1', 'SHA256'] satisfies ChecksumAlgorithm[]) {
    const put = await s3.send(
      new PutObjectCommand({ Bucket: BUCKET, Key: algorithm, Body: Readable.from([Buffer.alloc(70_000, 'x')]), ContentLength: 70_000, ChecksumAlgorithm: algorithm }),
    );
    assert(put[`Checksum${algorithm}`]);
  }
  const put = (body: string, length: number) =>
    fetch(`${url}/${BUCKET}/trailing`, {
      method: 'PUT',
      headers: {
        'content-encoding': 'aws-chunked',
        'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
        'x-amz-decoded-content-length': String(length),
        'x-amz-trailer': 'x-amz-checksum-crc32',
      },
      body,
    });
  const good = await put('5\r\n12345\r\n4;chunk-signature=00\r\n6789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n', 9);
  assert.equal(good.status, 200);
  assert.equal(good.headers.get('etag'), '"25f9e794323b453885f5181f1b624d0b"');
  const refused = [
    [await put('9\r\n123456780\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n', 9), 'BadDigest'],
    [await put('9\r\n123456789\r\n0\r\n\r\n', 9), 'InvalidRequest'],
    [await put('9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n', 10), 'IncompleteBody'],
    [await put('9\r\n12345', 9), 'IncompleteBody'],
    [await put('9\r\n123456789xx\r\n', 9), 'InvalidRequest'],
    [await put('zz\r\n', 9), 'InvalidRequest'],
  ] as const;
  for (const [response, code] of refused) {
    assert.equal(response.status, 400);
    assert.match(await response.text(), new RegExp(`<Code>${code}</Code>`));
  }
});

test('a body that is not what Content-MD5 or the signed payload hash says is refused', async (t) => {
  const { s3, url } = await startS3(t);
  const md5OfAbc = 'kAFQmDzST7DWlj99KOF/cg==';
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a', Body: 'abc', ContentMD5: md5OfAbc }));
  await assert.rejects(s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a', Body: 'abd', ContentMD5: md5OfAbc })), s3Error('BadDigest', 400));
  await assert.rejects(s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a', Body: 'abc', ContentMD5: 'abc' })), s3Error('InvalidDigest', 400));
  const response = await fetch(`${url}/${BUCKET}/a`, { method: 'PUT', body: 'abc', headers: { 'x-amz-content-sha256': '0'.repeat(64) } });
  assert.match(await response.text(), /<Code>XAmzContentSHA256Mismatch<\/Code>/);
});
