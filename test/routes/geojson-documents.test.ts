import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mkdtemp, rm } from 'node:fs/promises';
import { after, test } from 'node:test';
import { ARTIFACT_SUFFIXES } from '../../src/domain/artifacts.js';
import { makeSample } from '../../src/imagery/samples/recipes.js';
import { assertStacItem } from '../domain/stac/item-schema.js';
import { definitionOf, startTestService, WAIT } from '../support/service.js';

const service = await startTestService();
const folder = await mkdtemp(join(tmpdir(), 'geojson-documents-'));
after(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

await service.putObject('images/antimeridian-utm.tif', await readFile(await makeSample('antimeridian-utm', folder)));
assert.equal((await service.process('pacific', definitionOf('images/antimeridian-utm.tif', { viewpoint_name: 'Pacific' }), WAIT)).status, 200);

test('the outline of the image is served as GeoJSON', async () => {
  const { status, headers, json } = await service.request('/viewpoints/pacific/image/footprint');
  assert.equal(status, 200);
  assert.match(headers.get('content-type') ?? '', /^application\/geo\+json/);
  const { id, geometry, properties } = json as { id: string; geometry: { type: string }; properties: { sensor_model: string } };
  assert.deepEqual([id, geometry.type, properties.sensor_model], ['pacific', 'MultiPolygon', 'affine']);
});

test('the image is served as a STAC Item whose relative links work', async () => {
  const { status, headers, json } = await service.request('/viewpoints/pacific/image/stac');
  assert.equal(status, 200);
  assert.match(headers.get('content-type') ?? '', /^application\/geo\+json/);
  assertStacItem(json);
  const { id, assets } = json as { id: string; assets: Record<string, { href: string; type: string }> };
  assert.equal(id, 'pacific');
  assert.equal(assets['image']?.href, `file://${join(service.config.volumeRoot, 'pacific', 'antimeridian-utm.tif')}`);
  for (const name of ['metadata', 'statistics', 'footprint']) {
    const path = new URL(assets[name]?.href ?? '', 'http://host/viewpoints/pacific/image/stac').pathname;
    const linked = await service.request(path);
    assert.equal(linked.status, 200, path);
    assert.equal(linked.headers.get('content-type')?.split(';')[0], assets[name]?.type);
  }
});

test('both are cached by their tags, like the other documents', async () => {
  for (const name of ['footprint', 'stac']) {
    const tag = (await service.request(`/viewpoints/pacific/image/${name}`)).headers.get('etag') ?? '';
    const again = await service.request(`/viewpoints/pacific/image/${name}`, { headers: { 'if-none-match': tag } });
    assert.deepEqual([again.status, again.text], [304, '']);
  }
});

test('both are of this service alone: the tile server has no such paths', async () => {
  for (const prefix of ['/latest', '/v1_0']) {
    for (const name of ['footprint', 'stac']) assert.equal((await service.request(`${prefix}/viewpoints/pacific/image/${name}`)).status, 404);
  }
});

test('the files lie beside the image, where the tile server deletes them with it', async () => {
  const image = join(service.config.volumeRoot, 'pacific', 'antimeridian-utm.tif');
  for (const suffix of [ARTIFACT_SUFFIXES.outline, ARTIFACT_SUFFIXES.stac]) assert.equal((JSON.parse(await readFile(image + suffix, 'utf8')) as { id: string }).id, 'pacific');
});

test('an object whose name ends like one of these files is refused, since it would be taken for it', async () => {
  for (const suffix of ['.footprint', '.stac']) {
    const { status, json } = await service.process(`named${suffix}`, definitionOf(`images/image${suffix}`));
    assert.deepEqual([status, (json as { code: string }).code], [422, 'unusable_object_key']);
  }
});
