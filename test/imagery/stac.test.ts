import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import gdal from 'gdal-async';
import { ARTIFACT_SUFFIXES } from '../../src/domain/artifacts.js';
import { RADAR_COLLECTED, RADAR_INCIDENCE_DEGREES } from '../../src/imagery/samples/radar-documents.js';
import { makeSample, SAMPLE_NAMES, SAMPLE_RECIPES, type SampleName } from '../../src/imagery/samples/recipes.js';
import { assertStacItem } from '../domain/stac/item-schema.js';
import { startDecoder } from './decoder-fixture.js';
import { readOutline } from './read-documents.js';
import { writeNitf } from './write-nitf.js';

const decoder = startDecoder();
const driverNames = gdal.drivers.getNames();
const canMake = (name: SampleName): boolean => driverNames.includes(SAMPLE_RECIPES[name].requiresDriver ?? 'GTiff');

interface Item {
  id: string;
  bbox?: number[];
  geometry: object | null;
  properties: Record<string, unknown>;
  assets: Record<string, { href: string; type: string; 'file:size'?: number; 'proj:shape'?: number[]; bands?: Band[] }>;
}

interface Band {
  data_type: string;
  nodata?: number | string;
  statistics?: { minimum: number; maximum: number; mean: number; stddev: number; valid_percent?: number };
  'raster:bits_per_sample'?: number;
  'raster:sampling'?: string;
  'raster:histogram'?: { count: number; min: number; max: number; buckets: number[] };
}

/** The item of an image that has gone through the pyramid step too. */
async function itemOf(path: string): Promise<Item> {
  await decoder.pyramid(path);
  await decoder.documents(path, { publishedPath: '/volume/stac-test/image', viewpointId: 'stac-test', viewpointName: 'A test' });
  const item: unknown = JSON.parse(readFileSync(path + ARTIFACT_SUFFIXES.stac, 'utf8'));
  assertStacItem(item);
  return item as Item;
}

const STAC_TYPES: Record<string, string> = { Byte: 'uint8', UInt16: 'uint16', Int16: 'int16', Float32: 'float32', CFloat32: 'cfloat32' };

for (const name of SAMPLE_NAMES.filter((each) => SAMPLE_RECIPES[each].endsAs.status === 'READY')) {
  test(`the STAC Item of sample ${name} is valid and tells its bands, size and place`, { skip: !canMake(name) }, async () => {
    const { truth } = SAMPLE_RECIPES[name];
    assert.ok(truth);
    const path = await makeSample(name, decoder.folder());
    const sizeBytes = statSync(path).size;
    const { id, bbox, geometry, properties, assets } = await itemOf(path);
    const outline = readOutline(path);
    assert.deepEqual([id, bbox, geometry], ['stac-test', outline.bbox, outline.geometry]);
    assert.deepEqual(properties['proj:shape'], [truth.heightPixels, truth.widthPixels]);
    assert.equal(assets['image']?.href, 'file:///volume/stac-test/image');
    assert.equal(assets['image']['file:size'], sizeBytes);
    const bands = assets['image'].bands ?? [];
    assert.deepEqual(bands.map((band) => band.data_type), Array.from({ length: truth.bandCount }, () => STAC_TYPES[truth.dataType] ?? 'unknown'));
    if (truth.noDataValue !== null) assert.deepEqual([...new Set(bands.map(({ nodata }) => nodata))], [truth.noDataValue]);
    if (name === 'side-files' || name === 'complex') return; // whose statistics came along, or are of magnitudes
    for (const [index, band] of bands.entries()) {
      const range: readonly [number, number] | null = truth.valueRanges[index] ?? null;
      const { statistics, 'raster:histogram': histogram } = band;
      // Samples this small are measured pixel by pixel.
      assert.deepEqual(statistics === undefined ? null : [statistics.minimum, statistics.maximum], range === null ? null : [...range], `band ${index + 1}`);
      if (range === null || histogram === undefined) continue;
      assert.equal(histogram.count, histogram.buckets.length);
    }
  });
}

test('the projection is that of the dataset', async () => {
  const { properties } = await itemOf(await makeSample('antimeridian-utm', decoder.folder()));
  assert.equal(properties['proj:code'], 'EPSG:32760');
  assert.deepEqual(properties['proj:transform'], [60, 0, 810_000, 0, -60, 8_130_000]);
  assert.deepEqual(properties['proj:bbox'], [810_000, 8_118_000, 828_000, 8_130_000]);
  assert.deepEqual((properties['proj:projjson'] as { id: object }).id, { authority: 'EPSG', code: 32760 });
});

test('overviews in a file of their own are an asset', async () => {
  const { assets } = await itemOf(await makeSample('nitf-byte', decoder.folder()));
  assert.equal(assets['image']?.type, 'application/vnd.nitf');
  const path = join(decoder.folder(), 'large.tif');
  const dataset = gdal.drivers.get('GTiff').create(path, 2100, 2100, 1, gdal.GDT_Byte);
  dataset.bands.get(1).fill(1);
  dataset.close();
  const large = await itemOf(path);
  const { href, 'file:size': sizeBytes, 'proj:shape': shape } = large.assets['overviews'] ?? assert.fail();
  assert.deepEqual([href, sizeBytes, shape], ['file:///volume/stac-test/image.ovr', statSync(`${path}.ovr`).size, [1050, 1050]]);
});

test('the bits of a sample and what it stands for are told', async () => {
  const path = join(decoder.folder(), 'twelve-bits.tif');
  const dataset = gdal.drivers.get('GTiff').create(path, 40, 30, 1, gdal.GDT_UInt16, { NBITS: 12 });
  dataset.srs = gdal.SpatialReference.fromEPSG(4326);
  dataset.geoTransform = [10, 0.1, 0, 50, 0, -0.1];
  dataset.close();
  const [band] = (await itemOf(path)).assets['image']?.bands ?? [];
  assert.deepEqual([band?.data_type, band?.['raster:bits_per_sample'], band?.['raster:sampling']], ['uint16', 12, 'area']);
});

test('radar documents tell when and how steeply the image was taken', async () => {
  for (const name of ['nitf-sicd', 'nitf-sidd'] as const) {
    const { properties } = await itemOf(await makeSample(name, decoder.folder()));
    assert.equal(properties['datetime'], RADAR_COLLECTED);
    assert.ok(Math.abs(Number(properties['view:incidence_angle']) - RADAR_INCIDENCE_DEGREES) < 1e-9);
  }
});

test('TREs tell the acquisition date and the angles of sun and view', async () => {
  const path = writeNitf(join(decoder.folder(), 'image.ntf'), {
    size: [64, 48],
    tres: { STDIDC: '20010203040506'.padEnd(89), USE00A: `${' '.repeat(21)}12.50${' '.repeat(71)}+41.2133.7` },
  });
  const { properties } = await itemOf(path);
  assert.equal(properties['datetime'], '2001-02-03T04:05:06.000Z');
  assert.deepEqual([properties['view:incidence_angle'], properties['view:sun_elevation'], properties['view:sun_azimuth']], [12.5, 41.2, 133.7]);
});

test('a time of the tool and not of the image is no acquisition time', async () => {
  const { properties } = await itemOf(writeNitf(join(decoder.folder(), 'image.ntf'), { size: [64, 48] }));
  assert.equal(properties['datetime'], null);
});

test('nodata that is not a number is written as STAC wants it', async () => {
  const path = join(decoder.folder(), 'nan.tif');
  const dataset = gdal.drivers.get('GTiff').create(path, 40, 30, 1, gdal.GDT_Float32);
  dataset.bands.get(1).noDataValue = Number.NaN;
  dataset.bands.get(1).pixels.write(0, 0, 40, 30, Float32Array.from({ length: 1200 }, (_, index) => (index < 300 ? Number.NaN : index)));
  dataset.close();
  const [band] = (await itemOf(path)).assets['image']?.bands ?? [];
  assert.equal(band?.nodata, 'nan');
  assert.deepEqual([band.statistics?.minimum, band.statistics?.maximum, band.statistics?.valid_percent], [300, 1199, 75]);
});
