import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { readdir, writeFile } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { startS3Server } from '../../../src/embedded/s3/s3-server.js';
import { BUCKET, digest, patternBytes, s3Client, s3Error, startS3, temporaryFolder } from './s3-fixture.js';

async function getBytes(s3: S3Client, key: string, range?: string): Promise<Uint8Array> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key, Range: range }));
  assert(Body);
  return Body.transformToByteArray();
}

test('an object larger than 16 MiB streamed by the SDK with its default checksums comes back byte for byte', async (t) => {
  const { s3, folder } = await startS3(t);
  const bytes = patternBytes(20 * 1024 * 1024 + 13);
  const file = path.join(folder, 'upload.bin');
  await writeFile(file, bytes);

  const put = await s3.send(
    new PutObjectCommand({ Bucket: BUCKET, Key: 'large.tif', Body: createReadStream(file), ContentLength: bytes.length, ContentType: 'image/tiff', Metadata: { sensor: 'a' } }),
  );
  assert.equal(put.ETag, `"${digest('md5', bytes)}"`);

  const got = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'large.tif' }));
  assert.equal(got.ContentLength, bytes.length);
  assert.equal(got.ContentType, 'image/tiff');
  assert.equal(got.ContentEncoding, undefined);
  assert.deepEqual(got.Metadata, { sensor: 'a' });
  assert.equal(got.ChecksumCRC32, put.ChecksumCRC32);
  assert.equal(got.ChecksumType, 'FULL_OBJECT');
  assert.equal(got.ServerSideEncryption, 'AES256');
  const received = await got.Body?.transformToByteArray();
  assert(received);
  assert.equal(digest('sha256', received), digest('sha256', bytes));
});

test('an empty object has the MD5 of nothing as its entity tag and an empty body', async (t) => {
  const { s3 } = await startS3(t);
  const put = await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'empty', Body: new Uint8Array() }));
  assert.equal(put.ETag, '"d41d8cd98f00b204e9800998ecf8427e"');
  assert.equal((await getBytes(s3, 'empty')).length, 0);
  await assert.rejects(getBytes(s3, 'empty', 'bytes=0-'), s3Error('InvalidRange', 416));
});

test('ranges answer 206 with the exact Content-Range', async (t) => {
  const { s3 } = await startS3(t);
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'digits', Body: '0123456789' }));
  const cases = [
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-99', '0123456789', 'bytes 0-9/10'],
    ['bytes=5-99', '56789', 'bytes 5-9/10'],
  ] as const;
  for (const [range, body, contentRange] of cases) {
    const got = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'digits', Range: range }));
    assert.equal(got.$metadata.httpStatusCode, 206);
    assert.equal(got.ContentRange, contentRange);
    assert.equal(await got.Body?.transformToString(), body);
  }
  await assert.rejects(getBytes(s3, 'digits', 'bytes=10-'), s3Error('InvalidRange', 416));
  await assert.rejects(getBytes(s3, 'digits', 'bytes=-0'), s3Error('InvalidRange', 416));
  const whole = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'digits', Range: 'bytes=4-2' }));
  assert.equal(whole.$metadata.httpStatusCode, 200);
  assert.equal(await whole.Body?.transformToString(), '0123456789');
});

test('conditions on a read answer 304 or 412', async (t) => {
  const { s3 } = await startS3(t);
  const { ETag } = await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a', Body: 'text' }));
  const { LastModified } = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'a' }));
  assert(LastModified);
  const earlier = new Date(LastModified.getTime() - 60_000);
  const get = (conditions: object) => s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'a', ...conditions }));

  assert.equal(await (await get({ IfMatch: ETag })).Body?.transformToString(), 'text');
  assert.equal(await (await get({ IfNoneMatch: '"other"' })).Body?.transformToString(), 'text');
  assert.equal(await (await get({ IfModifiedSince: earlier })).Body?.transformToString(), 'text');
  await assert.rejects(get({ IfMatch: '"other"' }), s3Error('PreconditionFailed', 412));
  await assert.rejects(get({ IfUnmodifiedSince: earlier }), s3Error('PreconditionFailed', 412));
  const notModified = (error: { $metadata?: { httpStatusCode?: number } }) => error.$metadata?.httpStatusCode === 304;
  await assert.rejects(get({ IfNoneMatch: ETag }), notModified);
  await assert.rejects(get({ IfModifiedSince: LastModified }), notModified);
  await assert.rejects(s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'a', IfNoneMatch: ETag })), notModified);
});

test('conditions on a write keep an existing object', async (t) => {
  const { s3, folder } = await startS3(t);
  const put = (body: string, conditions: object) => s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a', Body: body, ...conditions }));
  await put('first', { IfNoneMatch: '*' });
  await assert.rejects(put('second', { IfNoneMatch: '*' }), s3Error('PreconditionFailed', 412));
  await assert.rejects(put('third', { IfMatch: '"other"' }), s3Error('PreconditionFailed', 412));
  assert.equal(Buffer.from(await getBytes(s3, 'a')).toString(), 'first');
  assert.equal((await readdir(path.join(folder, BUCKET, 'data'))).length, 1);
});

test('errors have the shape that the SDK knows from S3', async (t) => {
  const { s3 } = await startS3(t);
  await assert.rejects(getBytes(s3, 'missing'), s3Error('NoSuchKey', 404));
  await assert.rejects(s3.send(new GetObjectCommand({ Bucket: 'no-such-bucket', Key: 'a' })), s3Error('NoSuchBucket', 404));
  await assert.rejects(s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'missing' })), s3Error('NotFound', 404));
  await assert.rejects(s3.send(new HeadBucketCommand({ Bucket: 'no-such-bucket' })), s3Error('NotFound', 404));
  await assert.rejects(s3.send(new CreateBucketCommand({ Bucket: BUCKET })), s3Error('BucketAlreadyOwnedByYou', 409));
  await assert.rejects(s3.send(new CreateBucketCommand({ Bucket: 'No_Bucket' })), s3Error('InvalidBucketName', 400));
  await assert.rejects(s3.send(new GetObjectAclCommand({ Bucket: BUCKET, Key: 'missing' })), s3Error('NotImplemented', 501));
  await assert.rejects(
    s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'k'.repeat(1025), Body: 'x' })),
    s3Error('KeyTooLongError', 400),
  );
});

test('an error document is in no namespace, and the parameters of a signed URL are passed over', async (t) => {
  const { url } = await startS3(t);
  for (const query of ['', '?AWSAccessKeyId=a&Signature=b&Expires=1', '?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=b']) {
    const response = await fetch(`${url}/${BUCKET}/missing${query}`);
    assert.equal(response.status, 404);
    assert.match(await response.text(), /^<\?xml [^>]*\?>\n<Error><Code>NoSuchKey<\/Code><Message>The specified key does not exist.<\/Message><Key>missing<\/Key>/);
  }
});

test('buckets can be made and listed', async (t) => {
  const { url } = await startS3(t);
  // Without this the SDK puts a bucket with dots in front of the IP address, whatever the endpoint.
  const s3 = s3Client(t, url, { forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'another.bucket' }));
  const { Buckets } = await s3.send(new ListBucketsCommand({}));
  assert.deepEqual(Buckets?.map((bucket) => bucket.Name), ['another.bucket', BUCKET]);
  assert.equal((await s3.send(new HeadBucketCommand({ Bucket: 'another.bucket' }))).$metadata.httpStatusCode, 200);
});

const ODD_KEYS = [
  'with space/and+plus.tif',
  '../../outside',
  'a/../b/./c',
  '/leading//double/',
  'percent%2Fencoded %',
  'snow ☃ 𝄞 é',
  'query?uploads&acl=#fragment',
  `<&>"'\u0001\t`,
  'k'.repeat(1024),
];

test('keys may hold anything that S3 allows and never name a file', async (t) => {
  const { s3, folder } = await startS3(t);
  for (const key of ODD_KEYS) await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: `content of ${key}` }));
  for (const key of ODD_KEYS) assert.equal(Buffer.from(await getBytes(s3, key)).toString(), `content of ${key}`);

  const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
  assert.deepEqual(new Set(Contents?.map((object) => object.Key)), new Set(ODD_KEYS));
  const files = await readdir(folder, { recursive: true });
  assert.equal(files.filter((file) => !/^images($|\/(bucket\.json|objects(\/[0-9a-f]{64}\.json)?|data(\/[0-9a-f-]{36})?)$)/.test(file)).length, 0);

  await s3.send(new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects: ODD_KEYS.map((Key) => ({ Key })) } }));
  assert.equal((await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }))).KeyCount, 0);
  assert.deepEqual(await readdir(path.join(folder, BUCKET, 'data')), []);
});

test('a bucket may be named by the host', async (t) => {
  const { s3, url } = await startS3(t);
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'dir/a b', Body: 'by host' }));
  for (const host of [`${BUCKET}.localhost:1234`, `${BUCKET}.s3.us-west-2.amazonaws.com`]) {
    const sent = request(`${url}/dir/a%20b`, { headers: { host } }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    assert.equal(await text(response), 'by host');
  }
});

test('listing pages through keys and common prefixes in the order of their UTF-8 bytes', async (t) => {
  const { s3 } = await startS3(t);
  // U+1F600 is a surrogate pair in UTF-16, which would sort before U+FF5E.
  for (const Key of ['b/2', 'a', 'b/1', 'c', '\uFF5E', '\u{1F600}', 'b/deep/3']) await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: Key }));
  const pages: (string | undefined)[][] = [];
  let token: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Delimiter: '/', MaxKeys: 2, ContinuationToken: token }));
    pages.push([...(page.Contents ?? []).map((object) => object.Key), ...(page.CommonPrefixes ?? []).map((prefix) => prefix.Prefix)]);
    token = page.NextContinuationToken;
  } while (token !== undefined);
  assert.deepEqual(pages, [['a', 'b/'], ['c', '\uFF5E'], ['\u{1F600}']]);

  const inFolder = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'b/', Delimiter: '/', StartAfter: 'b/1' }));
  assert.deepEqual(inFolder.Contents?.map((object) => object.Key), ['b/2']);
  assert.deepEqual(inFolder.CommonPrefixes?.map((prefix) => prefix.Prefix), ['b/deep/']);
  assert.equal(inFolder.IsTruncated, false);
});

test('objects survive a restart, and what an unfinished upload left does not', async (t) => {
  const folder = await temporaryFolder(t);
  const first = await startS3Server({ folder, bucketNames: [BUCKET] });
  const before = s3Client(t, first.url);
  const put = await before.send(new PutObjectCommand({ Bucket: BUCKET, Key: '../kept', Body: 'kept', Metadata: { a: 'b' } }));
  await first.close();
  await writeFile(path.join(folder, BUCKET, 'data', 'leftover'), 'half an upload');
  await writeFile(path.join(folder, BUCKET, 'objects', 'x.json.tmp'), '{');

  const second = await startS3Server({ folder, bucketNames: [BUCKET] });
  t.after(() => second.close());
  const after = s3Client(t, second.url);
  const got = await after.send(new GetObjectCommand({ Bucket: BUCKET, Key: '../kept' }));
  assert.equal(await got.Body?.transformToString(), 'kept');
  assert.equal(got.ETag, put.ETag);
  assert.deepEqual(got.Metadata, { a: 'b' });
  assert.equal((await readdir(path.join(folder, BUCKET, 'data'))).length, 1);
  assert.equal((await readdir(path.join(folder, BUCKET, 'objects'))).length, 1);
});

test('a reader keeps the object it began with while it is replaced and deleted', async (t) => {
  const { s3, folder, close } = await startS3(t);
  const bytes = patternBytes(32 * 1024 * 1024);
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a', Body: bytes }));
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'a' }));
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a', Body: 'new' }));
  await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'a' }));
  assert.equal((await readdir(path.join(folder, BUCKET, 'data'))).length, 1);
  const received = await Body?.transformToByteArray();
  assert(received);
  assert.equal(digest('sha256', received), digest('sha256', bytes));
  await close();
  assert.deepEqual(await readdir(path.join(folder, BUCKET, 'data')), []);
});

test('an object encrypted with a KMS key has an entity tag that is not its MD5', async (t) => {
  const { s3 } = await startS3(t);
  const put = await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a', Body: 'text', ServerSideEncryption: 'aws:kms' }));
  assert.match(put.ETag ?? '', /^"[0-9a-f]{32}"$/);
  assert.notEqual(put.ETag, `"${digest('md5', Buffer.from('text'))}"`);
  assert.equal((await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'a' }))).ServerSideEncryption, 'aws:kms');
});
