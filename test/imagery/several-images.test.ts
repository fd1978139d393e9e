import assert from 'node:assert/strict';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import gdal from 'gdal-async';
import { makeSample } from '../../src/imagery/samples/recipes.js';
import { withSideMetadata } from '../../src/imagery/samples/write-raster.js';
import { startDecoder } from './decoder-fixture.js';
import { changeImageSubheader, compressionPlace, NROWS } from './nitf-image-subheader.js';

const decoder = startDecoder();
const hasNetCdf = gdal.drivers.getNames().includes('netCDF');

interface Segment {
  width: number;
  height: number;
  value: number;
  category?: string;
  representation?: string;
  compression?: string;
}

/** A NITF of one Byte image segment each. */
function writeNitf(segments: readonly Segment[]): string {
  const path = join(decoder.folder(), 'several.ntf');
  const driver = gdal.drivers.get('NITF');
  withSideMetadata(gdal, false, () => {
    for (const [index, { width, height, value, category = 'VIS', representation, compression }] of segments.entries()) {
      const image = gdal.drivers.get('MEM').create('', width, height, 1, 'Byte');
      image.bands.get(1).fill(value);
      const own = { ICAT: category, IDLVL: index + 1, ...(representation !== undefined && { IREP: representation }), ...(compression !== undefined && { IC: compression }) };
      const place = index > 0 ? { APPEND_SUBDATASET: 'YES' } : segments.length > 1 ? { NUMI: segments.length, WRITE_ONLY_FIRST_IMAGE: 'YES' } : {};
      driver.createCopy(path, image, { ...own, ...place }).close();
      image.close();
    }
  });
  return path;
}

test('the first image segment of a NITF is used and the others are told of', async () => {
  const path = writeNitf([{ width: 320, height: 240, value: 7 }, { width: 64, height: 48, value: 200, category: 'MAP' }, { width: 20, height: 10, value: 3 }]);
  const report = await decoder.pyramid(path);
  assert.deepEqual([report.width, report.height], [320, 240]);
  assert.deepEqual(report.otherImages, ['image segment 2 (64 × 48 pixels, 1 band, category MAP)', 'image segment 3 (20 × 10 pixels, 1 band, category VIS)']);
});

test('overviews of the first segment lie where everybody looks for those of the file', async () => {
  const path = writeNitf([{ width: 1300, height: 1100, value: 7 }, { width: 64, height: 48, value: 200 }]);
  const { overviews } = await decoder.pyramid(path);
  assert.equal(overviews, 'built');
  const dataset = gdal.drivers.get('NITF').open(path);
  assert.deepEqual(dataset.bands.get(1).overviews.map(({ size }) => [size.x, size.y]), [[650, 550]]);
  dataset.close();
});

test('the segments are called by where the file is published', async () => {
  const path = writeNitf([{ width: 320, height: 240, value: 7 }, { width: 64, height: 48, value: 200 }]);
  const publishedPath = join(decoder.folder(), 'several.ntf');
  await decoder.pyramid(path);
  await decoder.documents(path, { publishedPath });
  for (const suffix of ['', '.aux.xml']) renameSync(path + suffix, publishedPath + suffix);
  const dataset = gdal.drivers.get('NITF').open(publishedPath);
  const names = dataset.getMetadata('SUBDATASETS') as Record<string, string>;
  dataset.close();
  assert.deepEqual([names.SUBDATASET_1_NAME, names.SUBDATASET_2_NAME], [`NITF_IM:0:${publishedPath}`, `NITF_IM:1:${publishedPath}`]);
  assert.equal(readFileSync(`${publishedPath}.aux.xml`, 'utf8').includes(path), false);
});

test('an image inside the file is called by where the file is published', async () => {
  const path = writeNitf([{ width: 60, height: 40, value: 1, category: 'LEG' }, { width: 320, height: 240, value: 200 }]);
  await decoder.pyramid(path);
  await decoder.documents(path, { publishedPath: '/published/several.ntf' });
  const { image_statistics: info } = JSON.parse(readFileSync(`${path}.stats`, 'utf8')) as { image_statistics: { description: string; files: string[] } };
  assert.equal(info.description, 'NITF_IM:1:/published/several.ntf');
  assert.equal(info.files[0], '/published/several.ntf');
});

for (const [what, first] of [
  ['a legend', { width: 60, height: 40, value: 1, category: 'LEG' }],
  ['a mask', { width: 60, height: 40, value: 1, category: 'CLOUD' }],
  ['not for display', { width: 60, height: 40, value: 1, representation: 'NODISPLY' }],
  ['a single pixel', { width: 1, height: 1, value: 1 }],
] as const) {
  test(`a first segment that is ${what} gives way to one that shows a scene`, async () => {
    const path = writeNitf([first, { width: 320, height: 240, value: 200 }]);
    const report = await decoder.pyramid(path);
    assert.deepEqual([report.width, report.height, report.otherImages.length], [320, 240, 1]);
    await decoder.documents(path);
    assert.deepEqual(JSON.parse(readFileSync(`${path}.bounds`, 'utf8')), { bounds: [0, 0, 320, 240] });
    const stats = JSON.parse(readFileSync(`${path}.stats`, 'utf8')) as { image_statistics: { bands: { minimum: number }[] } };
    assert.equal(stats.image_statistics.bands[0]?.minimum, 200);
  });
}

test('a first segment whose compression nothing reads gives way to one that can be read', async () => {
  const path = writeNitf([{ width: 60, height: 40, value: 1, compression: 'C3' }, { width: 320, height: 240, value: 200 }]);
  // Lossless JPEG, which is another decoder's.
  changeImageSubheader(path, (subheader) => subheader.write('C5', compressionPlace(subheader), 'latin1'));
  const { width, otherImages } = await decoder.pyramid(path);
  assert.equal(width, 320);
  assert.deepEqual(otherImages, ['image segment 1 (60 × 40 pixels, 1 band, category VIS, compression C5, which cannot be read)']);
});

test('a NITF whose only segment has such a compression fails for that', async () => {
  const path = writeNitf([{ width: 60, height: 40, value: 1, compression: 'C3' }]);
  // Lossless JPEG, which is another decoder's.
  changeImageSubheader(path, (subheader) => subheader.write('C5', compressionPlace(subheader), 'latin1'));
  await assert.rejects(decoder.pyramid(path), { code: 'unsupported_compression' });
});

test('radar with phase is for display, whatever its representation says', async () => {
  const path = writeNitf([{ width: 100, height: 80, value: 5, category: 'SAR', representation: 'NODISPLY' }, { width: 320, height: 240, value: 200 }]);
  const { width } = await decoder.pyramid(path);
  assert.equal(width, 100);
});

test('a file of nothing but accompanying segments shows the first of them', async () => {
  const path = writeNitf([{ width: 60, height: 40, value: 1, category: 'LEG' }, { width: 30, height: 20, value: 200, category: 'LEG' }]);
  assert.equal((await decoder.pyramid(path)).width, 60);
});

test('a segment of no rows is passed over', async () => {
  const path = writeNitf([{ width: 60, height: 40, value: 1 }, { width: 320, height: 240, value: 200 }]);
  changeImageSubheader(path, (subheader) => subheader.write('00000000', NROWS, 'latin1'));
  const { width, otherImages } = await decoder.pyramid(path);
  assert.equal(width, 320);
  assert.deepEqual(otherImages, ['image segment 1 (cannot be read)']);
});

test('a NITF whose only segment has no rows is corrupt', async () => {
  const path = writeNitf([{ width: 60, height: 40, value: 1 }]);
  changeImageSubheader(path, (subheader) => subheader.write('00000000', NROWS, 'latin1'));
  await assert.rejects(decoder.pyramid(path), { code: 'image_corrupt', message: /nRows=0/ });
});

test('a NITF without image segment fails as such', async () => {
  const path = await makeSample('nitf-no-image', decoder.folder());
  for (const work of [decoder.pyramid(path), decoder.documents(path)]) await assert.rejects(work, { code: 'no_image_segment' });
});

test('an image inside a larger file gets no overviews that would be taken for those of another', async () => {
  const path = writeNitf([{ width: 60, height: 40, value: 1, category: 'LEG' }, { width: 1300, height: 1100, value: 200 }]);
  const { overviews, overviewCount } = await decoder.pyramid(path);
  assert.deepEqual([overviews, overviewCount, existsSync(`${path}.ovr`)], ['none', 0, false]);
});

test('of a container the first raster is used', { skip: !hasNetCdf }, async () => {
  const path = join(decoder.folder(), 'container.nc');
  withSideMetadata(gdal, false, () => {
    const image = gdal.drivers.get('MEM').create('', 200, 150, 2, 'Byte');
    image.bands.get(1).fill(11);
    image.bands.get(2).fill(22);
    gdal.drivers.get('netCDF').createCopy(path, image).close();
    image.close();
  });
  const report = await decoder.pyramid(path, { rangeAdjustment: 'DRA' });
  assert.deepEqual([report.driver, report.width, report.height, report.bandCount], ['netCDF', 200, 150, 1]);
  assert.equal(report.otherImages.length, 1);
  await decoder.documents(path);
  const stats = JSON.parse(readFileSync(`${path}.stats`, 'utf8')) as { image_statistics: { bands: { minimum: number }[] } };
  assert.equal(stats.image_statistics.bands[0]?.minimum, 11);
});
