import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import gdal from 'gdal-async';
import { withSideMetadata } from '../../src/imagery/samples/write-raster.js';
import { startDecoder } from './decoder-fixture.js';
import { noise } from './raster-fixture.js';

const decoder = startDecoder();
const known = new Set(gdal.drivers.getNames());
const [WIDTH, HEIGHT] = [400, 300];

/** The bytes of an image whose pixels do not compress away. */
function imageBytes(driver: string, options: Record<string, string | number>, type: string, bands: number, [width, height] = [WIDTH, HEIGHT]): Buffer {
  const path = join(decoder.folder(), 'whole');
  withSideMetadata(gdal, false, () => {
    const image = gdal.drivers.get('MEM').create('', width, height, bands, type);
    for (const band of image.bands) band.pixels.write(0, 0, width, height, Float64Array.from(noise(width * height, 250)));
    gdal.drivers.get(driver).createCopy(path, image, options).close();
    image.close();
  });
  return readFileSync(path);
}

function fileOf(bytes: Uint8Array): string {
  const path = join(decoder.folder(), 'image');
  writeFileSync(path, bytes);
  return path;
}

const isCorrupt = (error: { code?: string }): boolean => error.code === 'image_corrupt' || error.code === 'not_an_image';

const CUT: readonly (readonly [driver: string, options: Record<string, string | number>, type?: string, bands?: number])[] = [
  ['GTiff', {}], ['GTiff', {}, 'CInt16'], ['GTiff', { COMPRESS: 'LZW' }, 'CFloat32'], ['GTiff', { TILED: 'YES' }, 'UInt16'], ['GTiff', { COMPRESS: 'LZW' }], ['GTiff', { COMPRESS: 'DEFLATE', TILED: 'YES' }],
  ['GTiff', { COMPRESS: 'JPEG', PHOTOMETRIC: 'YCBCR' }, 'Byte', 3], ['GTiff', { COMPRESS: 'PACKBITS' }],
  ['NITF', {}], ['NITF', { IC: 'C3' }, 'Byte', 3], ['NITF', { IC: 'C8' }], ['JP2OpenJPEG', {}, 'Byte', 3],
  ['JPEG', {}, 'Byte', 3], ['JPEG', { PROGRESSIVE: 'YES' }], ['PNG', {}, 'Byte', 3], ['GIF', {}], ['BMP', {}, 'Byte', 3],
  ['HFA', {}], ['PCIDSK', {}], ['PCIDSK', { INTERLEAVING: 'TILED' }, 'UInt16', 2], ['PCIDSK', { INTERLEAVING: 'TILED', TILEVERSION: 1 }], ['PCIDSK', { INTERLEAVING: 'TILED', COMPRESSION: 'RLE' }],
  ['PCRaster', {}, 'Float32'], ['netCDF', {}], ['WEBP', {}, 'Byte', 3], ['PNM', {}, 'Byte', 3], ['FITS', {}, 'Int16'],
];

for (const [driver, options, type = 'Byte', bands = 1] of CUT) {
  const what = [driver, ...(type === 'Byte' ? [] : [type]), ...Object.entries(options).map(([name, value]) => `${name}=${value}`)].join(', ');
  test(`a file of the format ${what} that is cut short fails, wherever it is cut`, { skip: !known.has(driver) }, async () => {
    const bytes = imageBytes(driver, options, type, bands);
    for (const share of [0.05, 0.5, 0.97]) await assert.rejects(decoder.pyramid(fileOf(bytes.subarray(0, Math.floor(bytes.length * share)))), isCorrupt, `${share}`);
    assert.equal((await decoder.pyramid(fileOf(bytes))).bandCount, driver === 'netCDF' ? 1 : bands);
  });
}

for (const [driver, options, bands] of [['GTiff', { COMPRESS: 'LZW' }, 1], ['PNG', {}, 3], ['JPEG', {}, 3], ['GIF', {}, 1]] as const) {
  test(`an image of the format ${driver} (${Object.values(options).join() || 'plain'}) with a piece of its pixels wiped out fails`, { skip: !known.has(driver) }, async () => {
    const bytes = imageBytes(driver, options, 'Byte', bands);
    bytes.fill(0, bytes.length >> 1, (bytes.length >> 1) + 4096);
    await assert.rejects(decoder.pyramid(fileOf(bytes)), isCorrupt);
  });
}

test('statistics that came along do not hide that the image is cut short', async () => {
  const bytes = imageBytes('GTiff', {}, 'Byte', 1);
  const path = fileOf(bytes.subarray(0, bytes.length - 1000));
  const items = ['MINIMUM', 'MAXIMUM', 'MEAN', 'STDDEV'].map((name) => `<MDI key="STATISTICS_${name}">1</MDI>`);
  writeFileSync(`${path}.aux.xml`, `<PAMDataset>\n<PAMRasterBand band="1">\n<Metadata>${items.join('')}</Metadata>\n</PAMRasterBand>\n</PAMDataset>\n`);
  await assert.rejects(decoder.pyramid(path, { tileSize: 64 }), { code: 'image_corrupt' });
});

test('stray bytes in a JPEG that cost no pixel are no damage, and the next JPEG is judged as strictly as ever', async () => {
  // Large enough for overviews, which the decoder itself makes of a JPEG.
  const bytes = imageBytes('JPEG', { PROGRESSIVE: 'YES' }, 'Byte', 3, [1300, 1100]);
  // JPEG (ISO/IEC 10918-1), annex B: the marker SOS, once per scan.
  const startOfScan = Buffer.from([0xff, 0xda]);
  const secondScan = bytes.indexOf(startOfScan, bytes.indexOf(startOfScan) + 2);
  const stray = Buffer.concat([bytes.subarray(0, secondScan), Buffer.from([0, 1, 2, 3, 0]), bytes.subarray(secondScan)]);
  // Adobe's segment with an unknown transform code, in the place of JFIF's.
  const jfifEnd = 4 + bytes.readUInt16BE(4);
  const adobe = Buffer.concat([bytes.subarray(0, 2), Buffer.from([0xff, 0xee, 0, 14]), Buffer.from('Adobe'), Buffer.from([0, 100, 0, 0, 0, 0, 7]), bytes.subarray(jfifEnd)]);
  for (const odd of [stray, adobe]) {
    const path = fileOf(odd);
    const { width, overviews } = await decoder.pyramid(path);
    assert.deepEqual([width, overviews], [1300, 'internal']);
    assert.ok((await decoder.run('preview', { imagePath: path, maximumEdgePixels: 64, rangeAdjustment: 'DRA' })).png.length > 0);
    await assert.rejects(decoder.pyramid(fileOf(bytes.subarray(0, bytes.length >> 1))), { code: 'image_corrupt', message: /Premature end of JPEG file/ });
  }
});

for (const options of [{}, { COMPRESSION: 'RLE' }, { TILEVERSION: 1 }]) {
  test(`a tiled PCIDSK file (${JSON.stringify(options)}), which is shorter than its header says, is not taken for one that is cut short`, { skip: !known.has('PCIDSK') }, async () => {
    const bytes = imageBytes('PCIDSK', { INTERLEAVING: 'TILED', ...options }, 'UInt16', 1, [167, 131]);
    // PCIDSK file header: the number of blocks of 512 bytes.
    assert.ok(bytes.length < 512 * Number(bytes.toString('latin1', 16, 32)));
    assert.equal((await decoder.pyramid(fileOf(bytes))).driver, 'PCIDSK');
  });
}
