import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import gdal from 'gdal-async';
import { withSideMetadata } from '../../src/imagery/samples/write-raster.js';
import { startDecoder, type Decoder } from './decoder-fixture.js';
import { ABPP, changeImageSubheader, PVTYPE } from './nitf-image-subheader.js';

const decoder: Decoder = startDecoder();
const [WIDTH, HEIGHT] = [80, 60];
const known = new Set(gdal.drivers.getNames());

interface Format {
  driver: string;
  extension: string;
  type?: string;
  bands?: number;
  options?: Record<string, string | number>;
  /** Formats that keep every pixel value. */
  isLossless?: boolean;
}

const LOSSLESS = { isLossless: true } as const;
/** One image per format that GDAL can write into a single file, with the values that it can hold. */
const FORMATS: readonly Format[] = [
  { driver: 'HFA', extension: 'img', bands: 3, ...LOSSLESS },
  { driver: 'HFA', extension: 'img', options: { COMPRESSED: 'YES' }, ...LOSSLESS },
  { driver: 'PCIDSK', extension: 'pix', bands: 3, type: 'UInt16', ...LOSSLESS },
  { driver: 'VICAR', extension: 'vic', ...LOSSLESS },
  { driver: 'RMF', extension: 'rsw', bands: 3, ...LOSSLESS },
  { driver: 'ISIS3', extension: 'cub', type: 'Float32', ...LOSSLESS },
  { driver: 'FITS', extension: 'fits', bands: 3, type: 'Int16', ...LOSSLESS },
  { driver: 'netCDF', extension: 'nc', type: 'Float32', ...LOSSLESS },
  { driver: 'HDF4Image', extension: 'hdf', ...LOSSLESS },
  { driver: 'GRIB', extension: 'grb2', type: 'Float64', ...LOSSLESS },
  { driver: 'AAIGrid', extension: 'asc', ...LOSSLESS },
  { driver: 'SIGDEM', extension: 'sigdem', type: 'Float64', ...LOSSLESS },
  { driver: 'HF2', extension: 'hf2', type: 'Float32', ...LOSSLESS },
  { driver: 'GSBG', extension: 'grd', type: 'Float32', ...LOSSLESS },
  { driver: 'PCRaster', extension: 'map', type: 'Float32', ...LOSSLESS },
  { driver: 'XYZ', extension: 'xyz', ...LOSSLESS },
  { driver: 'LAN', extension: 'lan', ...LOSSLESS },
  { driver: 'PNG', extension: 'png', bands: 4, type: 'UInt16', ...LOSSLESS },
  { driver: 'GIF', extension: 'gif', options: { INTERLACING: 'YES' }, ...LOSSLESS },
  { driver: 'BMP', extension: 'bmp', bands: 3, ...LOSSLESS },
  { driver: 'PNM', extension: 'pnm', bands: 3, ...LOSSLESS },
  { driver: 'SGI', extension: 'rgb', bands: 3, ...LOSSLESS },
  { driver: 'WEBP', extension: 'webp', bands: 3, options: { LOSSLESS: 'YES' }, ...LOSSLESS },
  { driver: 'JPEG', extension: 'jpg', bands: 3 },
  { driver: 'JPEG', extension: 'jpg', options: { PROGRESSIVE: 'YES' } },
  { driver: 'JP2OpenJPEG', extension: 'jp2', bands: 3, type: 'UInt16', options: { QUALITY: 100, REVERSIBLE: 'YES' }, ...LOSSLESS },
  { driver: 'JP2OpenJPEG', extension: 'j2k', options: { CODEC: 'J2K', QUALITY: 100, REVERSIBLE: 'YES' }, ...LOSSLESS },
  { driver: 'NITF', extension: 'ntf', bands: 4, type: 'UInt16', options: { BLOCKXSIZE: 64, BLOCKYSIZE: 64 }, ...LOSSLESS },
  { driver: 'NITF', extension: 'ntf', options: { FHDR: 'NITF02.00' }, ...LOSSLESS },
  { driver: 'NITF', extension: 'nsf', options: { FHDR: 'NSIF01.00' }, ...LOSSLESS },
  { driver: 'NITF', extension: 'ntf', bands: 3, options: { IC: 'C3', BLOCKXSIZE: 64, BLOCKYSIZE: 64 } },
  { driver: 'NITF', extension: 'ntf', options: { IC: 'M3', BLOCKXSIZE: 64, BLOCKYSIZE: 64 } },
  { driver: 'NITF', extension: 'ntf', type: 'UInt16', options: { IC: 'C8' } },
  { driver: 'NITF', extension: 'ntf', type: 'Float32', ...LOSSLESS },
];

/** From 1 up, as nodata is often 0; those of band `n` all above 10 n. */
const valueAt = (index: number, bandNumber: number): number => 10 * bandNumber + ((index * 7 + (index >> 4)) % 200);

function writeImage({ driver, extension, type = 'Byte', bands = 1, options = {} }: Format, folder: string): string {
  const path = join(folder, `image.${extension}`);
  withSideMetadata(gdal, false, () => {
    const image = gdal.drivers.get('MEM').create('', WIDTH, HEIGHT, bands, type);
    image.srs = gdal.SpatialReference.fromEPSG(4326);
    image.geoTransform = [10, 0.01, 0, 50, 0, -0.01];
    image.bands.forEach((band, bandNumber) => band.pixels.write(0, 0, WIDTH, HEIGHT, Float64Array.from({ length: WIDTH * HEIGHT }, (_, index) => valueAt(index, bandNumber))));
    gdal.drivers.get(driver).createCopy(path, image, options).close();
    image.close();
  });
  return path;
}

interface Statistics {
  image_statistics: { size: [number, number]; bands: { minimum: number; maximum: number; mean: number; stdDev: number }[] };
}

function assertWholeViewpoint(path: string, { isLossless = false, bands = 1 }: Format): void {
  const { image_statistics: info } = JSON.parse(readFileSync(`${path}.stats`, 'utf8')) as Statistics;
  assert.deepEqual(info.size, [WIDTH, HEIGHT]);
  // A container of several images shows its first one.
  assert.ok(info.bands.length === bands || info.bands.length === 1);
  for (const [index, { minimum, maximum, mean }] of info.bands.entries()) {
    if (!isLossless) {
      assert.ok(minimum < maximum && mean > minimum && mean < maximum);
      continue;
    }
    const values = Array.from({ length: WIDTH * HEIGHT }, (_, pixel) => valueAt(pixel, index + 1));
    assert.deepEqual([minimum, maximum], [Math.min(...values), Math.max(...values)], `band ${index + 1}`);
    assert.ok(Math.abs(mean - values.reduce((sum, value) => sum + value, 0) / values.length) < 6e-4, `band ${index + 1}: ${mean}`);
  }
  assert.match(readFileSync(`${path}.aux.xml`, 'utf8'), /<HistCounts>/);
}

for (const format of FORMATS) {
  const { driver, type = 'Byte', bands = 1, options = {} } = format;
  const what = [driver, type, `${bands} band${bands === 1 ? '' : 's'}`, ...Object.entries(options).map(([name, value]) => `${name}=${value}`)].join(', ');
  test(`an image in the format ${what} becomes a whole viewpoint`, { skip: !known.has(driver) }, async () => {
    const path = writeImage(format, decoder.folder());
    const report = await decoder.pyramid(path, { rangeAdjustment: 'DRA' });
    assert.deepEqual([report.width, report.height, report.statistics], [WIDTH, HEIGHT, 'computed']);
    await decoder.documents(path);
    assertWholeViewpoint(path, format);
    // The statistics of formats whose drivers do not keep them come from the side file, and the range with them.
    const { png } = await decoder.run('preview', { imagePath: path, maximumEdgePixels: 64, rangeAdjustment: 'MINMAX' });
    assert.ok(png.length > 100);
  });
}

test('a format is told by the content of the file and not by its name', async () => {
  for (const [driver, extension] of [['GTiff', 'jp2'], ['NITF', 'tif'], ['JPEG', 'ntf'], ['JP2OpenJPEG', 'png'], ['PNG', 'bin']] as const) {
    if (!known.has(driver)) continue;
    const report = await decoder.pyramid(writeImage({ driver, extension }, decoder.folder()));
    assert.equal(report.driver, driver, extension);
  }
});

for (const [what, content, code, message] of [
  ['a SQLite database, as GeoPackage and MBTiles are', 'SQLite format 3\0' + 'x'.repeat(200), 'unsupported_image', /SQLite/],
  ['a PDF document', '%PDF-1.7\n' + 'x'.repeat(200), 'unsupported_image', /PDF/],
  ['a ZIP archive', 'PK\u0003\u0004' + 'x'.repeat(200), 'unsupported_image', /ZIP/],
  ['a gzip archive', '\u001f\u008b\u0008' + 'x'.repeat(200), 'unsupported_image', /gzip/],
  ['the header of an ENVI image', 'ENVI\nsamples = 3\nlines = 3\n', 'unsupported_image', /ENVI/],
  ['text', 'Once upon a time there was no image.\n', 'not_an_image', /not in any image format/],
] as const) {
  test(`${what} fails with what it is, and what to do`, async () => {
    const path = join(decoder.folder(), 'image.tif');
    writeFileSync(path, content, 'latin1');
    await assert.rejects(decoder.pyramid(path), { code, message });
  });
}

test('a SIGDEM whose CRS is in a file beside it fails as unsupported', { skip: !known.has('SIGDEM') }, async () => {
  const path = writeImage({ driver: 'SIGDEM', extension: 'sigdem', type: 'Float64' }, decoder.folder());
  rmSync(join(dirname(path), 'image.prj'));
  await assert.rejects(decoder.pyramid(path), { code: 'unsupported_image', message: /another file: SIGDEM/ });
});

test('the header of an MFF image, whose bands are files of their own, fails as unsupported', { skip: !known.has('MFF') }, async () => {
  const path = join(decoder.folder(), 'image.hdr');
  writeFileSync(path, ['IMAGE_FILE_FORMAT = MFF', 'FILE_TYPE = IMAGE', 'IMAGE_LINES = 3', 'LINE_SAMPLES = 3', 'BYTE_ORDER = LSB', 'END', ''].join('\n'));
  await assert.rejects(decoder.pyramid(path), { code: 'unsupported_image', message: /another file: MFF/ });
});

/** A NITF of four blocks whose image subheader, with coordinates, has other values in some fields. */
function nitfWith(fields: readonly (readonly [offset: number, content: string])[]): string {
  const path = writeImage({ driver: 'NITF', extension: 'ntf', options: { BLOCKXSIZE: 40, BLOCKYSIZE: 30 } }, decoder.folder());
  changeImageSubheader(path, (subheader) => fields.forEach(([offset, content]) => subheader.write(content, offset, 'latin1')));
  return path;
}

/** With coordinates and without comments. */
const NBPP = 467;

for (const [what, fields, message] of [
  ['integers of 64 bits', [[ABPP, '64'], [NBPP, '64']], /Unsupported combination of PVTYPE\(INT\) and NBPP\(64\)/],
  ['bits in several blocks', [[PVTYPE, 'B  '], [ABPP, '01'], [NBPP, '01']], /several blocks/],
] as const) {
  test(`a NITF of ${what}, which GDAL does not read, fails as unsupported and not as damaged`, { skip: !known.has('NITF') }, async () => {
    await assert.rejects(decoder.pyramid(nitfWith(fields)), { code: 'unsupported_image', message });
  });
}
