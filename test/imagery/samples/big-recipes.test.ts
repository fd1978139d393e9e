import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import gdal from 'gdal-async';
import { BIG_NAMES, BIG_RECIPES, makeBig } from '../../../src/imagery/samples/big-recipes.js';
import { temporaryFolder } from './temporary-folder.js';

/** Not a whole number of strips or blocks of any of them, so that the last ones are cut. */
const EDGE_PIXELS = 2600;

for (const name of BIG_NAMES) {
  test(`large sample ${name}, in small, has its layout, corners and georeference`, async (t) => {
    const { driver, bandCount, scale, fileName } = BIG_RECIPES[name];
    const folder = temporaryFolder(t);
    const path = await makeBig(name, folder, EDGE_PIXELS);
    assert.equal(basename(path), fileName);
    assert.deepEqual(readdirSync(folder), [fileName]);

    const dataset = gdal.open(path, 'r', driver);
    t.after(() => dataset.close());
    assert.deepEqual([dataset.rasterSize.x, dataset.rasterSize.y, dataset.bands.count()], [EDGE_PIXELS, EDGE_PIXELS, bandCount]);
    dataset.bands.forEach((band, bandNumber) => {
      const last = EDGE_PIXELS - 1;
      const corners = [band.pixels.get(0, 0), band.pixels.get(last, 0), band.pixels.get(0, last), band.pixels.get(last, last)];
      const tones = [10 + bandNumber, 30 + bandNumber, 220 + bandNumber, 240 + bandNumber];
      assert.deepEqual(corners, scale === 'byte' ? tones : tones.map((tone) => tone * 24));
    });
    const [x0 = NaN, dx = NaN, , y0 = NaN, , dy = NaN] = dataset.geoTransform ?? [];
    for (const [actual, expected] of [[x0, 10 - 0.5 / 3600], [dx, 1 / 3600], [y0, 40 + 0.5 / 3600], [dy, -1 / 3600]] as const) {
      assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} instead of ${expected}`);
    }
  });
}

test('the sparse sample leaves blocks out, the one of holes is as long as its pixels', async (t) => {
  const folder = temporaryFolder(t);
  const pixelBytes = EDGE_PIXELS ** 2 * 2;
  assert.ok(statSync(await makeBig('sparse20g', folder, EDGE_PIXELS)).size < pixelBytes / 2);
  assert.ok(statSync(await makeBig('holes20g', folder, EDGE_PIXELS)).size > pixelBytes);
});
