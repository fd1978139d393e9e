import assert from 'node:assert/strict';
import { closeSync, copyFileSync, fstatSync, openSync, readdirSync, readFileSync, readSync, renameSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import gdal from 'gdal-async';
import { isThere } from '../../src/domain/arrived.js';
import { pixelStorageOf } from '../../src/domain/nitf/image-subheader.js';
import type { ArrivingImage } from '../../src/imagery/child/ahead/overviews-ahead.js';
import { buildPyramid } from '../../src/imagery/child/pyramid.js';
import { changeImageSubheader, compressionPlace } from './nitf-image-subheader.js';
import { noise } from './raster-fixture.js';

let root: string;
before(async () => (root = await mkdtemp(join(tmpdir(), 'ahead-'))));
after(() => rm(root, { recursive: true, force: true }));

interface Image {
  size?: readonly [width: number, height: number];
  type?: 'Byte' | 'UInt16';
  bandCount?: number;
  driver?: 'GTiff' | 'NITF' | 'PNG';
  options?: Record<string, string | number>;
  prepare?: (dataset: gdal.Dataset) => void;
  /** Rows that are not written. */
  emptyRows?: readonly [first: number, end: number];
  /** Changes the finished file. */
  finish?: (path: string) => void;
}

const EXTENSIONS = { GTiff: 'tif', NITF: 'ntf', PNG: 'png' };
const RANDOM = { Byte: Uint8Array.from(noise(1 << 20, 256)), UInt16: Uint16Array.from(noise(1 << 20, 65_536)) };
/** Some strips of a pyramid's, which are of four mebibytes. */
const SIZE = [1530, 8010] as const;

async function writeImage({ size: [width, height] = SIZE, type = 'Byte', bandCount = 1, driver = 'GTiff', options = {}, prepare, emptyRows = [0, 0], finish }: Image): Promise<string> {
  const path = join(await mkdtemp(join(root, 'image-')), `image.${EXTENSIONS[driver]}`);
  const isCopied = driver === 'PNG' || options.IC !== undefined;
  const dataset = isCopied ? gdal.open('', 'w', 'MEM', width, height, bandCount, type) : gdal.drivers.get(driver).create(path, width, height, bandCount, type, options);
  prepare?.(dataset);
  dataset.bands.forEach((band, bandNumber) => {
    for (let y = 0; y < height; y++) {
      if (y >= emptyRows[0] && y < emptyRows[1]) continue;
      const from = (y * 1531 + bandNumber * 7919) % (RANDOM[type].length - width);
      band.pixels.write(0, y, width, 1, RANDOM[type].subarray(from, from + width));
    }
  });
  if (isCopied) gdal.drivers.get(driver).createCopy(path, dataset, options).close();
  dataset.close();
  finish?.(path);
  return path;
}

interface Arriving extends ArrivingImage {
  /** What was there when there was nothing more to be done with less than all of it, as a share. */
  shareBeforeWhole: () => number;
  /** Shares that were there each time when more was waited for. */
  shares: number[];
}

/**
 * An image of which only those bytes are there that are waited for, and others in the place of all the rest.
 * @param suffixBytes that are there from the start at its end.
 */
function arriveOnDemand(source: string, path: string, suffixBytes = 0): Arriving {
  const from = openSync(source, 'r');
  const to = openSync(path, 'w');
  const { size: sizeBytes } = fstatSync(from);
  writeSync(to, Buffer.alloc(sizeBytes, 0xa5));
  const bring = (start: number, end: number): void => {
    const bytes = Buffer.alloc(end - start);
    readSync(from, bytes, 0, bytes.length, start);
    writeSync(to, bytes, 0, bytes.length, start);
  };
  const suffixStart = sizeBytes - suffixBytes;
  bring(suffixStart, sizeBytes);
  let prefixBytes = 0;
  let beforeWhole = 0;
  const shares: number[] = [];
  return {
    path,
    shares,
    shareBeforeWhole: () => beforeWhole,
    update: () => undefined,
    until(start, end) {
      while (prefixBytes < sizeBytes && !isThere({ prefixBytes, suffixStart, sizeBytes }, start, end)) {
        const next = Math.min(sizeBytes, prefixBytes + 4096);
        bring(prefixBytes, next);
        prefixBytes = next;
      }
      shares.push(prefixBytes / sizeBytes);
      return Promise.resolve();
    },
    whole() {
      beforeWhole = prefixBytes / sizeBytes;
      bring(prefixBytes, sizeBytes);
      closeSync(from);
      closeSync(to);
      renameSync(path, path.slice(0, -'.part'.length));
      return Promise.resolve();
    },
  };
}

const LISTENER = { onProgress: () => undefined, onSized: () => Promise.resolve() };
const pyramidOf = (imagePath: string, arriving: ArrivingImage | null = null) =>
  buildPyramid({ imagePath, tileSize: 512, rangeAdjustment: 'NONE', maximumSamples: 64e9, exactStatistics: true }, LISTENER, arriving);

/** Every level's pixels, by band. */
function overviewsOf(path: string): Buffer[] {
  const dataset = gdal.open(path);
  const levels = dataset.bands.map((band) => band.overviews.map(({ size: { x, y }, pixels }) => pixels.read(0, 0, x, y))).flat();
  dataset.close();
  return levels.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength));
}

/** Processes an image while it arrives and when it is there, with the same result, and tells how it arrived. */
async function assertSame(source: string, suffixBytes = 0): Promise<Arriving> {
  const folder = await mkdtemp(join(root, 'arriving-'));
  const path = join(folder, source.slice(source.lastIndexOf('/') + 1));
  const arriving = arriveOnDemand(source, `${path}.part`, suffixBytes);
  const [report, expected] = [await pyramidOf(path, arriving), await pyramidOf(source)];
  assert.deepEqual(report, expected);
  const levels = overviewsOf(path);
  for (const [index, pixels] of overviewsOf(source).entries()) assert(pixels.equals(levels[index] ?? Buffer.alloc(0)), `level ${index} differs`);
  assert.equal(readFileSync(`${path}.aux.xml`, 'utf8'), readFileSync(`${source}.aux.xml`, 'utf8'));
  assert.deepEqual(readdirSync(folder).sort(), readdirSync(join(source, '..')).sort());
  return arriving;
}

const TILED = { TILED: 'YES', BLOCKXSIZE: 256, BLOCKYSIZE: 256 };
/** Sets an item that no longer fits where the directory is, so that GDAL writes it anew at the end. */
const directoryAtEnd = (path: string): void => {
  const dataset = gdal.open(path, 'r+');
  dataset.setMetadata({ NOTE: 'x'.repeat(5000) });
  dataset.close();
};
const storedAs = (mode: string) => (path: string) =>
  changeImageSubheader(path, (subheader) => {
    const { bands = 0 } = pixelStorageOf(subheader) ?? {};
    // Behind IC, NBANDS, thirteen bytes for each band without a table, and ISYNC.
    const at = compressionPlace(subheader) + 3 + 13 * bands + 1;
    assert.equal(subheader.toString('latin1', at, at + 1), 'B');
    subheader.write(mode, at, 'latin1');
  });

const AHEAD: Record<string, Image> = {
  'a TIFF in strips': {},
  'a TIFF in strips of many rows': { options: { BLOCKYSIZE: 100 } },
  'a TIFF in a single strip': { options: { BLOCKYSIZE: SIZE[1] } },
  'a compressed TIFF in strips': { options: { COMPRESS: 'DEFLATE' } },
  'a tiled TIFF': { type: 'UInt16', options: TILED },
  'a compressed, tiled TIFF': { type: 'UInt16', options: { ...TILED, COMPRESS: 'LZW', PREDICTOR: 2 } },
  'a TIFF whose bands are stored together': { bandCount: 3, options: { PHOTOMETRIC: 'RGB' } },
  'a BigTIFF': { options: { BIGTIFF: 'YES', ...TILED } },
  'a big-endian TIFF': { type: 'UInt16', options: { ENDIANNESS: 'BIG' } },
  'a TIFF with tiles that are not in the file': { options: { ...TILED, SPARSE_OK: 'TRUE' }, emptyRows: [512, 1024] },
  'a blocked NITF': { driver: 'NITF', options: { BLOCKXSIZE: 256, BLOCKYSIZE: 256 } },
  'a NITF of a single block': { driver: 'NITF', type: 'UInt16' },
  'a NITF whose bands are stored pixel by pixel': { driver: 'NITF', bandCount: 3, options: { BLOCKXSIZE: 256, BLOCKYSIZE: 256 }, finish: storedAs('P') },
};

for (const [what, image] of Object.entries(AHEAD)) {
  test(`overviews of ${what} are built while it arrives`, async () => {
    const { shares, shareBeforeWhole } = await assertSame(await writeImage(image));
    const rows = shares.filter((share, index) => share !== shares[index - 1]);
    assert(rows.length > 3, `${rows.length} waits`);
    assert((rows[1] ?? 1) < 0.5, `the first pixels were waited for until ${rows[1]} of the file was there`);
    // All pixels were read: at the end of a NITF's blocks is what pads them.
    assert(shareBeforeWhole() > 0.8);
  });
}

const APART: Record<string, Image> = {
  'a TIFF whose bands are stored apart': { bandCount: 3, options: { INTERLEAVE: 'BAND', PHOTOMETRIC: 'MINISBLACK' } },
  'a NITF whose bands are stored block by block': { driver: 'NITF', bandCount: 3, options: { BLOCKXSIZE: 256, BLOCKYSIZE: 256 } },
  'a NITF whose bands are stored row by row': { driver: 'NITF', bandCount: 3, options: { BLOCKXSIZE: 256, BLOCKYSIZE: 256 }, finish: storedAs('R') },
  'a NITF whose bands are stored one behind the other': { driver: 'NITF', bandCount: 3, options: { BLOCKXSIZE: 256, BLOCKYSIZE: 256 }, finish: storedAs('S') },
  'a NITF of a single block of several bands': { driver: 'NITF', bandCount: 3 },
};

for (const [what, image] of Object.entries(APART)) {
  test(`overviews of ${what} are built band by band while it arrives`, async () => {
    const { shareBeforeWhole } = await assertSame(await writeImage(image));
    assert(shareBeforeWhole() > 0.8);
  });
}

test('a directory at the end of a TIFF is waited for, which is soon when the end comes first', async () => {
  const source = await writeImage({ options: TILED, finish: directoryAtEnd });
  const early = await assertSame(source, 100_000);
  assert((early.shares.find((share) => share > 0.05) ?? 1) < 0.5);
  for (const name of ['.ovr', '.aux.xml']) await rm(source + name);
  const late = await assertSame(source);
  assert.equal(late.shares.find((share) => share > 0.05), 1);
});

/** Overwrites the values of a tag of a little-endian TIFF's first directory, which stand elsewhere in the file. */
const withValues = (tag: number, change: (value: number, index: number) => number) => (path: string): void => {
  const bytes = readFileSync(path);
  const directoryAt = bytes.readUInt32LE(4);
  const entryAt = Array.from({ length: bytes.readUInt16LE(directoryAt) }, (_, index) => directoryAt + 2 + 12 * index).find((at) => bytes.readUInt16LE(at) === tag) ?? assert.fail(`no tag ${tag}`);
  const [type, count, valuesAt] = [bytes.readUInt16LE(entryAt + 2), bytes.readUInt32LE(entryAt + 4), bytes.readUInt32LE(entryAt + 8)];
  const size = type === 3 ? 2 : 4;
  for (let index = 0; index < count; index++) bytes.writeUIntLE(change(bytes.readUIntLE(valuesAt + size * index, size), index), valuesAt + size * index, size);
  writeFileSync(path, bytes);
};
const STRIP_BYTE_COUNTS = 279;

const WHOLE: Record<string, Image> = {
  'a TIFF whose strips are longer than it says': { options: { BLOCKYSIZE: 100 }, finish: withValues(STRIP_BYTE_COUNTS, (length) => length / 2) },
  'a TIFF that says its strips are empty': { options: { BLOCKYSIZE: 100 }, finish: withValues(STRIP_BYTE_COUNTS, () => 0) },
  'an image with pixels of no data': { prepare: (dataset) => (dataset.bands.get(1).noDataValue = 0) },
  'a compressed NITF': { driver: 'NITF', options: { IC: 'C3', BLOCKXSIZE: 256, BLOCKYSIZE: 256 } },
  'a PNG': { driver: 'PNG' },
  'a TIFF that brings its overviews': {
    finish: (path) => {
      const dataset = gdal.open(path, 'r+');
      dataset.buildOverviews('CUBIC', [2, 4]);
      dataset.close();
    },
  },
};

for (const [what, image] of Object.entries(WHOLE)) {
  test(`${what} is worked on when it is there`, async () => {
    const { shareBeforeWhole } = await assertSame(await writeImage(image));
    assert(shareBeforeWhole() < 0.9);
  });
}

test('overviews of an image that turns out to be another one are built anew', async () => {
  const [first, second] = [await writeImage({}), await writeImage({ size: [1530, 8000] })];
  const path = join(await mkdtemp(join(root, 'changed-')), 'image.tif');
  const arriving = arriveOnDemand(first, `${path}.part`);
  const whole = async (): Promise<void> => {
    await arriving.whole();
    copyFileSync(second, path);
  };
  const report = await pyramidOf(path, { ...arriving, whole });
  assert.deepEqual(report, await pyramidOf(second));
  assert.deepEqual(overviewsOf(path), overviewsOf(second));
});

test('an image that is cut short fails as it does when it is there, and leaves nothing', async () => {
  const source = await writeImage({ options: TILED });
  truncateSync(source, statSync(source).size / 2);
  const path = join(await mkdtemp(join(root, 'short-')), 'image.tif');
  const arriving = arriveOnDemand(source, `${path}.part`);
  const failure = await pyramidOf(source).catch((error: unknown) => error);
  assert(failure instanceof Error);
  await assert.rejects(pyramidOf(path, arriving), { code: 'image_corrupt', message: failure.message.replaceAll(source, path) });
  assert.equal(arriving.shareBeforeWhole(), 1);
  assert.equal(readdirSync(join(path, '..')).includes('image.tif.part.ovr'), false);
});

test('a file that says nothing true of itself is worked on when it is there', async () => {
  for (const head of ['II*\0\0\0\0\0', 'MM\0*\xff\xff\xff\xff', 'NITF02.10', 'II+\0\b\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff']) {
    const folder = await mkdtemp(join(root, 'false-'));
    const source = join(folder, 'source');
    writeFileSync(source, Buffer.concat([Buffer.from(head, 'latin1'), Buffer.alloc(200_000, 0x20)]));
    await assert.rejects(pyramidOf(join(folder, 'image.tif'), arriveOnDemand(source, join(folder, 'image.tif.part'))), /ViewpointError|image|file/);
  }
});
