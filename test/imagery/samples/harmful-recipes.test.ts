import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { test } from 'node:test';
import gdal from 'gdal-async';
import { ALLOWED_DRIVERS } from '../../../src/imagery/drivers.js';
import { NEIGHBOUR_VALUE } from '../../../src/imagery/samples/hostile-recipes.js';
import { makeSample, SAMPLE_NAMES, SAMPLE_RECIPES } from '../../../src/imagery/samples/recipes.js';
import { temporaryFolder } from './temporary-folder.js';

const driverNames = gdal.drivers.getNames();

/** Opens the path with the driver alone; null when it declines. */
function openWith(driverName: string, path: string): gdal.Dataset | null {
  try {
    return gdal.drivers.get(driverName).open(path);
  } catch {
    return null;
  }
}

for (const name of SAMPLE_NAMES.filter((each) => SAMPLE_RECIPES[each].readable === 'nothing')) {
  test(`no allowed driver finds a raster in sample ${name}`, async (t) => {
    const recipe = SAMPLE_RECIPES[name];
    const folder = temporaryFolder(t);
    const path = await makeSample(name, folder);
    assert.deepEqual(readdirSync(folder).sort(), [recipe.fileName, ...recipe.sideFiles].sort());
    assert.equal(recipe.endsAs.status, 'FAILED');
    assert.equal(recipe.truth, null);
    for (const driverName of ALLOWED_DRIVERS.filter((each) => driverNames.includes(each))) {
      const dataset = openWith(driverName, path);
      assert.equal(dataset?.bands.count() ?? 0, 0, driverName);
      dataset?.close();
    }
  });
}

for (const name of ['truncated-pixels', 'truncated-jpeg2000'] as const) {
  test(`sample ${name} opens, and its pixels cannot be read`, { skip: !driverNames.includes(SAMPLE_RECIPES[name].requiresDriver ?? 'GTiff') }, async (t) => {
    const { truth } = SAMPLE_RECIPES[name];
    assert.ok(truth);
    const dataset = gdal.open(await makeSample(name, temporaryFolder(t)), 'r', truth.driver);
    t.after(() => dataset.close());
    assert.deepEqual([dataset.rasterSize.x, dataset.rasterSize.y, dataset.bands.count()], [truth.widthPixels, truth.heightPixels, truth.bandCount]);
    const { pixels } = dataset.bands.get(1);
    const [cornerPixel] = pixels.read(0, 0, 1, 1);
    assert.equal(cornerPixel, truth.cornerValues.upperLeft[0]);
    assert.throws(() => pixels.read(0, 0, truth.widthPixels, truth.heightPixels));
  });
}

test('the bombs are small files of huge rasters', async (t) => {
  const folder = temporaryFolder(t);
  for (const [name, width, bandCount, mostBytes] of [['pixel-bomb', 200_000, 3, 10_000], ['band-bomb', 16, 32_513, 300_000]] as const) {
    const path = await makeSample(name, folder);
    assert.ok(statSync(path).size < mostBytes);
    const dataset = gdal.open(path, 'r', 'GTiff');
    assert.deepEqual([dataset.rasterSize.x, dataset.rasterSize.y, dataset.bands.count()], [width, width, bandCount]);
    dataset.close();
    assert.equal(SAMPLE_RECIPES[name].truth?.bandCount, bandCount);
  }
});

test('the truncated overviews open and cannot be read to their end', async (t) => {
  const dataset = gdal.open(await makeSample('truncated-overviews', temporaryFolder(t)), 'r', 'GTiff');
  t.after(() => dataset.close());
  const overview = dataset.bands.get(1).overviews.get(0);
  assert.deepEqual([overview.size.x, overview.size.y], [750, 650]);
  assert.throws(() => overview.pixels.read(0, 0, 750, 650));
});

for (const name of ['foreign-overviews', 'foreign-aux-xml', 'disguised-ovr'] as const) {
  test(`an unwary reader of sample ${name} gets the pixels of another file as overview`, async (t) => {
    const dataset = gdal.open(await makeSample(name, temporaryFolder(t)), 'r', 'GTiff');
    t.after(() => dataset.close());
    assert.equal(dataset.bands.get(1).overviews.get(0).pixels.get(0, 0), NEIGHBOUR_VALUE);
  });
}

test('an unwary reader of sample disguised-vrt gets the pixels of another file', async (t) => {
  const dataset = gdal.open(await makeSample('disguised-vrt', temporaryFolder(t)));
  t.after(() => dataset.close());
  assert.equal(dataset.driver.description, 'VRT');
  assert.equal(dataset.bands.get(1).pixels.get(0, 0), NEIGHBOUR_VALUE);
});

test('sample disguised-raw-vrt asks for the bytes of a system file', async (t) => {
  assert.match(readFileSync(await makeSample('disguised-raw-vrt', temporaryFolder(t)), 'utf8'), /<SourceFilename relativeToVRT="0">\/etc\/passwd</);
});

test('sample nitf-no-image is taken for NITF', async (t) => {
  const path = await makeSample('nitf-no-image', temporaryFolder(t));
  assert.equal(readFileSync(path, 'latin1').slice(0, 9), 'NITF02.10');
});

test('sample nitf-two-images has a second segment of its own size and value', async (t) => {
  const path = await makeSample('nitf-two-images', temporaryFolder(t));
  const dataset = gdal.open(`NITF_IM:1:${path}`);
  t.after(() => dataset.close());
  assert.deepEqual([dataset.rasterSize.x, dataset.rasterSize.y], [64, 48]);
  assert.equal(dataset.bands.get(1).pixels.get(63, 47), 200);
});
