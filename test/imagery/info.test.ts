import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import gdal from 'gdal-async';
import { makeSample, type SampleName } from '../../src/imagery/samples/recipes.js';
import { startDecoder } from './decoder-fixture.js';

/** Images whose drivers ask PROJ for the datum before the CRS (GeoTIFF keys), after it, and not at all. */
const IMAGES: readonly SampleName[] = ['utm-tiled', 'nitf-byte', 'rgb-striped', 'ungeoreferenced', 'north-pole'];

test('an image has one description, whatever the process did before', async () => {
  const descriptions = new Map<string, Set<string>>();
  for (const order of [IMAGES, [...IMAGES].reverse()]) {
    const decoder = startDecoder();
    for (const name of [...order, ...order]) {
      const path = await makeSample(name, join(decoder.folder(), name));
      await decoder.documents(path, { publishedPath: `/volume/${name}` });
      const known = descriptions.get(name) ?? new Set();
      descriptions.set(name, known.add(readFileSync(`${path}.stats`, 'utf8')));
    }
  }
  for (const [name, texts] of descriptions) assert.equal(texts.size, 1, `${name}: ${[...texts].join('\n')}`);
});

test('WGS 84 and ETRS89 are described as the datum ensembles that they are', async () => {
  const decoder = startDecoder();
  for (const [code, ensemble] of [[32633, 'World Geodetic System 1984 ensemble'], [25833, 'European Terrestrial Reference System 1989 ensemble']] as const) {
    const path = join(decoder.folder(), `${code}.tif`);
    const dataset = gdal.drivers.get('GTiff').create(path, 20, 10, 1, gdal.GDT_Byte);
    dataset.srs = gdal.SpatialReference.fromEPSG(code);
    dataset.geoTransform = [500_000, 10, 0, 5_000_000, 0, -10];
    dataset.close();
    await decoder.documents(path);
    const { image_statistics: info } = JSON.parse(readFileSync(`${path}.stats`, 'utf8')) as { image_statistics: { coordinateSystem: { wkt: string } } };
    assert.ok(info.coordinateSystem.wkt.includes(`ENSEMBLE["${ensemble}"`), info.coordinateSystem.wkt);
  }
});
