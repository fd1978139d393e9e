import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readPayload } from '../../../src/domain/events/payload.js';

const notification = (object: object, eventName = 'ObjectCreated:Put', eventSource = 'aws:s3') =>
  JSON.stringify({ Records: [{ eventSource, eventName, s3: { bucket: { name: 'images' }, object } }] });

function eventIn(text: string) {
  const payload = readPayload(text);
  assert.ok('kind' in payload && payload.kind === 'object events', JSON.stringify(payload));
  return payload.events[0] ?? assert.fail('no event');
}

const KEYS: [encoded: string, key: string][] = [
  ['happy+face.jpg', 'happy face.jpg'],
  ['a%2Bb.tif', 'a+b.tif'],
  ['a%252Fb.tif', 'a%2Fb.tif'],
  ['%E6%9D%B1%E4%BA%AC/%C3%BC.tif', '東京/ü.tif'],
  ['a%26b%3Dc%3F.tif', 'a&b=c?.tif'],
];

for (const [encoded, key] of KEYS) {
  test(`the key ${encoded} of an S3 event is ${key}`, () => assert.equal(eventIn(notification({ key: encoded })).objectKey, key));
}

test('any key comes back from the form encoding that S3 uses', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (key) => {
      assert.equal(eventIn(notification({ key: new URLSearchParams({ key }).toString().slice('key='.length) })).objectKey, key);
    }),
  );
});

test('the key of an EventBridge event is taken as it is', () => {
  const text = JSON.stringify({ 'detail-type': 'Object Created', source: 'aws.s3', detail: { bucket: { name: 'images' }, object: { key: 'a+b%20c.tif', etag: 'e', 'version-id': 'v', sequencer: '01' } } });
  assert.deepEqual(eventIn(text), { kind: 'created', name: 'Object Created', bucketName: 'images', objectKey: 'a+b%20c.tif', version: { sequencer: '01', versionId: 'v', eTag: 'e' } });
});

test('S3-compatible stores are understood: their source, their prefix of the event, their null version', () => {
  assert.equal(eventIn(notification({ key: 'a', versionId: 'null' }, 's3:ObjectCreated:Put', 'minio:s3')).version.versionId, null);
  assert.equal(eventIn(notification({ key: 'a' }, 's3:ObjectCreated:Put', 'ceph:s3')).kind, 'created');
});

test('only a created object is something to process', () => {
  for (const name of ['ObjectCreated:Put', 'ObjectCreated:Post', 'ObjectCreated:Copy', 'ObjectCreated:CompleteMultipartUpload']) assert.equal(eventIn(notification({ key: 'a' }, name)).kind, 'created');
  for (const name of ['ObjectRemoved:Delete', 'ObjectRemoved:DeleteMarkerCreated', 'ObjectTagging:Put', 'ObjectRestore:Post', 'LifecycleExpiration:Delete']) assert.equal(eventIn(notification({ key: 'a' }, name)).kind, 'other');
});

test('nothing that comes in makes the reader throw', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => assert.ok(typeof readPayload(text) === 'object')));
  for (const text of ['{"Records": 1}', '{"Records": [null]}', '{"Event": {}}', '{"detail-type": []}', '{"viewpoint_id": null}', '{"__proto__": {"Records": []}}']) {
    assert.ok('fault' in readPayload(text), text);
  }
});
