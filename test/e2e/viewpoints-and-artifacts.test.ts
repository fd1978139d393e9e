import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Answer } from '../support/http.js';
import { definitionOf, newId, startTestService, WAIT } from '../support/service.js';
import type { Row } from '../support/tile-server.js';

const service = await startTestService();
after(() => service.stop());

const RGB = definitionOf('samples/rgb-striped.tif', { viewpoint_name: 'Rio Grande' });
const DOCUMENTS: [path: string, suffix: string][] = [
  ['metadata', '.metadata'],
  ['bounds', '.bounds'],
  ['info', '.geojson'],
  ['statistics', '.stats'],
];

interface Page {
  viewpoints: { viewpoint_id: string; viewpoint_status: string }[];
  next_token: string | null;
}

async function page(query: string): Promise<Page> {
  const answer = await service.request(`/viewpoints${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.json as Page;
}

async function pageThrough(query: string): Promise<string[][]> {
  const pages: string[][] = [];
  for (let token: string | null = ''; token !== null; ) {
    const { viewpoints, next_token } = await page(`${query}${token === '' ? '' : `&token=${token}`}`);
    pages.push(viewpoints.map(({ viewpoint_id }) => viewpoint_id));
    token = next_token;
  }
  return pages;
}

function codeOf(answer: Answer): [status: number, code: string] {
  return [answer.status, (answer.json as { code: string }).code];
}

test('viewpoints are listed page by page, each once, by status if asked', async () => {
  assert.deepEqual(await page(''), { viewpoints: [], next_token: null });
  const failed = Array.from({ length: 4 }, (_, index) => `list-failed-${index}`);
  const deleted = Array.from({ length: 3 }, (_, index) => `list-deleted-${index}`);
  const rowsOf = (ids: string[], status: string): [string, Row][] => ids.map((id) => [id, { viewpoint_status: { S: status } }]);
  for (const [id, changes] of [...rowsOf(failed, 'FAILED'), ...rowsOf(deleted, 'DELETED')]) await service.putRow(id, RGB, changes);

  for (const limit of [1, 2, 3, 7, 8]) {
    const pages = await pageThrough(`?limit=${limit}`);
    assert.deepEqual(pages.flat().sort(), [...failed, ...deleted].sort());
    assert.ok(pages.slice(0, -1).every((ids) => ids.length === limit), `pages of ${limit}: ${pages.map(String).join(' | ')}`);
    const ofFailed = await pageThrough(`?status=FAILED&limit=${limit}`);
    assert.deepEqual(ofFailed.flat().sort(), failed);
  }
  assert.deepEqual((await page('?status=DELETED')).viewpoints.map(({ viewpoint_status }) => viewpoint_status), ['DELETED', 'DELETED', 'DELETED']);
  assert.deepEqual(await page('?status=READY'), { viewpoints: [], next_token: null });
});

test('a token that is made up, cut, or of another list is refused', async () => {
  const { next_token: token } = await page('?status=FAILED&limit=1');
  assert.ok(token !== null);
  const flipped = token.slice(0, 10) + (token[10] === 'A' ? 'B' : 'A') + token.slice(11);
  const longer = Buffer.concat([Buffer.from(token, 'base64url'), Buffer.from('x')]).toString('base64url');
  for (const forged of [flipped, longer, token.slice(0, 30), 'AAAA', 'list-failed-0', '%20', Buffer.alloc(80).toString('base64url')]) {
    assert.deepEqual(codeOf(await service.request(`/viewpoints?status=FAILED&limit=1&token=${forged}`)), [422, 'invalid_request'], forged);
  }
  assert.deepEqual(codeOf(await service.request(`/viewpoints?limit=1&token=${token}`)), [422, 'invalid_request']);
  assert.deepEqual(codeOf(await service.request(`/viewpoints?status=DELETED&limit=1&token=${token}`)), [422, 'invalid_request']);
});

test('a list query that makes no sense is refused', async () => {
  for (const query of ['limit=0', 'limit=1001', 'limit=many', 'limit=1.5', 'status=ready', 'status=']) {
    assert.deepEqual(codeOf(await service.request(`/viewpoints?${query}`)), [422, 'invalid_request'], query);
  }
});

test('a viewpoint is answered with the ten attributes of its row alone', async () => {
  const viewpointId = newId('row');
  await service.process(viewpointId, RGB, WAIT);
  const { json } = await service.request(`/viewpoints/${viewpointId}`);
  const { expire_time, ...rest } = json as { expire_time: number };
  assert.ok(expire_time > Date.now() / 1000);
  assert.deepEqual(rest, {
    viewpoint_id: viewpointId,
    ...RGB,
    viewpoint_status: 'READY',
    local_object_path: join(service.config.volumeRoot, viewpointId, 'rgb-striped.tif'),
    error_message: null,
  });
  for (const path of ['', '/status']) assert.deepEqual(codeOf(await service.request(`/viewpoints/${newId('none')}${path}`)), [404, 'viewpoint_not_found']);
});

test('the documents are the files on the volume, under all prefixes, with an entity tag that saves sending them again', async () => {
  const viewpointId = newId('documents');
  await service.process(viewpointId, RGB, WAIT);
  const tags = new Set<string>();
  for (const [path, suffix] of DOCUMENTS) {
    const file = await readFile(join(service.config.volumeRoot, viewpointId, `rgb-striped.tif${suffix}`), 'utf8');
    for (const prefix of ['', '/latest', '/v1_0']) {
      const url = `${prefix}/viewpoints/${viewpointId}/image/${path}`;
      const answer = await service.request(url);
      assert.equal(answer.status, 200);
      assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
      assert.equal(answer.text, file);
      const tag = answer.headers.get('etag') ?? '';
      assert.match(tag, /^"[^"]+"$/);
      tags.add(tag);
      for (const condition of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
        const unchanged = await service.request(url, { headers: { 'if-none-match': condition } });
        assert.deepEqual([unchanged.status, unchanged.text, unchanged.headers.get('etag')], [304, '', tag], condition);
      }
      assert.equal((await service.request(url, { headers: { 'if-none-match': '"other"' } })).status, 200);
    }
  }
  assert.equal(tags.size, DOCUMENTS.length);
});

test('documents that are not there are told apart: unknown, not ready, failed, deleted, lost', async () => {
  const [waiting, failed, deleted, lost] = [newId('waiting'), newId('failed'), newId('deleted'), newId('lost')];
  await service.putRow(waiting, RGB);
  await service.putRow(deleted, RGB, { viewpoint_status: { S: 'DELETED' } });
  await service.process(failed, definitionOf('samples/text-file.tif'), WAIT);
  await service.process(lost, RGB, WAIT);
  await rm(join(service.config.volumeRoot, lost), { recursive: true });

  for (const [path] of DOCUMENTS) {
    const ask = async (viewpointId: string) => codeOf(await service.request(`/latest/viewpoints/${viewpointId}/image/${path}`));
    assert.deepEqual(await ask(newId('none')), [404, 'viewpoint_not_found']);
    assert.deepEqual(await ask(waiting), [409, 'viewpoint_not_ready']);
    assert.deepEqual(await ask(failed), [409, 'viewpoint_not_ready']);
    assert.deepEqual(await ask(deleted), [410, 'viewpoint_deleted']);
    assert.deepEqual(await ask(lost), [404, 'artifact_missing']);
  }
  const { json } = await service.request(`/viewpoints/${failed}/image/metadata`);
  assert.match((json as { detail: string }).detail, /FAILED: The file is not in any image format/);
});

test('a lost document is there again after the viewpoint is forced', async () => {
  const viewpointId = newId('forced');
  await service.process(viewpointId, RGB, WAIT);
  const before = await service.request(`/viewpoints/${viewpointId}/image/info`);
  await rm(join(service.config.volumeRoot, viewpointId, 'rgb-striped.tif.geojson'));
  await service.process(viewpointId, { force: true }, WAIT);
  const again = await service.request(`/viewpoints/${viewpointId}/image/info`);
  assert.deepEqual([again.status, again.text, again.headers.get('etag')], [200, before.text, before.headers.get('etag')]);
});
