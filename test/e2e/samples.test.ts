import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import gdal from 'gdal-async';
import { loadDatumEnsembles } from '../../src/imagery/child/datum-ensembles.js';
import type { RasterTruth, Recipe } from '../../src/imagery/samples/recipe.js';
import { makeSample, SAMPLE_NAMES, SAMPLE_RECIPES, type SampleName } from '../../src/imagery/samples/recipes.js';
import type { StatusAnswer } from '../support/http.js';
import { untilTrue } from '../support/eventually.js';
import { definitionOf, startTestService, WAIT } from '../support/service.js';

const service = await startTestService();
const folder = await mkdtemp(join(tmpdir(), 'viewpoint-samples-'));
after(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

const SIDE_FILES = ['.ovr', '.aux.xml'];
const DEGREES_TOLERANCE = 1e-6;
/** Images with more pixels need not be read in full for their statistics. */
const LARGE_PIXELS = 1 << 22;

type Ring = [number, number][];

interface GdalInfo {
  size: [number, number];
  metadata?: Record<string, Record<string, string>>;
  geoTransform?: number[];
  coordinateSystem?: { wkt: string };
  wgs84Extent?: { coordinates: Ring[] };
  bands: { minimum?: number; maximum?: number; mean?: number; stdDev?: number; overviews?: { size: [number, number] }[] }[];
}

interface Documents {
  metadata: { metadata: Record<string, string> };
  bounds: { bounds: number[] };
  info: { type: string; features: { type: string; id: string; properties: object; geometry: { type: string; coordinates: Ring[] } | null }[] };
  statistics: { image_statistics: GdalInfo };
}

const driverNames = gdal.drivers.getNames();
const canMake = ({ requiresDriver }: Recipe): boolean => requiresDriver === undefined || driverNames.includes(requiresDriver);

for (const name of SAMPLE_NAMES) {
  const recipe = SAMPLE_RECIPES[name];
  const { endsAs } = recipe;
  const end = endsAs.status === 'READY' ? 'READY with documents that tell the truth' : `FAILED as ${endsAs.code}`;
  test(`sample ${name} ends ${end}`, { skip: !canMake(recipe) }, async () => {
    const samplePath = await makeSample(name, join(folder, name));
    const status = await processSample(name, samplePath);
    assert.equal(status.viewpoint_status, endsAs.status, status.error?.message);
    if (endsAs.status === 'FAILED') {
      assert.equal(status.error?.code, endsAs.code, status.error?.message);
      await untilTrue('nothing of it stays on the volume', () => !existsSync(join(service.config.volumeRoot, name)));
      return;
    }
    const publishedPath = join(service.config.volumeRoot, name, recipe.fileName);
    assert.ok((await readFile(publishedPath)).equals(await readFile(samplePath)), 'the published image is the uploaded one');
    assert.ok(recipe.truth);
    const documents = await documentsOf(name);
    const published = openAndDescribe(publishedPath, recipe.truth.driver, ['-json', '-nomd']);
    assert.deepEqual(documents.statistics.image_statistics, published);
    assertBounds(documents, recipe.truth);
    assertMetadata(documents, openAndDescribe(publishedPath, recipe.truth.driver, ['-json']));
    await assertStatistics(documents.statistics.image_statistics, name, recipe.truth);
    assertFootprint(documents, recipe.truth, published);
    assertOverviews(name, documents.statistics.image_statistics, recipe.truth, status);
  });
}

test('overviews that come with an image are those that are published', () => {
  for (const name of ['overview-levels', 'partial-overviews', 'side-files'] as const) {
    const { truth, fileName } = SAMPLE_RECIPES[name];
    const bodies = truth?.overviews?.levels.map(({ bodyValue }) => bodyValue);
    assert.deepEqual(overviewBodies(join(service.config.volumeRoot, name, fileName)), bodies, name);
  }
});

test('overviews that cannot be trusted are built anew', async () => {
  for (const name of ['truncated-overviews', 'disguised-ovr', 'foreign-aux-xml'] as const) {
    const { json } = await service.request(`/viewpoints/${name}/status`);
    const { image } = json as StatusAnswer;
    const suffix = name === 'foreign-aux-xml' ? '.aux.xml' : '.ovr';
    assert.equal(image?.rejected_side_files.length, 1, name);
    assert.match(image.rejected_side_files[0] ?? '', new RegExp(`^\\${suffix}: `));
    const names = await readdir(join(service.config.volumeRoot, name));
    assert.equal(names.includes('neighbour.tif'), false);
    assert.doesNotMatch(await readFile(join(service.config.volumeRoot, name, `${SAMPLE_RECIPES[name].fileName}.aux.xml`), 'utf8'), /OVERVIEW_FILE/);
  }
  // Those of the broken file were all 77, those of the neighbour 99.
  const bodies = overviewBodies(join(service.config.volumeRoot, 'truncated-overviews', SAMPLE_RECIPES['truncated-overviews'].fileName));
  assert.deepEqual(bodies, [null]);
});

async function processSample(name: SampleName, path: string): Promise<StatusAnswer> {
  const { fileName } = SAMPLE_RECIPES[name];
  const key = `e2e/${name}/${fileName}`;
  await service.putObject(key, await readFile(path));
  for (const suffix of SIDE_FILES) if (existsSync(path + suffix)) await service.putObject(key + suffix, await readFile(path + suffix));
  const answer = await service.process(name, definitionOf(key, { viewpoint_name: `Sample ${name}`, range_adjustment: 'DRA' }), WAIT);
  assert.equal(answer.status, 200, answer.text);
  return answer.json as StatusAnswer;
}

async function documentsOf(name: string): Promise<Documents> {
  const documents: Record<string, unknown> = {};
  for (const path of ['metadata', 'bounds', 'info', 'statistics']) {
    const answer = await service.request(`/viewpoints/${name}/image/${path}`);
    assert.equal(answer.status, 200, answer.text);
    documents[path] = answer.json;
  }
  return documents as unknown as Documents;
}

/** What GDAL in this process says of a file, whatever it read before. */
function openAndDescribe(path: string, driver: string, options: string[]): GdalInfo {
  loadDatumEnsembles();
  const dataset = gdal.open(path, 'r', driver);
  try {
    // GDAL writes numbers that JSON does not have.
    const text = gdal.info(dataset, options).replace(/(?<=[:,[]\s*)[-+]?(?:nan|inf(?:inity)?)(?=\s*[,\]}])/gi, 'null');
    return JSON.parse(text) as GdalInfo;
  } finally {
    dataset.close();
  }
}

function assertBounds({ bounds, statistics }: Documents, { widthPixels, heightPixels }: RasterTruth): void {
  assert.deepEqual(bounds, { bounds: [0, 0, widthPixels, heightPixels] });
  assert.deepEqual(statistics.image_statistics.size, [widthPixels, heightPixels]);
}

function assertMetadata({ metadata }: Documents, info: GdalInfo): void {
  assert.deepEqual(metadata, { metadata: info.metadata?.[''] ?? {} });
}

/** The statistics are those that GDAL finds in all pixels of the image alone, or for a large one, in one of the overviews that it brings. */
async function assertStatistics({ bands }: GdalInfo, name: SampleName, truth: RasterTruth): Promise<void> {
  assert.equal(bands.length, truth.bandCount);
  const path = await makeSample(name, join(folder, `${name}-alone`));
  for (const suffix of SIDE_FILES) await rm(path + suffix, { force: true });
  const exact = openAndDescribe(path, truth.driver, ['-json', '-stats']).bands.map(figuresOf);
  const ofOverviews = overviewFigures(path, truth.driver);
  bands.forEach((band, index) => {
    const what = `band ${index + 1}`;
    const found = figuresOf(band);
    const isOfOverview = truth.widthPixels * truth.heightPixels > LARGE_PIXELS && ofOverviews[index]?.some((figures) => isDeepStrictEqual(found, figures));
    if (isOfOverview === true) return;
    assert.deepEqual(found, exact[index], what);
    assert.deepEqual(found?.slice(0, 2) ?? null, truth.valueRanges[index]?.map(toThousandths) ?? null, what);
  });
}

/** Minimum, maximum, mean and standard deviation; null for a band that has none. */
function figuresOf({ minimum, maximum, mean, stdDev }: GdalInfo['bands'][number]): number[] | null {
  if (minimum === undefined || maximum === undefined || mean === undefined || stdDev === undefined) return null;
  return [minimum, maximum, mean, stdDev];
}

/** By band and overview, of images whose pixels are all valid. */
function overviewFigures(path: string, driver: string): number[][][] {
  const dataset = gdal.open(path, 'r', driver);
  try {
    return dataset.bands.map((band) =>
      [...band.overviews].map(({ size, pixels }) => {
        const values = pixels.read(0, 0, size.x, size.y, new Float64Array(size.x * size.y));
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
        const extremes = values.reduce(([least, greatest], value): [number, number] => [Math.min(least, value), Math.max(greatest, value)], [Infinity, -Infinity] as [number, number]);
        return [...extremes, mean, Math.sqrt(variance)].map(toThousandths);
      }),
    );
  } finally {
    dataset.close();
  }
}

/** As gdalinfo writes its figures. */
function toThousandths(value: number): number {
  return Number(value.toFixed(3));
}

function assertFootprint({ info }: Documents, { georeference }: RasterTruth, published: GdalInfo): void {
  assert.equal(info.type, 'FeatureCollection');
  assert.equal(info.features.length, 1);
  const [feature] = info.features;
  assert.equal(feature?.type, 'Feature');
  assert.match(feature.id, /^Sample /);
  assert.deepEqual(feature.properties, {});

  const corners = georeference === null ? [] : (['upperLeft', 'lowerLeft', 'lowerRight', 'upperRight', 'upperLeft'] as const).map((corner) => georeference.corners[corner]);
  if (corners.length === 0 || corners.includes(null)) {
    assert.equal(feature.geometry, null);
    return;
  }
  assert.equal(feature.geometry?.type, 'Polygon');
  const ring = feature.geometry.coordinates[0] ?? [];
  assert.equal(ring.length, 5);
  assertSamePlaces(ring, corners as Ring, 'truth');
  const gdalRing = published.wgs84Extent?.coordinates[0];
  if (georeference?.kind === 'affine' && gdalRing !== undefined) assertSamePlaces(ring, gdalRing, 'GDAL');
}

function assertSamePlaces(ring: Ring, expected: Ring, whose: string): void {
  ring.forEach(([longitude, latitude], index) => {
    const [expectedLongitude = NaN, expectedLatitude = NaN] = expected[index] ?? [];
    const turned = Math.abs(longitude - expectedLongitude) % 360;
    const difference = whose === 'truth' ? Math.abs(longitude - expectedLongitude) : Math.min(turned, 360 - turned);
    assert.ok(difference <= DEGREES_TOLERANCE && Math.abs(latitude - expectedLatitude) <= DEGREES_TOLERANCE, `corner ${index}: ${longitude}, ${latitude}; by ${whose} ${expectedLongitude}, ${expectedLatitude}`);
  });
}

function assertOverviews(name: SampleName, { bands }: GdalInfo, truth: RasterTruth, { image }: StatusAnswer): void {
  const { widthPixels, heightPixels, overviews } = truth;
  const isDelivered = overviews !== null && name !== 'truncated-overviews';
  const levelCount = Math.max(0, Math.ceil(Math.log2(Math.min(widthPixels, heightPixels) / 1024)));
  const built = Array.from({ length: levelCount }, (_, level): [number, number] => [Math.ceil(widthPixels / 2 ** (level + 1)), Math.ceil(heightPixels / 2 ** (level + 1))]);
  const expected = isDelivered ? overviews.levels.map((level) => [level.widthPixels, level.heightPixels]) : built;
  for (const band of bands) assert.deepEqual((band.overviews ?? []).map(({ size }) => size), expected);
  const source = isDelivered ? { internal: 'internal', external: 'delivered' }[overviews.where] : levelCount === 0 ? 'none' : 'built';
  assert.equal(image?.overviews, source);
}

/** Per level, the one value in its middle row; null where there are several. */
function overviewBodies(path: string): (number | null)[] {
  const dataset = gdal.open(path);
  try {
    return [...dataset.bands.get(1).overviews].map(({ size, pixels }) => {
      const values = [...new Set(pixels.read(0, size.y >> 1, size.x, 1, new Float64Array(size.x)))];
      return values.length === 1 ? (values[0] ?? null) : null;
    });
  } finally {
    dataset.close();
  }
}
