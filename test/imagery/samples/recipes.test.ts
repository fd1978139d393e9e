import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import gdal from 'gdal-async';
import type { RasterTruth } from '../../../src/imagery/samples/recipe.js';
import { isSampleName, makeSample, SAMPLE_NAMES, SAMPLE_RECIPES } from '../../../src/imagery/samples/recipes.js';
import { CORNERS, type Corner } from '../../../src/imagery/samples/sample-pattern.js';
import { assertGeoreference } from './assert-georeference.js';
import { temporaryFolder } from './temporary-folder.js';

const driverNames = gdal.drivers.getNames();
const canMake = (name: (typeof SAMPLE_NAMES)[number]): boolean => {
  const { requiresDriver } = SAMPLE_RECIPES[name];
  return requiresDriver === undefined || driverNames.includes(requiresDriver);
};

/** What GDAL takes for their overviews is cut short or another image's; the service removes it. */
const MISLEADING_SIDE_FILES: ReadonlySet<string> = new Set(['truncated-overviews', 'foreign-aux-xml', 'disguised-ovr']);

for (const name of SAMPLE_NAMES.filter((each) => SAMPLE_RECIPES[each].readable === 'pixels')) {
  test(`sample ${name} holds what its recipe says`, { skip: !canMake(name) }, async (t) => {
    const folder = temporaryFolder(t);
    const recipe = SAMPLE_RECIPES[name];
    const { truth } = recipe;
    assert.ok(truth);
    const path = await makeSample(name, folder);
    assert.equal(path, join(folder, recipe.fileName));
    assert.deepEqual(readdirSync(folder).sort(), [recipe.fileName, ...recipe.sideFiles].sort());

    const dataset = gdal.open(path, 'r', truth.driver);
    try {
      assertHeader(dataset, truth);
      assertPixels(dataset, truth);
      if (recipe.endsAs.status === 'READY' && !MISLEADING_SIDE_FILES.has(name)) assertOverviews(dataset, truth);
      assertGeoreference(dataset, truth);
    } finally {
      dataset.close();
    }
  });
}

test('every sample is the same bytes each time it is made, wherever that is', async (t) => {
  const [first, second] = [temporaryFolder(t), temporaryFolder(t)];
  for (const name of SAMPLE_NAMES.filter(canMake)) {
    await makeSample(name, first);
    await makeSample(name, second);
  }
  const digests = (folder: string): string[] =>
    readdirSync(folder).map((file) => `${file} ${createHash('sha256').update(readFileSync(join(folder, file))).digest('hex')}`);
  assert.deepEqual(digests(first), digests(second));

  const totalBytes = readdirSync(first).reduce((sum, file) => sum + statSync(join(first, file)).size, 0);
  assert.ok(totalBytes < 60e6, `${totalBytes} bytes`);
});

test('a sample made anew does not inherit side files', async (t) => {
  const folder = temporaryFolder(t);
  const path = await makeSample('side-files', folder);
  const before = readFileSync(`${path}.aux.xml`, 'utf8');
  await makeSample('side-files', folder);
  assert.equal(readFileSync(`${path}.aux.xml`, 'utf8'), before);
  assert.match(before, /STATISTICS_MAXIMUM">241</);
  assert.match(before, /<Histograms>/);
});

test('making a sample leaves the options of GDAL as they were', async (t) => {
  const before = gdal.config.get('GDAL_PAM_ENABLED');
  await makeSample('ungeoreferenced', temporaryFolder(t));
  assert.equal(gdal.config.get('GDAL_PAM_ENABLED'), before);
});

test('the catalogue has one entry per name and per file', () => {
  assert.equal(new Set(SAMPLE_NAMES).size, SAMPLE_NAMES.length);
  assert.equal(new Set(SAMPLE_NAMES.map((name) => SAMPLE_RECIPES[name].fileName)).size, SAMPLE_NAMES.length);
  for (const name of SAMPLE_NAMES) assert.equal(SAMPLE_RECIPES[name].name, name);
  assert.ok(isSampleName('rgb-striped'));
  assert.ok(!isSampleName('toString'));
});

test('the truths are the numbers that the images were meant to have', () => {
  const corners = (name: (typeof SAMPLE_NAMES)[number]): unknown => SAMPLE_RECIPES[name].truth?.georeference?.corners;
  assert.deepEqual(SAMPLE_RECIPES['overview-levels'].truth?.overviews?.levels, [
    { widthPixels: 2250, heightPixels: 2100, bodyValue: 120 },
    { widthPixels: 1125, heightPixels: 1050, bodyValue: 140 },
    { widthPixels: 563, heightPixels: 525, bodyValue: 160 },
  ]);
  assert.deepEqual(SAMPLE_RECIPES['float32-gaps'].truth?.validPixelCounts, [600 * 400 - 120 * 100 - 80 * 60]);
  assert.deepEqual(SAMPLE_RECIPES['empty-band'].truth?.valueRanges, [[-5850, 5650], null]);
  assert.deepEqual(SAMPLE_RECIPES['constant-band'].truth?.valueRanges, [[11, 241], [42, 42]]);
  assertNear(corners('rotated'), { upperLeft: [12, 45], upperRight: [12.24, 45.18], lowerLeft: [12.12, 44.84], lowerRight: [12.36, 45.02] });
  assertNear(corners('antimeridian-degrees'), { upperLeft: [179, -17], upperRight: [181, -17], lowerLeft: [179, -18], lowerRight: [181, -18] });
  // By hand: (11.5 + 320·0.0002) / (1 + 320·0.000002) and so on.
  assertNear(corners('four-gcps'), {
    upperLeft: [11.5, 48.2],
    upperRight: [11.564 / 1.00064, 48.2064 / 1.00064],
    lowerLeft: [11.5072 / 1.00024, 48.152 / 1.00024],
    lowerRight: [11.5712 / 1.00088, 48.1584 / 1.00088],
  });
});

function assertNear(actual: unknown, expected: Record<Corner, [number, number]>): void {
  const corners = actual as Record<Corner, [number, number]>;
  for (const corner of CORNERS) {
    assert.ok(Math.abs(corners[corner][0] - expected[corner][0]) < 1e-9, `longitude of ${corner}: ${corners[corner].join(', ')}`);
    assert.ok(Math.abs(corners[corner][1] - expected[corner][1]) < 1e-9, `latitude of ${corner}: ${corners[corner].join(', ')}`);
  }
}

function assertHeader(dataset: gdal.Dataset, truth: RasterTruth): void {
  assert.equal(dataset.driver.description, truth.driver);
  assert.deepEqual([dataset.rasterSize.x, dataset.rasterSize.y], [truth.widthPixels, truth.heightPixels]);
  assert.equal(dataset.bands.count(), truth.bandCount);
  for (const band of dataset.bands) {
    assert.equal(band.dataType, truth.dataType);
    assert.equal(band.noDataValue, truth.noDataValue);
  }
}

function assertPixels(dataset: gdal.Dataset, truth: RasterTruth): void {
  const { widthPixels, heightPixels, cornerPixels } = truth;
  dataset.bands.forEach((band, bandNumber) => {
    const read = (x: number, y: number, width: number, height: number): Float64Array =>
      band.pixels.read(x, y, width, height, new Float64Array(width * height));
    for (const corner of CORNERS) {
      const x = corner.endsWith('Left') ? 0 : widthPixels - cornerPixels;
      const y = corner.startsWith('upper') ? 0 : heightPixels - cornerPixels;
      assert.deepEqual([...new Set(read(x, y, cornerPixels, cornerPixels))], [truth.cornerValues[corner][bandNumber - 1]], `${corner}, band ${bandNumber}`);
    }

    let count = 0;
    let minimum = Infinity;
    let maximum = -Infinity;
    for (const value of read(0, 0, widthPixels, heightPixels)) {
      if (Number.isNaN(value) || value === truth.noDataValue) continue;
      count++;
      if (value < minimum) minimum = value;
      if (value > maximum) maximum = value;
    }
    assert.equal(count, truth.validPixelCounts[bandNumber - 1]);
    assert.deepEqual(count === 0 ? null : [minimum, maximum], truth.valueRanges[bandNumber - 1]);
  });
}

function assertOverviews(dataset: gdal.Dataset, truth: RasterTruth): void {
  const levels = truth.overviews?.levels ?? [];
  dataset.bands.forEach((band, bandNumber) => {
    assert.equal(band.overviews.count(), levels.length);
    levels.forEach((level, index) => {
      const overview = band.overviews.get(index);
      assert.deepEqual([overview.size.x, overview.size.y], [level.widthPixels, level.heightPixels]);
      assert.equal(overview.pixels.get(0, 0), truth.cornerValues.upperLeft[bandNumber - 1]);
      assert.equal(overview.pixels.get(level.widthPixels - 1, level.heightPixels - 1), truth.cornerValues.lowerRight[bandNumber - 1]);
      if (level.bodyValue === null) return;
      const middle = overview.pixels.read(0, level.heightPixels >> 1, level.widthPixels, 1, new Float64Array(level.widthPixels));
      assert.deepEqual([...new Set(middle)], [level.bodyValue]);
    });
  });
}
