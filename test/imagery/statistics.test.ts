import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import gdal from 'gdal-async';
import { makeSample, SAMPLE_NAMES, SAMPLE_RECIPES } from '../../src/imagery/samples/recipes.js';
import { complexTiff } from './complex-tiff.js';
import { startDecoder } from './decoder-fixture.js';
import { noise, writeGeoTiff } from './raster-fixture.js';

const decoder = startDecoder();
const driverNames = gdal.drivers.getNames();

interface Band {
  minimum?: number;
  maximum?: number;
  mean?: number;
  stdDev?: number;
  histogram?: { min: number; max: number; count: number; buckets: number[] };
  metadata?: Record<string, Record<string, string>>;
}

/** The bands as gdalinfo describes them. */
function gdalInfo(path: string, options: string[]): Band[] {
  const driver = path.endsWith('.ntf') ? 'NITF' : path.endsWith('.jp2') ? 'JP2OpenJPEG' : path.endsWith('.png') ? 'PNG' : 'GTiff';
  const dataset = gdal.drivers.get(driver).open(path, 'r');
  try {
    return (JSON.parse(gdal.info(dataset, ['-json', ...options])) as { bands: Band[] }).bands;
  } finally {
    dataset.close();
  }
}

const items = (band: Band | undefined): Record<string, string | undefined> => band?.metadata?.[''] ?? {};
const percentiles = (band: Band | undefined) => [Number(items(band).STATISTICS_PERCENTILE_2), Number(items(band).STATISTICS_PERCENTILE_98)];

for (const name of SAMPLE_NAMES) {
  const { endsAs, truth, requiresDriver = 'GTiff' } = SAMPLE_RECIPES[name];
  if (endsAs.status !== 'READY' || truth === null) continue;
  test(`the statistics of sample ${name} are true`, { skip: !driverNames.includes(requiresDriver) }, async () => {
    const path = await makeSample(name, decoder.folder());
    await decoder.pyramid(path);
    const bands = gdalInfo(path, []);
    assert.deepEqual(bands.map(({ minimum, maximum }) => (minimum === undefined ? null : [minimum, maximum])), roundedRanges(truth.valueRanges));
    const pixels = truth.widthPixels * truth.heightPixels;
    for (const [index, count] of truth.validPixelCounts.entries()) {
      const percent = Number(items(bands[index]).STATISTICS_VALID_PERCENT);
      assert.ok(Math.abs(percent - (100 * count) / pixels) < 0.01, `${percent} % of band ${index + 1}`);
    }
  });
}

/** gdalinfo prints three decimals. */
function roundedRanges(ranges: readonly (readonly [number, number] | null)[]): (number[] | null)[] {
  return ranges.map((range) => range && range.map((value) => Number(value.toFixed(3))));
}

const SIZE = { width: 160, height: 120 };
const COUNT = SIZE.width * SIZE.height;
for (const [type, bands, noData] of [
  ['Byte', [noise(COUNT, 256), noise(COUNT, 17)], undefined],
  ['Byte', [noise(COUNT, 256)], 17],
  ['UInt16', [noise(COUNT, 65_536), noise(COUNT, 2048)], undefined],
  ['UInt16', [noise(COUNT, 1000)], 0],
  ['Int16', [noise(COUNT, 60_000).map((value) => value - 30_000)], -5],
  ['UInt32', [noise(COUNT, 2_000_000_000)], undefined],
  ['Int32', [noise(COUNT, 2_000_000_000).map((value) => value - 1_000_000_000)], undefined],
  ['Float32', [noise(COUNT, 1000).map((value) => value / 7)], undefined],
  ['Float32', [noise(COUNT, 1000).map((value) => (value < 100 ? -3.4028234663852886e38 : value / 7))], -3.4028234663852886e38],
  ['Float64', [noise(COUNT, 1000).map((value) => (value < 100 ? Number.NaN : value / 7))], undefined],
] as const) {
  test(`statistics and histogram of ${type}${noData === undefined ? '' : ` with nodata ${noData}`} are those that GDAL itself computes`, async () => {
    const path = writeGeoTiff(decoder.folder(), { ...SIZE, type, bands, ...(noData !== undefined && { noData }) });
    const copy = join(decoder.folder(), 'copy.tif');
    copyFileSync(path, copy);
    await decoder.pyramid(path);
    const [ours, theirs] = [gdalInfo(path, ['-hist']), gdalInfo(copy, ['-stats', '-hist'])];
    for (const [index, band] of ours.entries()) {
      const expected = theirs[index];
      assert.deepEqual(band.histogram?.buckets, expected?.histogram?.buckets);
      assertNear(band.histogram?.min, expected?.histogram?.min, 1e-12);
      assertNear(band.histogram?.max, expected?.histogram?.max, 1e-12);
      for (const item of ['MINIMUM', 'MAXIMUM', 'MEAN', 'STDDEV'] as const) assertNear(items(band)[`STATISTICS_${item}`], items(expected)[`STATISTICS_${item}`], 1e-12);
      // Two decimals, of which halves are rounded either way.
      assertNear(items(band).STATISTICS_VALID_PERCENT, items(expected).STATISTICS_VALID_PERCENT, 1.1e-4);
      assert.equal(items(band).STATISTICS_APPROXIMATE, undefined);
    }
  });
}

/** GDAL keeps 14 digits. */
function assertNear(actual: string | number | undefined, expected: string | number | undefined, relativeTolerance: number): void {
  const [number, wanted] = [Number(actual), Number(expected)];
  assert.ok(Math.abs(number - wanted) <= relativeTolerance * Math.abs(wanted), `${number}, not ${wanted}`);
}

test('gdalinfo without options shows what is stored, and reads no pixel for it', async () => {
  const path = writeGeoTiff(decoder.folder(), { ...SIZE, type: 'UInt16', bands: [noise(COUNT, 5000)] });
  await decoder.pyramid(path);
  const before = gdalInfo(path, ['-nomd', '-hist']);
  // Nearly all of the pixels are gone; the header and the side file are left.
  writeFileSync(path, readFileSync(path).subarray(0, 2000));
  assert.deepEqual(gdalInfo(path, ['-nomd', '-hist']), before);
  assert.equal(typeof before[0]?.mean, 'number');
});

test('a percentile is a value below which so many of the pixels lie', async () => {
  const hundreds = Array.from({ length: 10_000 }, (_, index) => Math.floor(index / 100) + 1);
  const sized = { width: 100, height: 100 };
  for (const type of ['Byte', 'UInt16', 'Int16', 'Float32']) {
    const path = writeGeoTiff(decoder.folder(), { ...sized, type, bands: [hundreds] });
    await decoder.pyramid(path);
    const [low = 0, high = 0] = percentiles(gdalInfo(path, [])[0]);
    assert.ok(Math.abs(low - 2) < 0.01 && Math.abs(high - 98) < 0.01, `${type}: ${low}, ${high}`);
  }
});

test('complex pixels count by their magnitude', async () => {
  const path = join(decoder.folder(), 'complex.tif');
  // 3 + 4i, 0 − 13i, −8 + 15i, 1 + 0i: magnitudes 5, 13, 17 and 1, whose mean is 9.
  writeFileSync(path, complexTiff(2, 2, [[3, 4], [0, -13], [-8, 15], [1, 0]]));
  await decoder.pyramid(path, { rangeAdjustment: 'DRA' });
  const [band] = gdalInfo(path, ['-hist']);
  assert.deepEqual([band?.minimum, band?.maximum, band?.mean], [1, 17, 9]);
  // (64 + 16 + 64 + 16) / 4.
  assert.equal(Number(items(band).STATISTICS_STDDEV), Math.sqrt(40));
  assert.deepEqual(band?.histogram?.buckets.filter((count) => count > 0), [1, 1, 1, 1]);
});

test('a complex pixel of nodata is one whose real part is that and whose imaginary part is 0', async () => {
  const path = join(decoder.folder(), 'complex.tif');
  writeFileSync(path, complexTiff(2, 2, [[0, 0], [0, 2], [0, 0], [4, 0]]));
  writeFileSync(`${path}.aux.xml`, '<PAMDataset>\n  <PAMRasterBand band="1">\n    <NoDataValue>0.0</NoDataValue>\n  </PAMRasterBand>\n</PAMDataset>\n');
  await decoder.pyramid(path);
  const [band] = gdalInfo(path, []);
  assert.deepEqual([band?.minimum, band?.maximum, items(band).STATISTICS_VALID_PERCENT], [2, 4, '50']);
});

test('pixels behind a mask inside the file do not count', async () => {
  const path = join(decoder.folder(), 'masked.tif');
  gdal.config.set('GDAL_TIFF_INTERNAL_MASK', 'YES');
  try {
    const dataset = gdal.drivers.get('GTiff').create(path, 100, 50, 3, 'Byte');
    const GMF_PER_DATASET = 2;
    dataset.bands.get(1).createMaskBand(GMF_PER_DATASET);
    for (const band of dataset.bands) band.pixels.write(0, 0, 100, 50, Uint8Array.from({ length: 5000 }, (_, index) => (index % 100 < 30 ? 250 : 100)));
    dataset.bands.get(1).getMaskBand()?.pixels.write(0, 0, 100, 50, Uint8Array.from({ length: 5000 }, (_, index) => (index % 100 < 30 ? 0 : 255)));
    dataset.close();
  } finally {
    gdal.config.set('GDAL_TIFF_INTERNAL_MASK', null);
  }
  await decoder.pyramid(path);
  for (const band of gdalInfo(path, [])) assert.deepEqual([band.minimum, band.maximum, items(band).STATISTICS_VALID_PERCENT], [100, 100, '70']);
});

test('pixels that the alpha band makes invisible do not count, while those of the alpha band do', async () => {
  const alpha = Array.from({ length: 100 }, (_, index) => (index < 25 ? 0 : 255));
  const grey = alpha.map((value, index) => (value === 0 ? 7 : 50 + (index % 2)));
  const path = writeGeoTiff(decoder.folder(), { width: 10, height: 10, type: 'Byte', bands: [grey, alpha], options: { ALPHA: 'YES' } });
  await decoder.pyramid(path);
  const ranges = gdalInfo(path, []).map((band) => [band.minimum, band.maximum, items(band).STATISTICS_VALID_PERCENT]);
  assert.deepEqual(ranges, [[50, 51, '75'], [0, 255, '100']]);
});

test('a band without a valid pixel has no statistics, and the image and its documents are whole all the same', async () => {
  const path = await makeSample('empty-band', decoder.folder());
  await decoder.pyramid(path, { rangeAdjustment: 'DRA' });
  await decoder.documents(path);
  const { image_statistics: document } = JSON.parse(readFileSync(`${path}.stats`, 'utf8')) as { image_statistics: { bands: Band[] } };
  assert.deepEqual(document.bands.map(({ minimum, maximum }) => [minimum, maximum]), [[-5850, 5650], [undefined, undefined]]);
  assert.equal(items(gdalInfo(path, [])[1]).STATISTICS_VALID_PERCENT, '0');
});

test('only an image that is valid throughout is 100 percent valid', async () => {
  const pixels = new Array<number>(1000 * 300).fill(9);
  pixels[123_456] = 0;
  const path = writeGeoTiff(decoder.folder(), { width: 1000, height: 300, type: 'Byte', bands: [pixels], noData: 0 });
  await decoder.pyramid(path);
  assert.equal(items(gdalInfo(path, [])[0]).STATISTICS_VALID_PERCENT, '99.999');
});

test('of a large image an overview is measured, and every pixel when that is asked for', async () => {
  const folder = decoder.folder();
  // Nodata, so that the overviews are GDAL's own work; one bright pixel that no overview shows in full.
  const make = () => {
    const path = join(folder, `large-${performance.now()}.tif`);
    const dataset = gdal.drivers.get('GTiff').create(path, 6000, 6000, 1, 'Int16', { TILED: 'YES' });
    dataset.bands.get(1).noDataValue = -1;
    dataset.bands.get(1).fill(0);
    dataset.bands.get(1).pixels.set(4001, 3001, 1000);
    dataset.close();
    return path;
  };
  const [sampled, exact] = [make(), make()];
  await decoder.pyramid(sampled);
  await decoder.pyramid(exact, { exactStatistics: true });
  const [fromOverview, fromAll] = [gdalInfo(sampled, [])[0], gdalInfo(exact, [])[0]];
  assert.equal(items(fromOverview).STATISTICS_APPROXIMATE, 'YES');
  assert.ok((fromOverview?.maximum ?? 1000) < 1000);
  assert.equal(items(fromAll).STATISTICS_APPROXIMATE, undefined);
  assert.equal(fromAll?.maximum, 1000);
  assert.ok(Math.abs(Number(items(fromAll).STATISTICS_MEAN) - 1000 / 36e6) < 1e-12);
});
