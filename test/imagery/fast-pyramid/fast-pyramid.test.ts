import assert from 'node:assert/strict';
import { rmSync, truncateSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import gdal from 'gdal-async';
import { buildFastPyramid } from '../../../src/imagery/child/fast-pyramid/fast-pyramid.js';
import { planPyramid, type StripLimits } from '../../../src/imagery/child/fast-pyramid/plan.js';
import { noise } from '../raster-fixture.js';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fast-pyramid-'));
  gdal.config.set('GDAL_PAM_ENABLED', 'NO');
});
after(async () => {
  gdal.config.set('GDAL_PAM_ENABLED', null);
  await rm(folder, { recursive: true, force: true });
});

interface Image {
  size: readonly [width: number, height: number];
  type?: 'Byte' | 'UInt16';
  bandCount?: number;
  driver?: 'GTiff' | 'NITF';
  options?: Record<string, string | number>;
  pixels?: (x: number, y: number, greatest: number, random: number) => number;
  prepare?: (dataset: gdal.Dataset) => void;
}

const RANDOM = noise(1 << 20, 65_536);
const asNoise: NonNullable<Image['pixels']> = (_x, _y, greatest, random) => random & greatest;

function writeImage({ size: [width, height], type = 'Byte', bandCount = 1, driver = 'GTiff', options = {}, pixels = asNoise, prepare }: Image): string {
  const path = join(folder, driver === 'GTiff' ? 'image.tif' : 'image.ntf');
  for (const suffix of ['', '.ovr']) rmSync(path + suffix, { force: true });
  const dataset = gdal.drivers.get(driver).create(path, width, height, bandCount, type, options);
  prepare?.(dataset);
  const greatest = type === 'Byte' ? 255 : 65_535;
  dataset.bands.forEach((band, bandNumber) => {
    const row = new Float64Array(width);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) row[x] = pixels(x, y, greatest, RANDOM[(y * width + x + bandNumber * 7919) % RANDOM.length] ?? 0);
      band.pixels.write(0, y, width, 1, row);
    }
  });
  dataset.close();
  return path;
}

const DRIVERS = { tif: 'GTiff', ntf: 'NITF', png: 'PNG', bmp: 'BMP', img: 'HFA' } as const;
const open = (path: string) => gdal.drivers.get(DRIVERS[path.slice(-3) as keyof typeof DRIVERS]).open(path, 'r');

function overviewsOf(path: string): Buffer[] {
  const dataset = open(path);
  const overviews = dataset.bands.map((band) => band.overviews.map(({ size: { x, y }, pixels }) => pixels.read(0, 0, x, y)));
  dataset.close();
  return overviews.flat().map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength));
}

async function assertGdalsPixels(image: Image, stripLimits?: StripLimits): Promise<void> {
  await assertGdalsPixelsIn(writeImage(image), stripLimits);
}

/** Builds the overviews in both ways; the histogram of band 1 is that of its pixels. */
async function assertGdalsPixelsIn(path: string, stripLimits?: StripLimits): Promise<void> {
  const reference = open(path);
  const plan = planPyramid(reference, stripLimits);
  assert.ok(plan, 'the image is one for the fast way');
  reference.buildOverviews('CUBIC', plan.factors);
  reference.close();
  const expected = overviewsOf(path);
  rmSync(`${path}.ovr`);

  const dataset = open(path);
  const measurements = await buildFastPyramid(dataset, { imagePath: path, ...(stripLimits && { stripLimits }), onProgress: () => undefined });
  dataset.close();
  const actual = overviewsOf(path);
  assert.equal(actual.length, expected.length);
  for (const [index, pixels] of actual.entries()) assert.ok(pixels.equals(expected[index] ?? Buffer.alloc(0)), `level ${index % plan.factors.length} of band ${Math.floor(index / plan.factors.length) + 1} differs`);
  assert.equal(measurements?.get(1)?.histogram?.counts.reduce((sum, count) => sum + count, 0), plan.width * plan.height);
}

const TILED = { TILED: 'YES', BLOCKXSIZE: 128, BLOCKYSIZE: 128 };
const CONTENTS: Record<string, NonNullable<Image['pixels']>> = {
  noise: asNoise,
  'black and white noise': (_x, _y, greatest, random) => (random < 32_768 ? 0 : greatest),
  'the darkest values': (_x, _y, _greatest, random) => random % 3,
  'the brightest values': (_x, _y, greatest, random) => greatest - (random % 3),
  'a ramp': (x, y, greatest) => (x + y) & greatest,
  'stripes of two values, whose means lie on halves': (x, y) => 100 + (((x >> 1) + (y >> 2)) & 1),
  'large even steps': (x, y, greatest) => ((x >> 5) + (y >> 4)) & 1 ? greatest : 0,
};

for (const type of ['Byte', 'UInt16'] as const) {
  for (const [content, pixels] of Object.entries(CONTENTS)) {
    for (const size of [[1154, 1028], [1037, 1150], [1158, 1033], [1029, 1031]] as const) {
      test(`overviews of ${content} (${type}, ${size.join(' × ')}) have GDAL's pixels`, () => assertGdalsPixels({ size, type, pixels, options: TILED }));
    }
  }
  test(`every level of ${type} has GDAL's pixels, however the sizes halve`, async () => {
    for (const size of [[4100, 2056], [2051, 4101], [4098, 4106]] as const) await assertGdalsPixels({ size, type });
  });
  test(`all bands of ${type} have GDAL's pixels, whether they are stored together or apart`, async () => {
    for (const INTERLEAVE of ['PIXEL', 'BAND']) await assertGdalsPixels({ size: [1100, 1201], type, bandCount: 3, options: { PHOTOMETRIC: 'MINISBLACK', INTERLEAVE } });
    await assertGdalsPixels({ size: [2060, 2050], type, bandCount: 4, options: { PHOTOMETRIC: 'MINISBLACK', COMPRESS: 'LZW', ...TILED } });
  });
  test(`${type} in rows, strips, tiles and NITF blocks has GDAL's pixels`, async () => {
    const size = [1210, 1105] as const;
    for (const options of [{ BLOCKYSIZE: 1 }, { BLOCKYSIZE: 17 }, { BLOCKYSIZE: 1105 }, { TILED: 'YES', BLOCKXSIZE: 512, BLOCKYSIZE: 16 }, { TILED: 'YES', BLOCKXSIZE: 16, BLOCKYSIZE: 2048, COMPRESS: 'DEFLATE' }]) {
      await assertGdalsPixels({ size, type, options });
    }
    await assertGdalsPixels({ size, type, driver: 'NITF', options: { BLOCKXSIZE: 256, BLOCKYSIZE: 512 } });
    await assertGdalsPixels({ size, type, driver: 'NITF' });
  });
  test(`an image of ${type} that is cut into panels has GDAL's pixels across their borders`, async () => {
    const limits = { wantedBytes: 100_000, mostBytes: 300_000 * (type === 'Byte' ? 1 : 2) };
    for (const size of [[5000, 1100], [4999, 1101], [4097, 1026]] as const) await assertGdalsPixels({ size, type, options: TILED }, limits);
    await assertGdalsPixels({ size: [9001, 2051], type, options: TILED }, { ...limits, mostBytes: 2.5 * limits.mostBytes });
  });
}

test('an image of any size, type, contents and blocks has GDAL\'s pixels', async () => {
  const image = fc.record({
    size: fc.tuple(fc.integer({ min: 1025, max: 2300 }), fc.integer({ min: 1025, max: 2300 })),
    type: fc.constantFrom('Byte' as const, 'UInt16' as const),
    bandCount: fc.integer({ min: 1, max: 3 }),
    pixels: fc.constantFrom(...Object.values(CONTENTS)),
    options: fc.record({
      PHOTOMETRIC: fc.constant('MINISBLACK'),
      INTERLEAVE: fc.constantFrom('PIXEL', 'BAND'),
      TILED: fc.constantFrom('YES', 'NO'),
      BLOCKYSIZE: fc.integer({ min: 1, max: 40 }).map((rows) => 16 * rows),
      COMPRESS: fc.constantFrom('NONE', 'LZW', 'DEFLATE', 'PACKBITS'),
    }),
  });
  await fc.assert(fc.asyncProperty(image, (each) => assertGdalsPixels(each)), { numRuns: 8, endOnFailure: true });
});

test('an image in lossy compression or another format has GDAL\'s pixels', async () => {
  const image = { size: [1301, 1100], bandCount: 3, pixels: (x: number, y: number) => (x + 2 * y) & 255 } as const;
  await assertGdalsPixels({ ...image, options: { PHOTOMETRIC: 'YCBCR', COMPRESS: 'JPEG', ...TILED } });
  for (const [name, options] of [['copy.ntf', { IC: 'C3', BLOCKXSIZE: 256, BLOCKYSIZE: 256 }], ['copy.png', {}], ['copy.bmp', {}], ['copy.img', { COMPRESSED: 'YES' }]] as const) {
    const source = open(writeImage(image));
    const path = join(folder, name);
    gdal.drivers.get(DRIVERS[name.slice(-3) as keyof typeof DRIVERS]).createCopy(path, source, options).close();
    source.close();
    await assertGdalsPixelsIn(path);
  }
});

test('pixels of fewer bits than their type keep within them', async () => {
  await assertGdalsPixels({ size: [1154, 1060], type: 'UInt16', options: { NBITS: 11 }, pixels: (_x, _y, _greatest, random) => (random < 32_768 ? 0 : 2047) });
  await assertGdalsPixels({ size: [1155, 1060], type: 'Byte', options: { NBITS: 4 }, pixels: (_x, _y, _greatest, random) => (random < 32_768 ? 0 : 15) });
});

for (const [what, image] of [
  ['nodata', { prepare: (dataset) => (dataset.bands.get(1).noDataValue = 0) }],
  ['an alpha band', { bandCount: 4, options: { PHOTOMETRIC: 'RGB', ALPHA: 'YES' } }],
  ['a colour table', { options: { PHOTOMETRIC: 'PALETTE' }, prepare: (dataset) => (dataset.bands.get(1).colorTable = new gdal.ColorTable(gdal.GPI_RGB)) }],
  ['one bit per pixel', { options: { NBITS: 1 }, pixels: (x: number) => x & 1 }],
] as [string, Partial<Image>][]) {
  test(`an image with ${what} is left to GDAL`, async () => {
    const path = writeImage({ size: [1100, 1050], ...image });
    const dataset = open(path);
    assert.equal(await buildFastPyramid(dataset, { imagePath: path, onProgress: () => undefined }), null);
    assert.equal(dataset.bands.get(1).overviews.count(), 0);
    dataset.close();
  });
}

test('images of other types, and those that need no overviews, are left to GDAL', () => {
  for (const [type, width] of [['Int16', 1100], ['Float32', 1100], ['Byte', 1024]] as const) {
    const dataset = gdal.drivers.get('MEM').create('', width, 1100, 1, type);
    assert.equal(planPyramid(dataset), null);
    dataset.close();
  }
});

test('memory does not grow with the image', () => {
  const bytesOf = (edge: number, type: string, bandCount: number): number => {
    const path = join(folder, 'sparse.tif');
    const options = { TILED: 'YES', BLOCKXSIZE: 512, BLOCKYSIZE: 512, SPARSE_OK: 'TRUE', BIGTIFF: 'YES', PHOTOMETRIC: 'MINISBLACK', COMPRESS: 'DEFLATE' };
    gdal.drivers.get('GTiff').create(path, edge, edge, bandCount, type, options).close();
    const dataset = open(path);
    const plan = planPyramid(dataset);
    dataset.close();
    assert.ok(plan);
    return plan.memoryBytes;
  };
  for (const edge of [2000, 20_000, 60_000, 102_400, 200_000]) assert.ok(bytesOf(edge, 'UInt16', 1) < 100e6, `${edge}`);
  assert.ok(bytesOf(30_000, 'Byte', 3) < 120e6);
});

test('a strip that cannot be read ends the work with the reason', async () => {
  const path = writeImage({ size: [1100, 1500], options: { BLOCKYSIZE: 10 } });
  truncateSync(path, 1_000_000);
  const dataset = open(path);
  await assert.rejects(buildFastPyramid(dataset, { imagePath: path, onProgress: () => undefined }), { code: 'image_corrupt', message: /^The overviews cannot be built: image\.tif, band 1: IReadBlock failed/ });
  dataset.close();
});
