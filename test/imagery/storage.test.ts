import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import gdal from 'gdal-async';
import { makeSample } from '../../src/imagery/samples/recipes.js';
import { startDecoder } from './decoder-fixture.js';
import { noise, writeGeoTiff, type RasterFixture } from './raster-fixture.js';

const decoder = startDecoder();
const creationOptions = (gdal.drivers.get('GTiff').getMetadata() as Record<string, string>)['DMD_CREATIONOPTIONLIST'] ?? '';
const hasCodec = (name: string): boolean => creationOptions.includes(`<Value>${name}</Value>`);

interface Band {
  minimum?: number;
  maximum?: number;
  mean?: number;
  overviews?: unknown[];
}

/** What the service says of the bands, with the preview made as well. */
async function bandsOf(path: string): Promise<Band[]> {
  await decoder.pyramid(path, { rangeAdjustment: 'DRA' });
  await decoder.documents(path);
  const { png } = await decoder.run('preview', { imagePath: path, maximumEdgePixels: 64, rangeAdjustment: 'DRA' });
  assert.ok(png.length > 60);
  return (JSON.parse(readFileSync(`${path}.stats`, 'utf8')) as { image_statistics: { bands: Band[] } }).image_statistics.bands;
}

function assertRange(band: Band | undefined, pixels: readonly number[]): void {
  const [least, greatest] = pixels.reduce<[number, number]>(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
  assert.deepEqual([band?.minimum, band?.maximum], [least, greatest]);
}

const SIZE = { width: 300, height: 200 };
const COUNT = SIZE.width * SIZE.height;

for (const codec of ['LZW', 'PACKBITS', 'DEFLATE', 'LZMA', 'ZSTD', 'LERC', 'LERC_DEFLATE', 'LERC_ZSTD', 'WEBP', 'JPEG', 'JXL']) {
  const isLossy = codec === 'JPEG' || codec === 'JXL';
  const bandCount = codec === 'WEBP' || codec === 'JPEG' ? 3 : 1;
  test(`a GeoTIFF compressed with ${codec} becomes a whole viewpoint`, { skip: !hasCodec(codec) }, async () => {
    const bands = Array.from({ length: bandCount }, () => noise(COUNT, 251));
    const options = { COMPRESS: codec, TILED: 'YES', INTERLEAVE: 'PIXEL', ...(codec === 'WEBP' && { WEBP_LOSSLESS: 'YES' }) };
    const [band] = await bandsOf(writeGeoTiff(decoder.folder(), { ...SIZE, type: 'Byte', bands, options }));
    if (isLossy) assert.ok(Math.abs((band?.mean ?? 0) - 125) < 5);
    else assertRange(band, bands[0] ?? []);
  });
}

for (const codec of ['CCITTRLE', 'CCITTFAX3', 'CCITTFAX4']) {
  test(`a black and white GeoTIFF compressed with ${codec} becomes a whole viewpoint`, async () => {
    const bands = [Array.from({ length: COUNT }, (_, index) => (index >> 4) & 1)];
    assertRange((await bandsOf(writeGeoTiff(decoder.folder(), { ...SIZE, type: 'Byte', bands, options: { COMPRESS: codec, NBITS: 1 } })))[0], [0, 1]);
  });
}

/** TIFF 6.0, section 8: the value of tag 259, a SHORT, stands at byte 8 of its entry. */
function withCompression(code: number): string {
  const path = writeGeoTiff(decoder.folder(), { width: 64, height: 64, type: 'Byte', bands: [noise(4096, 250)] });
  const bytes = readFileSync(path);
  const directory = bytes.readUInt32LE(4);
  const entries = Array.from({ length: bytes.readUInt16LE(directory) }, (_, index) => directory + 2 + 12 * index);
  const entry = entries.find((at) => bytes.readUInt16LE(at) === 259);
  assert.ok(entry !== undefined);
  bytes.writeUInt16LE(code, entry + 8);
  writeFileSync(path, bytes);
  return path;
}

for (const [codec, code] of [['LZMA', 34925], ['ZSTD', 50000], ['WEBP', 50001], ['LERC', 34887], ['JXL', 50002], ['JPEG 2000 of Aperio', 34712], ['of private code 65000', 65_000]] as const) {
  test(`a TIFF compressed with ${codec} fails as unsupported where this GDAL lacks the codec`, async () => {
    await assert.rejects(decoder.pyramid(withCompression(code)), { code: hasCodec(codec) ? 'image_corrupt' : 'unsupported_compression' });
  });
}

test('a NITF compressed in a way that GDAL has no decoder for fails as unsupported', { skip: !gdal.drivers.getNames().includes('JP2OpenJPEG') }, async () => {
  const path = join(decoder.folder(), 'image.ntf');
  const image = gdal.drivers.get('MEM').create('', 64, 64, 1, 'Byte');
  gdal.drivers.get('NITF').createCopy(path, image, { IC: 'C8' }).close();
  image.close();
  const bytes = readFileSync(path);
  // MIL-STD-2500C, table A-3: field IC, followed by COMRAT; GDAL knows of no C7.
  bytes.write('C7', bytes.indexOf('C8'), 'latin1');
  writeFileSync(path, bytes);
  await assert.rejects(decoder.pyramid(path), { code: 'unsupported_compression', message: /C7/ });
});

const plain = { width: 130, height: 110 };
const pixels = noise(130 * 110, 250);
const LAYOUTS: readonly (readonly [what: string, fixture: Omit<RasterFixture, 'width' | 'height'> & Partial<RasterFixture>, ranges: readonly (readonly [number, number] | null)[]])[] = [
  ...[1, 2, 3, 4, 5, 7].map((bits) => [`${bits} bits`, { type: 'Byte', bands: [noise(130 * 110, 2 ** bits)], options: { NBITS: bits } }, [[0, 2 ** bits - 1]]] as const),
  ...[9, 11, 12, 15].map((bits) => [`${bits} bits`, { type: 'UInt16', bands: [pixels.map((value) => value % 2 ** bits)], options: { NBITS: bits } }, [[0, 249]]] as const),
  ['half floats', { type: 'Float32', bands: [pixels], options: { NBITS: 16 } }, [[0, 249]]],
  ['24-bit floats', { type: 'Float32', bands: [pixels], options: { NBITS: 24 } }, [[0, 249]]],
  ['BigTIFF', { type: 'UInt16', bands: [pixels], options: { BIGTIFF: 'YES' } }, [[0, 249]]],
  ['big-endian bytes', { type: 'UInt16', bands: [pixels, pixels], options: { ENDIANNESS: 'BIG' } }, [[0, 249], [0, 249]]],
  // Which GDAL shows as RGBA.
  ['CMYK', { type: 'Byte', bands: [pixels, pixels, pixels, pixels], options: { PHOTOMETRIC: 'CMYK' } }, []],
  ['white as 0', { type: 'Byte', bands: [pixels], options: { PHOTOMETRIC: 'MINISWHITE' } }, [[0, 249]]],
  ['a single pixel', { width: 1, height: 1, type: 'Byte', bands: [[7]] }, [[7, 7]]],
  ['a single column', { width: 1, height: 5000, type: 'Byte', bands: [noise(5000, 250)] }, [[0, 249]]],
  ['a single row', { width: 50_000, height: 1, type: 'Byte', bands: [noise(50_000, 250)] }, [[0, 249]]],
  ['no value but NaN', { type: 'Float32', bands: [pixels.map(() => Number.NaN)] }, [null]],
  ['no finite value', { type: 'Float64', bands: [pixels.map(() => Infinity)] }, [null]],
  ['infinities among the values', { type: 'Float32', bands: [pixels.map((value) => (value === 3 ? Infinity : value === 4 ? -Infinity : value))] }, [[0, 249]]],
  ['nothing but nodata', { type: 'Byte', bands: [pixels.map(() => 0)], noData: 0 }, [null]],
  ['one value', { type: 'UInt16', bands: [pixels.map(() => 77)] }, [[77, 77]]],
  ['a nodata value that the type cannot hold', { type: 'Byte', bands: [pixels], noData: -9999 }, [[0, 249]]],
  ['a broken nodata value of whole numbers', { type: 'Int16', bands: [pixels], noData: 3.5 }, [[0, 249]]],
  ['infinite nodata', { type: 'Float32', bands: [pixels.map((value) => (value < 20 ? Infinity : value))], noData: Infinity }, [[20, 249]]],
  ['32-bit values from end to end', { type: 'UInt32', bands: [pixels.map((value) => value * 17_000_000)] }, [[0, 4_233_000_000]]],
  ['signed 32-bit values', { type: 'Int32', bands: [pixels.map((value) => value * 16_449_799 - 2_000_000_000)] }, [[-2_000_000_000, 249 * 16_449_799 - 2_000_000_000]]],
  ['floats from end to end', { type: 'Float32', bands: [pixels.map((value) => (value - 124.5) * 2.5e36)] }, []],
];

for (const [what, fixture, ranges] of LAYOUTS) {
  test(`an image with ${what} becomes a whole viewpoint`, async () => {
    const bands = await bandsOf(writeGeoTiff(decoder.folder(), { ...plain, ...fixture }));
    assert.deepEqual(bands.slice(0, ranges.length).map(({ minimum, maximum }) => (minimum === undefined ? null : [minimum, maximum])), ranges);
  });
}

test('an image of 256 bands and more, and one in a cloud-optimized file, become whole viewpoints', async () => {
  const bands = Array.from({ length: 300 }, (_, index) => [index % 250, 250]);
  const found = await bandsOf(writeGeoTiff(decoder.folder(), { width: 2, height: 1, type: 'Byte', bands, options: { INTERLEAVE: 'PIXEL' } }));
  assert.deepEqual([found.length, found[299]?.minimum], [300, 49]);
  if (!gdal.drivers.getNames().includes('COG')) return;
  assert.ok(((await bandsOf(await makeSample('cloud-optimized', decoder.folder())))[0]?.overviews?.length ?? 0) > 0);
});
