import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import gdal from 'gdal-async';
import { ViewpointError } from '../../src/domain/errors.js';
import { overviewFactors } from '../../src/domain/overview-levels.js';
import type { ImageSize } from '../../src/imagery/protocol.js';
import { makeSample, SAMPLE_NAMES, SAMPLE_RECIPES, type SampleName } from '../../src/imagery/samples/recipes.js';
import { withSideMetadata } from '../../src/imagery/samples/write-raster.js';
import { startDecoder } from './decoder-fixture.js';

const decoder = startDecoder();
const driverNames = gdal.drivers.getNames();
const canMake = (name: SampleName) => driverNames.includes(SAMPLE_RECIPES[name].requiresDriver ?? 'GTiff');

/** Sizes and pixels of every overview of every band. */
function overviewsOf(path: string, driver: string): { x: number; y: number; pixels: number[] }[][] {
  const dataset = gdal.drivers.get(driver).open(path, 'r');
  try {
    return dataset.bands.map((band) =>
      band.overviews.map(({ size: { x, y }, pixels }) => ({ x, y, pixels: [...pixels.read(0, 0, x, y, new Float64Array(x * y))] })),
    );
  } finally {
    dataset.close();
  }
}

/** What GDAL itself makes of the image, in another folder. */
function gdalOverviews(path: string, fileName: string, driver: string, factors: number[]): ReturnType<typeof overviewsOf> {
  const copy = join(decoder.folder(), fileName);
  copyFileSync(path, copy);
  const dataset = gdal.drivers.get(driver).open(copy, 'r');
  dataset.buildOverviews('CUBIC', factors);
  dataset.close();
  return overviewsOf(copy, driver);
}

for (const name of SAMPLE_NAMES.filter((each) => SAMPLE_RECIPES[each].endsAs.status === 'READY')) {
  test(`the pyramid of sample ${name} is what its size calls for`, { skip: !canMake(name) }, async () => {
    const { truth, fileName, sideFiles } = SAMPLE_RECIPES[name];
    assert.ok(truth);
    const path = await makeSample(name, decoder.folder());
    const original = readFileSync(path);
    const report = await decoder.pyramid(path);
    const bringsOverviews = truth.overviews !== null && name !== 'truncated-overviews';
    const factors = bringsOverviews ? [] : overviewFactors(truth.widthPixels, truth.heightPixels);

    assert.deepEqual([report.driver, report.width, report.height, report.bandCount, report.dataType], [truth.driver, truth.widthPixels, truth.heightPixels, truth.bandCount, truth.dataType]);
    assert.equal(report.overviews, bringsOverviews ? (truth.overviews.where === 'internal' ? 'internal' : 'delivered') : factors.length > 0 ? 'built' : 'none');
    assert.equal(report.overviewCount, bringsOverviews ? truth.overviews.levels.length : factors.length);
    assert.ok(existsSync(`${path}.aux.xml`));
    assert.ok(readFileSync(path).equals(original), 'the image itself is left as it came');
    const expected = [fileName, `${fileName}.aux.xml`, ...(report.overviews === 'internal' || report.overviews === 'none' ? [] : [`${fileName}.ovr`])];
    const neighbours = sideFiles.filter((file) => !file.startsWith(fileName));
    assert.deepEqual(readdirSync(join(path, '..')).sort(), [...expected, ...neighbours].sort(), 'nothing else is left beside it');
    if (report.overviews === 'built') assert.deepEqual(overviewsOf(path, truth.driver), gdalOverviews(path, fileName, truth.driver, factors));
  });
}

test('levels that come with the image are left as they are, even when there are too few of them', async () => {
  for (const [name, values] of [['overview-levels', [120, 140, 160]], ['partial-overviews', [120]]] as const) {
    const path = await makeSample(name, decoder.folder());
    await decoder.pyramid(path);
    const middles = overviewsOf(path, 'GTiff')[0]?.map(({ x, y, pixels }) => pixels[(y >> 1) * x + (x >> 1)]);
    assert.deepEqual(middles, values);
  }
});

test('an .ovr that came whole is used, and one that is cut short is replaced', async () => {
  const whole = await makeSample('side-files', decoder.folder());
  await decoder.pyramid(whole);
  assert.equal(overviewsOf(whole, 'GTiff')[0]?.[0]?.pixels[375 * 750], 77);

  const cut = await makeSample('truncated-overviews', decoder.folder());
  const { rejectedSideFiles } = await decoder.pyramid(cut);
  assert.equal(rejectedSideFiles.length, 1);
  assert.match(rejectedSideFiles[0] ?? '', /^\.ovr: it cannot be read \(truncated-overviews\.tif\.ovr, band 1: IReadBlock failed/);
});

test('an .ovr that was made for an image of another size is replaced', async () => {
  const path = await makeSample('rgb-striped', decoder.folder());
  const other = await makeSample('side-files', decoder.folder());
  copyFileSync(`${other}.ovr`, `${path}.ovr`);
  const { overviews, rejectedSideFiles } = await decoder.pyramid(path);
  assert.equal(overviews, 'built');
  assert.deepEqual(rejectedSideFiles, ['.ovr: it was made for another image']);
  assert.deepEqual(overviewsOf(path, 'GTiff')[0]?.map(({ x, y }) => [x, y]), [[1050, 750]]);
});

test('an .aux.xml that is no whole PAM document is replaced, and a whole one without statistics completed', async () => {
  for (const [text, reason] of [
    ['<PAMDataset><Metadata>', ['.aux.xml: it is not a complete PAM document']],
    ['not XML at all', ['.aux.xml: it is not a complete PAM document']],
    ['<PAMDataset>\n  <Metadata>\n    <MDI key="OWNER">Survey</MDI>\n  </Metadata>\n</PAMDataset>\n', []],
  ] as const) {
    const path = await makeSample('ungeoreferenced', decoder.folder());
    writeFileSync(`${path}.aux.xml`, text);
    const { statistics, rejectedSideFiles } = await decoder.pyramid(path);
    assert.equal(statistics, 'computed');
    assert.deepEqual(rejectedSideFiles, reason);
    const side = readFileSync(`${path}.aux.xml`, 'utf8');
    assert.match(side, /STATISTICS_MAXIMUM">241</);
    assert.equal(side.includes('Survey'), text.includes('Survey'));
  }
});

test('statistics that came with the image are kept', async () => {
  const path = await makeSample('side-files', decoder.folder());
  const before = readFileSync(`${path}.aux.xml`, 'utf8');
  assert.equal((await decoder.pyramid(path)).statistics, 'delivered');
  assert.equal(readFileSync(`${path}.aux.xml`, 'utf8'), before);
});

for (const name of ['foreign-aux-xml', 'disguised-ovr'] as const) {
  test(`nothing of another file gets into the pyramid of sample ${name}`, async () => {
    const path = await makeSample(name, decoder.folder());
    const { rejectedSideFiles, overviewCount } = await decoder.pyramid(path);
    assert.equal(rejectedSideFiles.length, 1);
    assert.equal(overviewCount, 0);
    assert.doesNotMatch(readFileSync(`${path}.aux.xml`, 'utf8'), /neighbour/);
  });
}

for (const name of SAMPLE_NAMES.filter((each) => SAMPLE_RECIPES[each].endsAs.status === 'FAILED' && each !== 'empty-file')) {
  test(`sample ${name} fails for the right reason, in words`, { skip: !canMake(name) }, async () => {
    const { endsAs } = SAMPLE_RECIPES[name];
    assert.ok(endsAs.status === 'FAILED');
    const path = await makeSample(name, decoder.folder());
    await assert.rejects(decoder.pyramid(path), (error: { code?: string; message: string }) => {
      assert.equal(error.code, endsAs.code);
      assert.match(error.message, /^[A-Z].{20}/s);
      assert.doesNotMatch(error.message, /\/tmp\//);
      return true;
    });
  });
}

test('an image with overviews whose end is cut off fails, although its overviews are whole', { skip: !driverNames.includes('COG') }, async () => {
  const path = await makeSample('cloud-optimized', decoder.folder());
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length * 0.9)));
  await assert.rejects(decoder.pyramid(path), { code: 'image_corrupt', message: /^The pixels of the image cannot be read: / });
});

test('an image of more samples than are allowed is refused before any work', async () => {
  const path = await makeSample('rgb-striped', decoder.folder());
  await assert.rejects(decoder.pyramid(path, { maximumSamples: 2100 * 1500 * 3 - 1 }), { code: 'image_too_large' });
  assert.deepEqual(readdirSync(join(path, '..')), ['rgb-striped.tif']);
  assert.equal((await decoder.pyramid(path, { maximumSamples: 2100 * 1500 * 3 })).overviews, 'built');
});

test('an image says what its overviews take, and whoever has no room for them stops it before any work', async () => {
  const path = join(decoder.folder(), 'immense.tif');
  withSideMetadata(gdal, false, () => {
    const options = { SPARSE_OK: 'TRUE', TILED: 'YES', BLOCKXSIZE: 8192, BLOCKYSIZE: 8192, BIGTIFF: 'YES', COMPRESS: 'DEFLATE' };
    gdal.drivers.get('GTiff').create(path, 2_000_000, 2_000_000, 2, 'Byte', options).close();
  });
  const request = { imagePath: path, tileSize: 512, rangeAdjustment: 'NONE', maximumSamples: 1e15, exactStatistics: false } as const;
  let sideFileBytes = 0;
  const onSized = (size: ImageSize) => {
    ({ sideFileBytes } = size);
    return Promise.reject(new ViewpointError('disk_full', 'no room'));
  };
  await assert.rejects(decoder.pool.run('pyramid', request, { signal: new AbortController().signal, timeoutMs: 60_000, onSized }), { code: 'disk_full' });
  // Eleven levels of two bands: a quarter, a sixteenth … of the pixels, and at each level at most a row and a column more.
  assert.ok(Math.abs(sideFileBytes / (2 * (2_000_000 ** 2 / 3)) - 1) < 1e-5, `${sideFileBytes}`);
  assert.deepEqual(readdirSync(join(path, '..')), ['immense.tif']);
});

test('complex images get overviews too, which GDAL has no cubic convolution for', async () => {
  const path = join(decoder.folder(), 'radar.tif');
  withSideMetadata(gdal, false, () => {
    const dataset = gdal.drivers.get('GTiff').create(path, 1400, 1200, 1, 'CFloat32');
    dataset.bands.get(1).fill(3);
    dataset.close();
  });
  const { overviews, overviewCount } = await decoder.pyramid(path);
  assert.deepEqual([overviews, overviewCount], ['built', 1]);
  assert.deepEqual([...new Set(overviewsOf(path, 'GTiff')[0]?.[0]?.pixels)], [3]);
});

test('progress rises to nearly all of the work', async () => {
  const path = await makeSample('utm-tiled', decoder.folder());
  const fractions: number[] = [];
  await decoder.pool.run(
    'pyramid',
    { imagePath: path, tileSize: 512, rangeAdjustment: 'DRA', maximumSamples: 64e9, exactStatistics: false },
    { signal: new AbortController().signal, timeoutMs: 60_000, onProgress: (fraction) => fractions.push(fraction) },
  );
  assert.ok(fractions.length > 0);
  assert.deepEqual(fractions, [...fractions].sort((a, b) => a - b));
  assert.ok(fractions.every((fraction) => fraction >= 0 && fraction <= 1));
});

for (const type of ['Byte', 'Int8', 'UInt16', 'Int16', 'UInt32', 'Int32', 'UInt64', 'Int64', 'Float32', 'Float64', 'CInt16', 'CInt32', 'CFloat32', 'CFloat64']) {
  // GDAL has signed bytes as a type of their own since 3.7.
  const isKnown = type !== 'Int8' || Number(/^\d+\.(\d+)/.exec(gdal.version)?.[1]) >= 7;
  test(`an image of type ${type} becomes a whole viewpoint`, { skip: !isKnown }, async () => {
    const path = join(decoder.folder(), `${type}.tif`);
    withSideMetadata(gdal, false, () => {
      const dataset = gdal.drivers.get('GTiff').create(path, 1300, 1100, 2, type, { TILED: 'YES', COMPRESS: 'DEFLATE' });
      dataset.bands.get(1).fill(7);
      dataset.bands.get(1).pixels.write(0, 0, 100, 100, new Float64Array(100 * 100).fill(3));
      dataset.bands.get(2).fill(90);
      dataset.close();
    });
    const report = await decoder.pyramid(path, { rangeAdjustment: 'DRA' });
    assert.deepEqual([report.dataType, report.overviews, report.overviewCount], [type, 'built', 1]);
    await decoder.documents(path);
    const { image_statistics: document } = JSON.parse(readFileSync(`${path}.stats`, 'utf8')) as { image_statistics: { bands: { minimum: number; maximum: number; mean: number }[] } };
    const mean = 7 - (4 * 100 * 100) / (1300 * 1100);
    assert.deepEqual(document.bands.map(({ minimum, maximum }) => [minimum, maximum]), [[3, 7], [90, 90]]);
    assert.ok(Math.abs((document.bands[0]?.mean ?? 0) - mean) < 0.001);
    const { png } = await decoder.run('preview', { imagePath: path, maximumEdgePixels: 256, rangeAdjustment: 'MINMAX' });
    assert.ok(png.length > 100);
  });
}

test('an image of hundreds of bands becomes a whole viewpoint', async () => {
  const path = join(decoder.folder(), 'hyperspectral.tif');
  withSideMetadata(gdal, false, () => {
    const dataset = gdal.drivers.get('GTiff').create(path, 40, 30, 300, 'Int16', { INTERLEAVE: 'BAND' });
    dataset.bands.forEach((band, bandNumber) => band.fill(bandNumber));
    dataset.close();
  });
  assert.equal((await decoder.pyramid(path, { rangeAdjustment: 'DRA' })).bandCount, 300);
  await decoder.documents(path);
  const { image_statistics: document } = JSON.parse(readFileSync(`${path}.stats`, 'utf8')) as { image_statistics: { bands: { minimum: number }[] } };
  assert.equal(document.bands[299]?.minimum, 300);
});
