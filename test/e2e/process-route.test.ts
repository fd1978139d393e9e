import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { after, test } from 'node:test';
import type { Answer, StatusAnswer } from '../support/http.js';
import { definitionOf, newId, startTestService, WAIT } from '../support/service.js';

const service = await startTestService();
after(() => service.stop());

const RGB = definitionOf('samples/rgb-striped.tif');

function assertProblem(answer: Answer, status: number, code: string): { detail: string } {
  assert.equal(answer.status, status, answer.text);
  assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
  const problem = answer.json as { type: string; title: string; status: number; detail: string; code: string };
  assert.deepEqual([problem.type, problem.status, problem.code], ['about:blank', status, code]);
  assert.ok(problem.title !== '' && problem.detail !== '');
  return problem;
}

function statusIn(answer: Answer, status: number): StatusAnswer {
  assert.equal(answer.status, status, answer.text);
  return answer.json as StatusAnswer;
}

function jobsStarted(viewpointId: string): number {
  return service.logLines.filter((line) => line['viewpointId'] === viewpointId && line['msg'] === 'job started').length;
}

test('a definition creates the viewpoint, and the status is where Location says', async () => {
  const viewpointId = newId('new');
  const accepted = await service.process(viewpointId, RGB);
  assert.equal(statusIn(accepted, 202).viewpoint_status, 'REQUESTED');
  assert.equal(accepted.headers.get('location'), `/viewpoints/${viewpointId}/status`);
  assert.equal((await service.endOf(viewpointId)).viewpoint_status, 'READY');
  const row = await service.row(viewpointId);
  assert.deepEqual([row?.['tile_size'], row?.['range_adjustment']], [{ N: '512' }, { S: 'NONE' }]);
});

test('tile size and range adjustment have defaults', async () => {
  const viewpointId = newId('defaults');
  const { viewpoint_name, bucket_name, object_key } = RGB;
  statusIn(await service.process(viewpointId, { viewpoint_name, bucket_name, object_key }, WAIT), 200);
  assert.equal(statusIn(await service.process(viewpointId, RGB), 200).attempt, 1);
});

test('asking again joins the job that runs, and a READY viewpoint is answered without work', async () => {
  const viewpointId = newId('again');
  statusIn(await service.process(viewpointId, RGB), 202);
  statusIn(await service.process(viewpointId, RGB), 202);
  statusIn(await service.process(viewpointId, undefined), 202);
  assert.equal(statusIn(await service.process(viewpointId, RGB, WAIT), 200).viewpoint_status, 'READY');
  assert.equal(statusIn(await service.process(viewpointId, RGB), 200).attempt, 1);
  assert.equal(statusIn(await service.process(viewpointId, undefined), 200).attempt, 1);
  assert.equal(jobsStarted(viewpointId), 1);
});

test('requests for one viewpoint at the same time are one job', async () => {
  const viewpointId = newId('crowd');
  const answers = await Promise.all(Array.from({ length: 8 }, () => service.process(viewpointId, RGB, WAIT)));
  for (const answer of answers) assert.deepEqual([statusIn(answer, 200).viewpoint_status, statusIn(answer, 200).attempt], ['READY', 1]);
  assert.equal(jobsStarted(viewpointId), 1);
});

test('another definition for the same viewpoint is a conflict that names what differs', async () => {
  const viewpointId = newId('conflict');
  statusIn(await service.process(viewpointId, RGB, WAIT), 200);
  for (const changes of [{ tile_size: 256 }, { range_adjustment: 'DRA' }, { object_key: 'samples/cloud-optimized.tif' }, { viewpoint_name: 'Other' }]) {
    const { detail } = assertProblem(await service.process(viewpointId, { ...RGB, ...changes }), 409, 'definition_conflict');
    assert.match(detail, new RegExp(Object.keys(changes)[0] ?? ''));
  }
});

test('force processes a READY viewpoint again', async () => {
  const viewpointId = newId('force');
  statusIn(await service.process(viewpointId, RGB, WAIT), 200);
  const again = statusIn(await service.process(viewpointId, { force: true }, WAIT), 200);
  assert.deepEqual([again.viewpoint_status, again.attempt], ['READY', 2]);
  assert.equal(jobsStarted(viewpointId), 2);
});

test('a FAILED viewpoint is tried again, and its cause is told each time', async () => {
  const viewpointId = newId('failed');
  const definition = definitionOf('e2e/comes-later.tif');
  const failed = statusIn(await service.process(viewpointId, definition, WAIT), 200);
  assert.deepEqual([failed.viewpoint_status, failed.error?.code, failed.attempt], ['FAILED', 'no_such_key', 1]);
  assert.match(failed.error?.message ?? '', /e2e\/comes-later\.tif/);
  await service.putObject(definition.object_key, 'no image either');
  const second = statusIn(await service.process(viewpointId, undefined, WAIT), 200);
  assert.deepEqual([second.viewpoint_status, second.error?.code, second.attempt], ['FAILED', 'not_an_image', 2]);
});

test('a bucket that does not exist is told apart from a key that does not', async () => {
  const failed = statusIn(await service.process(newId('bucket'), definitionOf('a.tif', { bucket_name: 'no-such-bucket' }), WAIT), 200);
  assert.equal(failed.error?.code, 'no_such_bucket');
});

test('an unknown viewpoint without a definition is not found', async () => {
  const viewpointId = newId('unknown');
  assertProblem(await service.process(viewpointId), 404, 'viewpoint_not_found');
  assertProblem(await service.process(viewpointId, {}), 404, 'viewpoint_not_found');
  assert.equal(await service.row(viewpointId), undefined);
});

test('a deleted viewpoint cannot be processed', async () => {
  const viewpointId = newId('deleted');
  await service.putRow(viewpointId, RGB, { viewpoint_status: { S: 'DELETED' } });
  assertProblem(await service.process(viewpointId), 409, 'deleted_cannot_be_processed');
  assertProblem(await service.process(viewpointId, RGB), 409, 'deleted_cannot_be_processed');
  assertProblem(await service.process(viewpointId, { force: true }), 409, 'deleted_cannot_be_processed');
});

const BAD_BODIES: [what: string, body: object, code: string, detail: RegExp][] = [
  ['an unknown member', { ...RGB, tile_sise: 256 }, 'invalid_request', /tile_sise/],
  ['a tile size of 0', { ...RGB, tile_size: 0 }, 'invalid_request', /tile_size/],
  ['a tile size that is text', { ...RGB, tile_size: '512' }, 'invalid_request', /tile_size/],
  ['a tile size with a fraction', { ...RGB, tile_size: 512.5 }, 'invalid_request', /tile_size/],
  ['a tile size that is null', { ...RGB, tile_size: null }, 'invalid_request', /tile_size/],
  ['an unknown range adjustment', { ...RGB, range_adjustment: 'dra' }, 'invalid_request', /range_adjustment/],
  ['a definition without a key', { viewpoint_name: 'A', bucket_name: 'viewpoint-images' }, 'invalid_request', /object_key/],
  ['an empty key', { ...RGB, object_key: '' }, 'invalid_request', /object_key/],
  ['a key of 1025 characters', { ...RGB, object_key: 'k'.repeat(1025) }, 'invalid_request', /object_key/],
  ['a list', [RGB], 'invalid_request', /./],
  ['a key that names a folder', { ...RGB, object_key: 'samples/' }, 'unusable_object_key', /samples\//],
  ['a key that ends in two dots', { ...RGB, object_key: 'samples/..' }, 'unusable_object_key', /samples\/\.\./],
  ['a key that names overviews', { ...RGB, object_key: 'samples/rgb-striped.tif.ovr' }, 'unusable_object_key', /\.ovr/],
  ['a key that names a document of ours', { ...RGB, object_key: 'samples/rgb-striped.tif.stats' }, 'unusable_object_key', /\.stats/],
];

for (const [what, body, code, detail] of BAD_BODIES) {
  test(`a body with ${what} is refused, and leaves no row`, async () => {
    const viewpointId = newId('bad');
    assert.match(assertProblem(await service.process(viewpointId, body), 422, code).detail, detail);
    assert.equal(await service.row(viewpointId), undefined);
  });
}

test('a body that is no JSON, or none that is read, is a problem document too', async () => {
  const send = (body: string, contentType: string) =>
    service.request(`/viewpoints/${newId('bad')}/process`, { method: 'POST', headers: { 'content-type': contentType }, body });
  assertProblem(await send('{"viewpoint_name": ', 'application/json'), 400, 'invalid_request');
  assertProblem(await send('viewpoint_name: A', 'application/yaml'), 415, 'invalid_request');
  assertProblem(await send(JSON.stringify({ ...RGB, viewpoint_name: 'n'.repeat(70_000) }), 'application/json'), 413, 'invalid_request');
});

test('ids that could not name a folder are refused', async () => {
  for (const id of ['..', '.', '%2e%2e', '%2E', 'a%2Fb', 'a%20b', 'a%00b', 'i'.repeat(256), '%C3%BC']) {
    assert.deepEqual(await postRaw(`/viewpoints/${id}/process`), [422, 'invalid_request'], id);
  }
  assert.deepEqual(await postRaw(`/viewpoints/${'i'.repeat(255)}/process`), [404, 'viewpoint_not_found']);
  assert.deepEqual(await postRaw('/viewpoints/...~_-/process'), [404, 'viewpoint_not_found']);
});

test('an executor without room answers 503 with Retry-After and writes no row', async (t) => {
  const full = await startTestService({ variables: { EXECUTOR_CONCURRENCY: '1', EXECUTOR_WAITING_ROOM: '0', POLLER_ENABLED: 'false' } });
  t.after(() => full.stop());
  const [first, second] = [newId('first'), newId('second')];
  statusIn(await full.process(first, RGB), 202);
  const refused = await full.process(second, RGB);
  assertProblem(refused, 503, 'executor_full');
  assert.ok(Number(refused.headers.get('retry-after')) > 0);
  assert.equal(await full.row(second), undefined);
  statusIn(await full.process(first, RGB), 202); // joining needs no room

  assert.equal((await full.endOf(first)).viewpoint_status, 'READY');
  assert.equal(statusIn(await full.process(second, RGB, WAIT), 200).viewpoint_status, 'READY');
});

test('the caller is not kept longer than it prefers, nor by a header that makes no sense', async () => {
  for (const prefer of ['wait=0', 'wait=-1', 'respond-async', 'wait=soon']) {
    const viewpointId = newId('prefer');
    statusIn(await service.process(viewpointId, RGB, { prefer }), 202);
    await service.endOf(viewpointId);
  }
});

test('webhooks take nothing unless it is set up who may send', async () => {
  for (const path of ['/webhooks/sns', '/webhooks/events']) {
    const answer = await service.request(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"Event":"s3:TestEvent"}' });
    assertProblem(answer, 403, 'webhook_not_enabled');
  }
});

const withKey = (key: string, more: Record<string, string> = {}) => ({ 'idempotency-key': key, ...more });
const isReplayed = (answer: Answer) => answer.headers.get('idempotent-replayed') === 'true';

test('a request under the same idempotency key is answered as before, and is one job', async () => {
  const viewpointId = newId('key');
  const first = await service.process(viewpointId, RGB, withKey('"8e03978e-40d5-43dd-bc93-6894a57f9324"'));
  assert.equal(statusIn(first, 202).viewpoint_status, 'REQUESTED');
  assert.equal((await service.endOf(viewpointId)).viewpoint_status, 'READY');
  const again = await service.process(viewpointId, RGB, withKey('"8e03978e-40d5-43dd-bc93-6894a57f9324"'));
  assert.deepEqual([again.status, again.json, again.headers.get('location'), isReplayed(again)], [202, first.json, first.headers.get('location'), true]);
  assert.ok(!isReplayed(first));
  assert.equal(jobsStarted(viewpointId), 1);
});

test('a repeated request for a FAILED viewpoint, or with force, starts nothing; a new key does', async () => {
  const viewpointId = newId('key-force');
  const failing = definitionOf('e2e/never-there.tif');
  const body = { ...failing, force: true };
  const first = await service.process(viewpointId, body, withKey('k1', WAIT));
  assert.deepEqual([statusIn(first, 200).viewpoint_status, statusIn(first, 200).attempt], ['FAILED', 1]);
  assert.deepEqual((await service.process(viewpointId, body, withKey('k1'))).json, first.json);
  assert.deepEqual((await service.process(viewpointId, body, withKey('k1', WAIT))).json, first.json);
  assert.equal(statusIn(await service.process(viewpointId, body, withKey('k2', WAIT)), 200).attempt, 2);
  assert.deepEqual((await service.process(viewpointId, body, withKey('k1'))).json, first.json);
  assert.equal(jobsStarted(viewpointId), 2);
});

test('the same idempotency key for another request is an error', async () => {
  const viewpointId = newId('key-other');
  statusIn(await service.process(viewpointId, RGB, withKey('k')), 202);
  assertProblem(await service.process(viewpointId, { ...RGB, tile_size: 256 }, withKey('k')), 422, 'idempotency_key_reused');
  assertProblem(await service.process(viewpointId, undefined, withKey('k')), 422, 'idempotency_key_reused');
  assertProblem(await service.process(viewpointId, { ...RGB, force: true }, withKey('k')), 422, 'idempotency_key_reused');
  await service.endOf(viewpointId);
  assert.equal(jobsStarted(viewpointId), 1);
});

test('requests under one idempotency key at the same time are one job', async () => {
  const viewpointId = newId('key-crowd');
  const answers = await Promise.all(Array.from({ length: 8 }, () => service.process(viewpointId, { ...RGB, force: true }, withKey('crowd', WAIT))));
  for (const answer of answers) assert.deepEqual([statusIn(answer, 200).viewpoint_status, statusIn(answer, 200).attempt], ['READY', 1]);
  assert.equal(jobsStarted(viewpointId), 1);
});

test('an error is not kept under its idempotency key', async () => {
  const viewpointId = newId('key-error');
  assertProblem(await service.process(viewpointId, undefined, withKey('k')), 404, 'viewpoint_not_found');
  await service.putRow(viewpointId, RGB);
  assert.equal(statusIn(await service.process(viewpointId, undefined, withKey('k', WAIT)), 200).viewpoint_status, 'READY');
});

test('an idempotency key that is none is refused', async () => {
  for (const key of ['""', 'two words', '"open', 'k'.repeat(256)]) {
    assertProblem(await service.process(newId('key-bad'), RGB, withKey(key)), 422, 'invalid_request');
  }
});

/** Sends a path as it is, which fetch would tidy up first; answers the status and the problem's code. */
function postRaw(path: string): Promise<[status: number | undefined, code: string]> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(service.url);
    const request = httpRequest({ hostname, port, path, method: 'POST', agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve([response.statusCode, (JSON.parse(text) as { code: string }).code]));
    });
    request.on('error', reject).end();
  });
}
