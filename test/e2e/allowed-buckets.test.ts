import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { scrape } from '../support/scrape.js';
import { definitionOf, newId, startTestService, WAIT, type TestService } from '../support/service.js';

let service: TestService;
before(async () => {
  service = await startTestService({ variables: { ALLOWED_BUCKETS: 'other-bucket, viewpoint-images' } });
});
after(() => service.stop());

const FORBIDDEN = definitionOf('samples/rgb-striped.tif', { bucket_name: 'somebody-elses' });
const callsOfS3 = async () => (await scrape(service.url)).value('viewpoint_aws_call_duration_seconds_count', { service: 'S3' });

test('a request for an image of a bucket that is not allowed is refused, and leaves no row', async () => {
  const viewpointId = newId('forbidden');
  const { status, json } = await service.process(viewpointId, FORBIDDEN, WAIT);
  assert.deepEqual([status, (json as { code: string }).code], [403, 'bucket_not_allowed']);
  assert.equal(await service.row(viewpointId), undefined);
});

test('a viewpoint that the tile server requests from a bucket that is not allowed fails, and S3 is not asked', async () => {
  const before = await callsOfS3();
  const [byMessage, byPost] = [newId('message'), newId('post')];
  for (const viewpointId of [byMessage, byPost]) await service.putRow(viewpointId, FORBIDDEN);
  await service.sendMessage(byMessage, FORBIDDEN, randomUUID());
  await service.process(byPost, undefined, WAIT);
  for (const viewpointId of [byMessage, byPost]) {
    const status = await service.endOf(viewpointId);
    assert.deepEqual([status.viewpoint_status, status.error?.code], ['FAILED', 'bucket_not_allowed']);
  }
  assert.equal(await callsOfS3(), before);
});

test('an image of an allowed bucket becomes READY', async () => {
  assert.equal((await service.process(newId('allowed'), definitionOf('samples/rgb-striped.tif'), WAIT)).status, 200);
});
