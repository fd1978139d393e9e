import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import gdal from 'gdal-async';
import type { RangeAdjustment } from '../../src/domain/viewpoint.js';
import { makeVerificationTile } from '../../src/imagery/child/verification-tile.js';
import { makeSample } from '../../src/imagery/samples/recipes.js';
import { complexTiff } from './complex-tiff.js';
import { startDecoder } from './decoder-fixture.js';
import { pngPixels, type PngPixels } from './png-pixels.js';
import { noise, writeGeoTiff } from './raster-fixture.js';

const decoder = startDecoder();

/** The verification tile of an image whose pyramid is made. */
async function tileOf(path: string, tileSize: number, rangeAdjustment: RangeAdjustment = 'NONE'): Promise<PngPixels> {
  await decoder.pyramid(path, { tileSize, rangeAdjustment });
  const dataset = gdal.drivers.get('GTiff').open(path, 'r');
  try {
    return pngPixels(await makeVerificationTile(dataset, { imagePath: path, tileSize, rangeAdjustment }));
  } finally {
    dataset.close();
  }
}

async function previewOf(path: string, rangeAdjustment: RangeAdjustment = 'NONE', maximumEdgePixels = 1024): Promise<PngPixels> {
  const { png, width, height } = await decoder.run('preview', { imagePath: path, maximumEdgePixels, rangeAdjustment });
  const pixels = pngPixels(png);
  assert.deepEqual([pixels.width, pixels.height], [width, height]);
  return pixels;
}

/** An image of so many bands, each of one value: 10, 20, 30 … */
function bandsOfTens(count: number, options: Record<string, string> = {}): string {
  const bands = Array.from({ length: count }, (_, index) => new Array<number>(64 * 48).fill(10 * (index + 1)));
  return writeGeoTiff(decoder.folder(), { width: 64, height: 48, type: 'Byte', bands, options });
}

/** The one value of each band. */
const values = ({ bands }: PngPixels) => bands.map((band) => { const [only, ...others] = new Set(band); assert.deepEqual(others, []); return only; });

for (const [bandCount, options, shown] of [
  [1, {}, [10]],
  [2, { PHOTOMETRIC: 'MINISBLACK' }, [10]],
  [2, { ALPHA: 'YES' }, [10, 20]],
  [3, { PHOTOMETRIC: 'RGB' }, [10, 20, 30]],
  [3, { PHOTOMETRIC: 'MINISBLACK' }, [10, 20, 30]],
  [4, { PHOTOMETRIC: 'RGB', ALPHA: 'YES' }, [10, 20, 30, 40]],
  [4, { PHOTOMETRIC: 'MINISBLACK' }, [10, 20, 30]],
  [5, { PHOTOMETRIC: 'RGB', ALPHA: 'NO' }, [10, 20, 30]],
  [8, { PHOTOMETRIC: 'MINISBLACK' }, [10, 20, 30]],
] as const) {
  test(`the tile of ${bandCount} bands (${Object.values(options).join(', ') || 'plain'}) shows ${shown.length} of them`, async () => {
    const tile = await tileOf(bandsOfTens(bandCount, options), 32);
    assert.deepEqual([tile.width, tile.height], [32, 32]);
    assert.deepEqual(values(tile), shown);
  });
}

test('colours are found by their interpretation, wherever they stand', async () => {
  const bands = [10, 20, 30, 40, 50].map((value) => new Array<number>(64).fill(value));
  const path = writeGeoTiff(decoder.folder(), {
    width: 8,
    height: 8,
    type: 'Byte',
    bands,
    options: { PHOTOMETRIC: 'MINISBLACK' },
    prepare(dataset) {
      const order = [gdal.GCI_Undefined, gdal.GCI_BlueBand, gdal.GCI_GreenBand, gdal.GCI_RedBand, gdal.GCI_AlphaBand];
      for (const [index, colour] of order.entries()) dataset.bands.get(index + 1).colorInterpretation = colour;
    },
  });
  assert.deepEqual(values(await tileOf(path, 8)), [40, 30, 20, 50]);
});

test('an image that is smaller than a tile makes a tile of its own size', async () => {
  const tile = await tileOf(bandsOfTens(1), 512);
  assert.deepEqual([tile.width, tile.height], [64, 48]);
});

test('indices are shown in the colours of their table', async () => {
  const path = await makeSample('colour-table', decoder.folder());
  const dataset = gdal.drivers.get('GTiff').open(path, 'r');
  const indices = [...dataset.bands.get(1).pixels.read(0, 0, 300, 200, new Uint8Array(300 * 200))];
  dataset.close();
  for (const picture of [await tileOf(path, 512, 'DRA'), await previewOf(path, 'MINMAX')]) {
    assert.deepEqual(picture.bands, [indices.map((index) => index * 17), indices.map((index) => 255 - index * 17), indices.map((index) => index * 8)]);
  }
});

test('pixels of one bit are black and white', async () => {
  const path = await makeSample('one-bit', decoder.folder());
  assert.deepEqual([...new Set((await tileOf(path, 512)).bands[0])].sort(), [0, 255]);
});

/** By the letter of the formula that the tile server uses: ends of the range in whole buckets of the band's histogram. */
function adjustedByHand(pixels: readonly number[], buckets: number, adjustment: 'MINMAX' | 'DRA'): number[] {
  const [minimum, maximum] = [Math.min(...pixels), Math.max(...pixels)];
  const width = (maximum - minimum) / buckets;
  const counts = new Array<number>(buckets).fill(0);
  for (const pixel of pixels) {
    const bucket = Math.min(buckets - 1, Math.floor((pixel - minimum) / width));
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  let seen = 0;
  const cumulative = counts.map((count) => (seen += count));
  const first = counts.findIndex((count) => count > 0);
  const last = counts.findLastIndex((count) => count > 0);
  let [low, high] = [first, last];
  if (adjustment === 'DRA') {
    const eMin = cumulative.findIndex((count) => count >= 0.02 * pixels.length);
    let eMax = buckets - 1;
    while ((cumulative[eMax] ?? 0) > 0.98 * pixels.length) eMax--;
    low = Math.max(first, eMin - 0.2 * (eMax - eMin));
    high = Math.min(last, eMax + 0.4 * (eMax - eMin));
  }
  const [black, white] = [minimum + low * width, minimum + high * width];
  return pixels.map((pixel) => Math.floor(Math.min(255, Math.max(0, ((pixel - black) * 255) / (white - black))) + 0.5));
}

const SKEWED = noise(96 * 64, 2048).map((value, index) => Math.floor((value * value) / 2048) + (index % 7));
for (const [what, type, pixels, buckets] of [
  ['11-bit', 'UInt16', SKEWED, Math.max(...SKEWED) - Math.min(...SKEWED)],
  ['16-bit', 'UInt16', noise(96 * 64, 65_521), null],
  ['signed', 'Int16', noise(96 * 64, 3000).map((value) => value - 1500), null],
  ['float', 'Float32', noise(96 * 64, 4096).map((value) => value / 512 - 3), 255],
] as const) {
  for (const adjustment of ['MINMAX', 'DRA'] as const) {
    test(`${adjustment} of ${what} pixels is what the formula gives, pixel for pixel`, async () => {
      const path = writeGeoTiff(decoder.folder(), { width: 96, height: 64, type, bands: [pixels] });
      const expected = adjustedByHand([...pixels], buckets ?? Math.max(...pixels) - Math.min(...pixels), adjustment);
      assert.deepEqual((await tileOf(path, 512, adjustment)).bands[0], expected);
      assert.deepEqual((await previewOf(path, adjustment)).bands[0], expected);
    });
  }
}

test('a constant band and an empty one are drawn black by any adjustment', async () => {
  const constant = await makeSample('constant-band', decoder.folder());
  const empty = await makeSample('empty-band', decoder.folder());
  for (const adjustment of ['MINMAX', 'DRA'] as const) {
    const path = writeGeoTiff(decoder.folder(), { width: 20, height: 10, type: 'Float32', bands: [new Array<number>(200).fill(42)] });
    assert.deepEqual(values(await tileOf(path, 16, adjustment)), [0]);
    for (const sample of [constant, empty]) assert.equal((await tileOf(sample, 512, adjustment)).bands.length, 1);
  }
});

test('NaN is black in a tile and transparent in a preview', async () => {
  const path = writeGeoTiff(decoder.folder(), { width: 4, height: 1, type: 'Float32', bands: [[Number.NaN, 0, 50, 100]] });
  // 255 buckets of 100/255 each: black is 0, white the lower end of the last bucket.
  const white = (100 * 254) / 255;
  const shades = [0, 50, 100].map((value) => Math.floor(Math.min(255, (value * 255) / white) + 0.5));
  assert.deepEqual((await tileOf(path, 4, 'MINMAX')).bands, [[0, ...shades]]);
  assert.deepEqual((await previewOf(path, 'MINMAX')).bands, [[0, ...shades], [0, 255, 255, 255]]);
});

test('pixels without data are transparent in a preview when no band has any', async () => {
  const path = writeGeoTiff(decoder.folder(), { width: 4, height: 1, type: 'Byte', bands: [[0, 0, 5, 5], [0, 6, 6, 0], [0, 7, 7, 7]], noData: 0, options: { PHOTOMETRIC: 'RGB' } });
  await decoder.pyramid(path);
  const { bands } = await previewOf(path);
  assert.deepEqual(bands, [[0, 0, 5, 5], [0, 6, 6, 0], [0, 7, 7, 7], [0, 255, 255, 255]]);
});

test('an alpha band stays what it is, whatever the adjustment', async () => {
  const path = await makeSample('rgba', decoder.folder());
  await decoder.pyramid(path);
  const [plain, adjusted] = [await previewOf(path, 'NONE'), await previewOf(path, 'DRA')];
  assert.equal(adjusted.bands.length, 4);
  assert.deepEqual(adjusted.bands[3], plain.bands[3]);
  assert.notDeepEqual(adjusted.bands[0], plain.bands[0]);
});

test('complex pixels are previewed by their magnitude', async () => {
  const path = join(decoder.folder(), 'complex.tif');
  writeFileSync(path, complexTiff(2, 2, [[3, 4], [0, -13], [-8, 15], [1, 0]]));
  await decoder.pyramid(path);
  assert.deepEqual((await previewOf(path)).bands, [[5, 13, 17, 1]]);
});

test('a preview of a large image comes from its overviews and fits the edge that is asked for', async () => {
  const path = await makeSample('overview-levels', decoder.folder());
  const picture = await previewOf(path, 'NONE', 512);
  assert.deepEqual([picture.width, picture.height], [512, 478]);
  // The smallest level that suffices, 563 × 525, is all 160 in its middle.
  assert.equal(picture.bands[0]?.[239 * 512 + 256], 160);
});

test('a preview leaves nothing beside the image', async () => {
  const path = join(decoder.folder(), 'complex.tif');
  writeFileSync(path, complexTiff(2, 1, [[3, 4], [0, 1]]));
  await previewOf(path, 'DRA');
  assert.deepEqual(readdirSync(dirname(path)), ['complex.tif']);
});

test('a mask inside the image makes pixels of a reduced preview transparent too', async () => {
  const path = join(decoder.folder(), 'masked.tif');
  gdal.config.set('GDAL_TIFF_INTERNAL_MASK', 'YES');
  try {
    const dataset = gdal.drivers.get('GTiff').create(path, 1300, 1100, 1, 'Byte');
    const GMF_PER_DATASET = 2;
    dataset.bands.get(1).createMaskBand(GMF_PER_DATASET);
    dataset.bands.get(1).fill(50);
    dataset.bands.get(1).getMaskBand()?.pixels.write(0, 0, 1300, 1100, new Uint8Array(1300 * 1100).fill(255, 1300 * 550));
    dataset.close();
  } finally {
    gdal.config.set('GDAL_TIFF_INTERNAL_MASK', null);
  }
  const { overviews } = await decoder.pyramid(path);
  assert.equal(overviews, 'built');
  const { bands, width, height } = await previewOf(path, 'NONE', 650);
  assert.deepEqual([width, height, bands.length], [650, 550, 2]);
  const column = (band: number[] | undefined) => [100, 270, 279, 450].map((row) => band?.[row * 650 + 300]);
  assert.deepEqual(column(bands[1]), [0, 0, 255, 255]);
  assert.equal(bands[0]?.[450 * 650 + 300], 50);
});
