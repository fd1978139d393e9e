import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stacItem, type StacItemFacts } from '../../../src/domain/stac/stac-item.js';
import { assertStacItem } from './item-schema.js';

const FACTS: StacItemFacts = {
  viewpointId: 'harbour-1',
  viewpointName: 'Harbour',
  now: new Date('2026-05-04T03:02:01Z'),
  acquired: { start: '2024-01-02T03:04:05.000Z', end: '2024-01-02T03:04:05.000Z' },
  footprint: { geometry: { type: 'Polygon', coordinates: [[[0, 0], [1, 0], [1, 1], [0, 0]]] }, boundingBox: [0, 0, 1, 1] },
  grid: { width: 200, height: 100, geotransform: null, projjson: null },
  bands: [{ number: 1, dataType: 'UInt16', colourInterpretation: 'Gray', noData: null, unit: null, scale: null, offset: null, bitsPerSample: null, sampling: null, statistics: null, histogram: null }],
  view: {},
  image: { path: '/volume/harbour-1/a name with #1 and ü.tif', sizeBytes: 40_000, driver: 'GTiff', isCloudOptimized: true },
  overviews: null,
};

interface Item {
  bbox?: number[];
  stac_extensions: string[];
  properties: Record<string, unknown>;
  assets: Record<string, { href: string; type: string; [field: string]: unknown }>;
}

const itemOf = (changes: Partial<StacItemFacts> = {}): Item => {
  const item = stacItem({ ...FACTS, ...changes });
  assertStacItem(item);
  return item as Item;
};

test('an image on the volume is named by a file URL, and the documents beside the item by relative ones', () => {
  const { assets } = itemOf({ overviews: { path: '/volume/harbour-1/a.tif.ovr', sizeBytes: 9, first: { width: 100, height: 50 } } });
  assert.equal(assets['image']?.href, 'file:///volume/harbour-1/a%20name%20with%20%231%20and%20%C3%BC.tif');
  assert.equal(assets['image'].type, 'image/tiff; application=geotiff; profile=cloud-optimized');
  assert.equal(assets['overviews']?.href, 'file:///volume/harbour-1/a.tif.ovr');
  assert.equal(new URL(assets['footprint']?.href ?? '', 'https://host/viewpoints/harbour-1/image/stac').pathname, '/viewpoints/harbour-1/image/footprint');
});

test('an image that cannot be placed has no geometry and no box', () => {
  assert.equal(itemOf({ footprint: null }).bbox, undefined);
});

test('an image that does not say when it was taken was taken before it was processed', () => {
  const { properties } = itemOf({ acquired: null });
  assert.deepEqual([properties['datetime'], properties['start_datetime'], properties['end_datetime']], [null, '1858-01-01T00:00:00Z', '2026-05-04T03:02:01.000Z']);
});

test('a moment is one time, a span is two', () => {
  assert.equal(itemOf().properties['datetime'], '2024-01-02T03:04:05.000Z');
  const { properties } = itemOf({ acquired: { start: '2024-01-02T00:00:00.000Z', end: '2024-01-02T23:59:59.000Z' } });
  assert.deepEqual([properties['datetime'], properties['start_datetime'], properties['end_datetime']], [null, '2024-01-02T00:00:00.000Z', '2024-01-02T23:59:59.000Z']);
});

test('the raster extension is used where a band has one of its fields', () => {
  const [band] = FACTS.bands;
  assert.ok(band);
  assert.ok(!itemOf().stac_extensions.some((each) => each.includes('raster')));
  assert.ok(itemOf({ bands: [band, { ...band, number: 2, sampling: 'area' }] }).stac_extensions.some((each) => each.includes('raster')));
});

test('what of the projection is the image’s alone is said anew of the preview and the overviews', () => {
  const { assets } = itemOf({ grid: { width: 4096, height: 2048, geotransform: null, projjson: null }, overviews: { path: '/volume/a.tif.ovr', sizeBytes: 9, first: { width: 2048, height: 1024 } } });
  assert.deepEqual([assets['preview']?.['proj:code'], assets['preview']?.['proj:shape']], [null, [512, 1024]]);
  assert.deepEqual([assets['overviews']?.['proj:code'], assets['overviews']?.['proj:shape']], [undefined, [1024, 2048]]);
  assert.equal(assets['image']?.['proj:shape'], undefined);
});

test('the view extension is used where an angle is known', () => {
  const view = itemOf({ view: { 'view:sun_elevation': 12.5 } });
  assert.equal(view.properties['view:sun_elevation'], 12.5);
  assert.equal(view.stac_extensions.length, itemOf().stac_extensions.length + 1);
});

test('the schema that items are held against refuses what the specification does', () => {
  const item = stacItem(FACTS) as Record<string, unknown>;
  const refused = [
    { ...item, stac_version: '1.0.0' },
    { ...item, bbox: undefined },
    { ...item, geometry: null },
    { ...item, geometry: { type: 'Polygon', coordinates: [[[0, 0], [1, 1]]] } },
    { ...item, properties: {} },
    { ...item, properties: { datetime: null } },
    { ...item, properties: { datetime: '2024-01-02' } },
    { ...item, properties: { datetime: '2024-01-02T03:04:05Z', 'proj:epsg': 4326 } },
    { ...item, links: [{ rel: 'self', href: 'stac' }] },
    { ...item, assets: { image: { type: 'image/png' } } },
    { ...item, assets: { image: { href: 'a', bands: [{ data_type: 'Byte' }] } } },
  ];
  for (const document of refused) assert.throws(() => assertStacItem(JSON.parse(JSON.stringify(document))), JSON.stringify(document));
});
