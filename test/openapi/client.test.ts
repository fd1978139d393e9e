import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import createClient from 'openapi-fetch';
import type { paths } from '../../openapi/api-types.js';
import { startTestService } from '../support/service.js';

const service = await startTestService();
after(() => service.stop());

/** A client whose requests and answers the compiler holds against the description of the API. */
const client = createClient<paths>({ baseUrl: service.url });
const path = { id: 'typed' };

test('a client made of the description takes an image to READY and reads what comes of it', async () => {
  const processed = await client.POST('/viewpoints/{id}/process', {
    params: { path, header: { prefer: 'wait=120' } },
    body: { viewpoint_name: 'Typed', bucket_name: 'viewpoint-images', object_key: 'samples/rgb-striped.tif', range_adjustment: 'DRA' },
  });
  assert.equal(processed.error, undefined);
  assert.equal(processed.data.viewpoint_status, 'READY');
  assert.equal(processed.data.image?.width, 2100);

  const listed = await client.GET('/viewpoints', { params: { query: { status: 'READY', limit: 10 } } });
  assert.deepEqual(listed.data?.viewpoints.map(({ viewpoint_id }) => viewpoint_id), ['typed']);
  assert.equal(listed.data.next_token, null);

  const bounds = await client.GET('/viewpoints/{id}/image/bounds', { params: { path } });
  assert.deepEqual(bounds.data?.bounds, [0, 0, 2100, 1500]);

  const executor = await client.GET('/executor');
  assert.deepEqual(executor.data?.running, []);
});

test('its errors are the problems that the description names', async () => {
  const { error, response } = await client.GET('/viewpoints/{id}/status', { params: { path: { id: 'nobody' } } });
  assert.equal(response.status, 404);
  assert.equal(error?.code, 'viewpoint_not_found');
  assert.equal(error.detail, 'There is no viewpoint "nobody".');
});
