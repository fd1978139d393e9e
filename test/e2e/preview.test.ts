import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { makeSample } from '../../src/imagery/samples/recipes.js';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pngPixels } from '../imagery/png-pixels.js';
import { definitionOf, newId, startTestService, WAIT, type TestService } from '../support/service.js';

let service: TestService;
let folder: string;

before(async () => {
  service = await startTestService();
  folder = await mkdtemp(join(tmpdir(), 'preview-'));
  for (const name of ['byte-nodata', 'colour-table', 'utm-tiled'] as const) await service.putObject(`${name}.tif`, await readFile(await makeSample(name, folder)));
});

after(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

async function ready(objectKey: string, changes: Parameters<typeof definitionOf>[1] = {}): Promise<string> {
  const id = newId('preview');
  const { status } = await service.process(id, definitionOf(objectKey, changes), WAIT);
  assert.equal(status, 200);
  return id;
}

async function preview(id: string, query = '', headers: Record<string, string> = {}) {
  const response = await fetch(`${service.url}/viewpoints/${id}/image/preview.png${query}`, { headers });
  return { status: response.status, headers: response.headers, body: new Uint8Array(await response.arrayBuffer()) };
}

test('a preview shows the whole image, at most 1024 pixels to a side, with nothing where there is no data', async () => {
  const small = pngPixels((await preview(await ready('byte-nodata.tif'))).body);
  assert.deepEqual([small.width, small.height, small.bands.length], [500, 400, 2]);
  assert.deepEqual([small.bands[1]?.[0], small.bands[1]?.[200 * 500 + 100]], [255, 0]);
  const { body, headers } = await preview(await ready('utm-tiled.tif'));
  const large = pngPixels(body);
  assert.deepEqual([large.width, large.height], [1024, 983]);
  assert.equal(headers.get('content-type'), 'image/png');
});

test('a preview is adjusted as the tiles of the viewpoint are, unless the request says otherwise', async () => {
  const id = await ready('utm-tiled.tif', { range_adjustment: 'DRA' });
  const [own, dra, minmax, none] = [await preview(id), await preview(id, '?range_adjustment=DRA'), await preview(id, '?range_adjustment=MINMAX'), await preview(id, '?range_adjustment=NONE')];
  assert.deepEqual(own.body, dra.body);
  assert.equal(own.headers.get('etag'), dra.headers.get('etag'));
  assert.notDeepEqual(minmax.body, dra.body);
  // Values of up to 5784 as they are: white nearly everywhere.
  assert.ok((pngPixels(none.body).bands[0] ?? []).filter((value) => value === 255).length > 0.9 * 1024 * 983);
  assert.equal((await preview(id, '?range_adjustment=GAMMA')).status, 422);
});

test('a caller that has the preview gets no second copy until the viewpoint is processed again', async () => {
  const id = await ready('colour-table.tif');
  const { headers } = await preview(id);
  const eTag = headers.get('etag') ?? '';
  assert.match(eTag, /^"[\w-]+"$/);
  assert.equal((await preview(id, '', { 'if-none-match': eTag })).status, 304);
  await service.process(id, { force: true }, WAIT);
  const again = await preview(id, '', { 'if-none-match': eTag });
  assert.equal(again.status, 200);
  assert.notEqual(again.headers.get('etag'), eTag);
});

test('there is no preview of what is not ready or not there', async () => {
  assert.equal((await preview(newId('unknown'))).status, 404);
  const id = newId('failed');
  await service.process(id, definitionOf('no-such-image.tif'), WAIT);
  assert.equal((await preview(id)).status, 409);
});

test('previews leave the files of the viewpoint alone', async () => {
  const id = await ready('byte-nodata.tif');
  const path = join(service.config.volumeRoot, id, 'byte-nodata.tif.aux.xml');
  const before = await stat(path);
  await preview(id, '?range_adjustment=DRA');
  assert.deepEqual((await stat(path)).mtimeMs, before.mtimeMs);
});

test('many previews at a time are all answered, with one after the other drawn', async () => {
  const id = await ready('byte-nodata.tif');
  const answers = await Promise.all(Array.from({ length: 12 }, () => preview(id)));
  assert.deepEqual(answers.map(({ status }) => status), new Array(12).fill(200));
});
