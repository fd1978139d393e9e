import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import gdal from 'gdal-async';
import { withSideMetadata } from '../../src/imagery/samples/write-raster.js';
import { startDecoder } from './decoder-fixture.js';
import { recompressNitf } from './recompress-nitf.js';

const decoder = startDecoder();
const BLOCK = 64;
const PAD = 5;

function writeImage(driver: string, name: string, options: Record<string, string | number>, [width, height]: readonly [number, number], pixels: Uint8Array): string {
  const path = join(decoder.folder(), name);
  const image = gdal.drivers.get('MEM').create('', width, height, 1, 'Byte');
  image.bands.get(1).pixels.write(0, 0, width, height, pixels);
  withSideMetadata(gdal, false, () => gdal.drivers.get(driver).createCopy(path, image, options).close());
  image.close();
  return path;
}

/** MIL-STD-2500C, table A-3(A): the mask table that stands before the blocks that there are. */
function maskedBlocks(blocks: readonly (Uint8Array | null)[], padPixel: number): Buffer {
  const fixed = Buffer.alloc(11);
  fixed.writeUInt32BE(fixed.length + 4 * blocks.length, 0); // IMDATOFF
  fixed.writeUInt16BE(4, 4); // BMRLNTH
  fixed.writeUInt16BE(8, 8); // TPXCDLNTH
  fixed.writeUInt8(padPixel, 10);
  let offset = 0;
  const offsets = blocks.map((block) => {
    const record = Buffer.alloc(4, 0xff);
    if (block === null) return record;
    record.writeUInt32BE(offset, 0);
    offset += block.length;
    return record;
  });
  return Buffer.concat([fixed, ...offsets, ...blocks.filter((block) => block !== null)]);
}

/** TIFF 6.0, section 2: a little-endian file of one directory and one strip, whose tags hold their values themselves. */
function onlyStrip(tiffPath: string): Buffer {
  const file = readFileSync(tiffPath);
  const directory = file.readUInt32LE(4);
  const tags = new Map(Array.from({ length: file.readUInt16LE(directory) }, (_, index) => directory + 2 + 12 * index).map((entry) => [file.readUInt16LE(entry), entry + 8]));
  const valueOf = (tag: number) => file.readUInt32LE(tags.get(tag) ?? assert.fail(`no tag ${tag}`));
  const [start, size] = [valueOf(273), valueOf(279)];
  return file.subarray(start, start + size);
}

interface Band {
  minimum: number;
  maximum: number;
  mean: number;
}

function bandOf(path: string): Band | undefined {
  return (JSON.parse(readFileSync(`${path}.stats`, 'utf8')) as { image_statistics: { bands: Band[] } }).image_statistics.bands[0];
}

test('of a masked NITF (NM) the blocks that are missing, and padding, are no data', async () => {
  const path = writeImage('NITF', 'masked.ntf', { IC: 'NC', BLOCKXSIZE: BLOCK, BLOCKYSIZE: BLOCK }, [2 * BLOCK, 2 * BLOCK], new Uint8Array(4 * BLOCK * BLOCK));
  const half = new Uint8Array(BLOCK * BLOCK).fill(100).fill(PAD, 0, (BLOCK * BLOCK) / 2);
  recompressNitf(path, { code: 'NM', data: maskedBlocks([new Uint8Array(BLOCK * BLOCK).fill(40), null, null, half], PAD) });

  await decoder.pyramid(path);
  await decoder.documents(path);
  const { minimum, maximum, mean } = bandOf(path) ?? {};
  assert.deepEqual([minimum, maximum, mean], [40, 100, 60]);
});

test('a bilevel NITF (C1) becomes a whole viewpoint', async () => {
  const [width, height] = [96, 50];
  const pixels = Uint8Array.from({ length: width * height }, (_, index) => Number(index % width < 24));
  const tiff = writeImage('GTiff', 'fax.tif', { NBITS: 1, COMPRESS: 'CCITTFAX3', BLOCKYSIZE: height }, [width, height], pixels);
  const path = writeImage('NITF', 'bilevel.ntf', {}, [width, height], pixels);
  recompressNitf(path, { code: 'C1', rate: '1D  ', isBilevel: true, data: onlyStrip(tiff) });

  await decoder.pyramid(path);
  await decoder.documents(path);
  const { minimum, maximum, mean } = bandOf(path) ?? {};
  assert.deepEqual([minimum, maximum, mean], [0, 1, 0.25]);
});
