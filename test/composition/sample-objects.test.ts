import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { putSampleObjects } from '../../src/composition/sample-objects.js';
import { startEmbeddedAws } from '../../src/embedded/embedded-aws.js';

test('sample objects that an interrupted first start left out are put by the next', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'viewpoint-samples-'));
  t.after(() => rm(folder, { recursive: true }));
  const region = 'us-west-2';
  const aws = await startEmbeddedAws({ stateFolder: folder, tableName: 'TSJobTable', queueName: 'TSJobQueue', bucketNames: ['images'], region });
  t.after(() => aws.close());
  const s3 = new S3Client({ endpoint: aws.endpoints.s3, region, credentials: aws.credentials });
  t.after(() => s3.destroy());
  await s3.send(new PutObjectCommand({ Bucket: 'images', Key: 'samples/rgb-striped.tif', Body: 'the one that was put before the interruption' }));

  await putSampleObjects(s3, 'images', join(folder, 'samples'));

  const { Contents: objects = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'images' }));
  assert.deepEqual(objects.map(({ Key: key }) => key).sort(), [
    'samples/cloud-optimized.tif',
    'samples/rgb-striped.tif',
    'samples/text-file.tif',
    'samples/ungeoreferenced.tif',
  ]);
  assert.ok((objects.find(({ Key: key }) => key === 'samples/rgb-striped.tif')?.Size ?? 0) > 1000, 'the image itself');
});
