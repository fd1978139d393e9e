import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import gdal from 'gdal-async';
import type { FootprintDocument } from '../../src/domain/footprint/footprint-document.js';
import { makeSample, type SampleName } from '../../src/imagery/samples/recipes.js';
import { areaOf, assertArea, covers, sphericalAreaOf } from '../domain/footprint/assert-area.js';
import { plotFootprint } from '../domain/footprint/plot-footprint.js';
import { startDecoder } from './decoder-fixture.js';
import { polygonsOf, readCorners, readOutline } from './read-documents.js';

const decoder = startDecoder();
const EARTH_RADIUS_METRES = 6_371_007; // of the sphere with the Earth's surface

/** Makes the documents of an image, checks that its outline is valid, and leaves a drawing of it for people. */
async function outlineOf(name: string, path: string): Promise<FootprintDocument> {
  await decoder.documents(path);
  const document = readOutline(path);
  const polygons = polygonsOf(document);
  assertArea(polygons);
  plotFootprint(name, polygons);
  return document;
}

async function outlineOfSample(name: SampleName): Promise<FootprintDocument> {
  return outlineOf(name, await makeSample(name, decoder.folder()));
}

interface RasterOptions {
  crs: number | string;
  geoTransform: number[];
  size: readonly [width: number, height: number];
  bandCount?: number;
  noData?: number;
  /** Value of a pixel, by its centre. */
  paint?: (x: number, y: number, bandNumber: number) => number;
  prepare?: (dataset: gdal.Dataset) => void;
}

function makeRaster({ crs, geoTransform, size: [width, height], bandCount = 1, noData, paint, prepare }: RasterOptions): string {
  const path = join(decoder.folder(), 'image.tif');
  const dataset = gdal.drivers.get('GTiff').create(path, width, height, bandCount, gdal.GDT_Byte);
  dataset.srs = typeof crs === 'number' ? gdal.SpatialReference.fromEPSG(crs) : gdal.SpatialReference.fromProj4(crs);
  dataset.geoTransform = geoTransform;
  prepare?.(dataset);
  dataset.bands.forEach((band, bandNumber) => {
    if (noData !== undefined) band.noDataValue = noData;
    if (paint === undefined) return;
    const pixels = Uint8Array.from({ length: width * height }, (_, index) => paint((index % width) + 0.5, Math.floor(index / width) + 0.5, bandNumber));
    band.pixels.write(0, 0, width, height, pixels);
  });
  dataset.close();
  return path;
}

test('an image across the antimeridian in degrees is two rectangles', async () => {
  const document = await outlineOfSample('antimeridian-degrees');
  assert.equal(document.geometry?.type, 'MultiPolygon');
  assert.deepEqual(document.bbox, [179, -18, -179, -17]);
  assert.ok(Math.abs(areaOf(polygonsOf(document)) - 2) < 1e-9);
});

test('an image across the antimeridian in UTM is cut there', async () => {
  const document = await outlineOfSample('antimeridian-utm');
  assert.equal(polygonsOf(document).length, 2);
  const [west = NaN, , east = NaN] = document.bbox ?? [];
  assert.ok(Math.abs(west - 179.909655828) < 1e-6 && Math.abs(east - (180.080195723 - 360)) < 1e-6);
  // 18 km by 12 km in UTM, at 3.0 degrees from the central meridian and the scale 1.00079 or so.
  const area = sphericalAreaOf(polygonsOf(document)) * EARTH_RADIUS_METRES ** 2;
  assert.ok(Math.abs(area / (18_000 * 12_000) - 1) < 0.01, `${area} m²`);
});

for (const [name, epsg, pole] of [['north', 3413, 1], ['south', 3031, -1]] as const) {
  test(`an image over the ${name} pole is closed over it`, async () => {
    const path = makeRaster({ crs: epsg, geoTransform: [-512_000, 4000, 0, 512_000, 0, -5120], size: [256, 200] });
    const document = await outlineOf(`over-the-${name}-pole`, path);
    const polygons = polygonsOf(document);
    assert.deepEqual(document.geometry?.type, 'Polygon');
    assert.deepEqual([document.bbox?.[0], document.bbox?.[2], document.bbox?.[pole === 1 ? 3 : 1]], [-180, 180, pole * 90]);
    // The middle of a side lies 512 km from the pole, half a degree less than its corner.
    for (const longitude of [-179.9, -100, -31, 0.1, 45, 133]) assert.ok(covers(polygons, [longitude, pole * 85.5]) && !covers(polygons, [longitude, pole * 83.2]), `${longitude}`);
    const area = sphericalAreaOf(polygons) * EARTH_RADIUS_METRES ** 2;
    assert.ok(Math.abs(area / 1024_000 ** 2 - 1) < 0.06, `${area} m²`); // the projection's scale at the pole is 0.97
  });
}

test('an image whose edge runs through the pole reaches up to it', async () => {
  // The half plane of longitudes 45 to 225 in EPSG:3413, whose y axis points away from 45 degrees west.
  const path = makeRaster({ crs: 3413, geoTransform: [-300_000, 3000, 0, 400_000, 0, -4000], size: [200, 100] });
  const document = await outlineOf('edge-through-the-pole', path);
  const polygons = polygonsOf(document);
  const [west = NaN, , east = NaN, north = NaN] = document.bbox ?? [];
  assert.ok(Math.abs(west - 45) < 0.1 && Math.abs(east + 135) < 0.1 && north > 89.98, String(document.bbox));
  assert.ok(covers(polygons, [135, 88]) && covers(polygons, [100, 89.5]) && covers(polygons, [-170, 88]));
  assert.ok(!covers(polygons, [-45, 88]) && !covers(polygons, [0, 89]) && !covers(polygons, [0, 89.9999]));
});

for (const [name, x, y, west, east] of [['first', 0, 400_000, 45, 135], ['last', -400_000, 0, -135, -45]] as const) {
  test(`an image whose ${name} corner is the pole covers a quarter of the longitudes up to it`, async () => {
    // y and x both to the south-east of it; EPSG:3413's y axis points away from 45 degrees west.
    const path = makeRaster({ crs: 3413, geoTransform: [x, 4000, 0, y, 0, -4000], size: [100, 100] });
    const document = await outlineOf(`${name}-corner-at-the-pole`, path);
    assert.deepEqual(document.bbox?.map((value) => Math.round(value * 1e6) / 1e6).filter((_value, index) => index !== 1), [west, east, 90]);
    assert.ok(covers(polygonsOf(document), [(west + east) / 2, 89.9]));
    assert.equal(polygonsOf(document).length, 1);
  });
}

test('an image of the whole globe is the whole globe, from whichever meridian it begins', async () => {
  for (const west of [-180, 0]) {
    const document = await outlineOf(`globe-from-${west}`, makeRaster({ crs: 4326, geoTransform: [west, 1, 0, 90, 0, -1], size: [360, 180] }));
    assert.deepEqual(document.bbox, [-180, -90, 180, 90]);
    assert.equal(areaOf(polygonsOf(document)), 360 * 180);
  }
});

test('an image whose first row reaches half a pixel beyond the pole, as grids of points do, ends at the pole', async () => {
  const document = await outlineOf('beyond-the-poles', makeRaster({ crs: 4326, geoTransform: [-0.125, 0.25, 0, 90.125, 0, -0.25], size: [1440, 721] }));
  assert.deepEqual(document.bbox?.map((value) => Number(value.toFixed(6))), [-180, -90, 180, 90]);
  assert.ok(Math.abs(areaOf(polygonsOf(document)) / (360 * 180) - 1) < 1e-8);
});

test('an image on longitudes 0 to 360 finds its way back from the other side', async () => {
  const document = await outlineOf('degrees-beyond-180', makeRaster({ crs: 4326, geoTransform: [200, 0.1, 0, 10, 0, -0.1], size: [400, 100] }));
  assert.deepEqual(document.bbox, [-160, 0, -120, 10]);
});

test('an image that looks past the limb is what it shows of the Earth', async () => {
  const path = await makeSample('past-the-limb', decoder.folder());
  const document = await outlineOf('past-the-limb', path);
  const polygons = polygonsOf(document);
  assert.equal(readCorners(path), null);
  assert.equal(document.properties.reason, null);
  // Half the globe, seen from above 10 degrees east and 20 degrees north.
  assert.ok(Math.abs(sphericalAreaOf(polygons) / (2 * Math.PI) - 1) < 0.005, `${sphericalAreaOf(polygons)} sr`);
  assert.ok(covers(polygons, [10, -69]) && !covers(polygons, [10, -71]) && covers(polygons, [-170, 71]) && !covers(polygons, [-170, 69]));
  assert.ok(covers(polygons, [99, 0.5]) && !covers(polygons, [101, -0.5]));
});

test('a geostationary image is its disk', async () => {
  const reach = 5_500_000;
  const crs = '+proj=geos +h=35785831 +lon_0=140.7 +sweep=y +datum=WGS84 +units=m +no_defs';
  const document = await outlineOf('geostationary', makeRaster({ crs, geoTransform: [-reach, reach / 200, 0, reach, 0, -reach / 200], size: [400, 400] }));
  const polygons = polygonsOf(document);
  assert.equal(polygons.length, 2);
  // From 42164 km, the limb is 81.3 degrees away.
  assert.ok(covers(polygons, [140.7, 81]) && !covers(polygons, [140.7, 81.8]));
  assert.ok(covers(polygons, [140.7 - 81, 0.1]) && !covers(polygons, [140.7 - 82, 0.1]) && covers(polygons, [140.7 + 81 - 360, 0.1]));
});

/** True within a scene of 700 by 300 pixels, turned by the angle of a 3-4-5 triangle about (500, 400). */
const inTurnedScene = (x: number, y: number): boolean => {
  const [u, v] = [0.8 * (x - 500) + 0.6 * (y - 400), -0.6 * (x - 500) + 0.8 * (y - 400)];
  return Math.abs(u) < 350 && Math.abs(v) < 150;
};
/** Its corners, in degrees, on the grid below. */
const TURNED_SCENE = [[-350, -150], [350, -150], [350, 150], [-350, 150]].map(([u = 0, v = 0]) => [10 + (500 + 0.8 * u - 0.6 * v) * 0.001, 50 - (400 + 0.6 * u + 0.8 * v) * 0.001] as const);
const GRID = { crs: 4326, geoTransform: [10, 0.001, 0, 50, 0, -0.001], size: [1000, 800] } as const;
const gridded = (options: Partial<RasterOptions>): string => makeRaster({ ...GRID, geoTransform: [...GRID.geoTransform], ...options });

async function assertTurnedScene(name: string, path: string): Promise<void> {
  const document = await outlineOf(name, path);
  const polygons = polygonsOf(document);
  assert.equal(document.properties.kind, 'valid_data');
  assert.ok(polygons.flat(2).length < 30, `${polygons.flat(2).length} positions`);
  for (const corner of TURNED_SCENE) {
    const distance = Math.min(...polygons.flat(2).map(([longitude, latitude]) => Math.hypot(longitude - corner[0], latitude - corner[1])));
    assert.ok(distance < 0.006, `${distance} degrees from ${String(corner)}`); // three of the mask's pixels
  }
  assert.ok(Math.abs(areaOf(polygons) / (700 * 300 * 1e-6) - 1) < 0.01);
}

test('the collar of nodata around a turned scene is left out', async () => {
  await assertTurnedScene('nodata-collar', gridded({ noData: 0, paint: (x, y) => (inTurnedScene(x, y) ? 100 : 0) }));
});

test('so is that of a mask and of an alpha band', async () => {
  const masked = gridded({
    prepare(dataset) {
      const band = dataset.bands.get(1);
      band.createMaskBand(2);
      const mask = band.getMaskBand();
      const [width, height] = GRID.size;
      mask?.pixels.write(0, 0, width, height, Uint8Array.from({ length: width * height }, (_, index) => (inTurnedScene((index % width) + 0.5, Math.floor(index / width) + 0.5) ? 255 : 0)));
    },
  });
  await assertTurnedScene('mask', masked);

  const withAlpha = gridded({
    bandCount: 2,
    prepare: (dataset) => void (dataset.bands.get(2).colorInterpretation = 'Alpha'),
    paint: (x, y, bandNumber) => (bandNumber === 1 || inTurnedScene(x, y) ? 255 : 0),
  });
  await assertTurnedScene('alpha', withAlpha);
});

test('bands whose gaps differ are valid where any of them is', async () => {
  const path = gridded({ bandCount: 2, noData: 0, paint: (x, _y, bandNumber) => ((bandNumber === 1 ? x < 300 : x > 200 && x < 600) ? 9 : 0) });
  const document = await outlineOf('two-bands', path);
  assert.deepEqual(document.bbox?.map((value) => Number(value.toFixed(2))), [10, 49.2, 10.6, 50]);
});

test('valid data in two places are two polygons, across the antimeridian too', async () => {
  const path = gridded({ geoTransform: [179.5, 0.001, 0, 50, 0, -0.001], noData: 0, paint: (x, y) => ((x > 300 && x < 700 && y < 300) || (x > 50 && x < 200 && y > 500) ? 9 : 0) });
  const document = await outlineOf('two-parts', path);
  const polygons = polygonsOf(document);
  assert.equal(polygons.length, 3);
  assert.ok(Math.abs(areaOf(polygons) / ((400 * 300 + 150 * 300) * 1e-6) - 1) < 0.02);
});

test('an image without a valid pixel, or with gaps within only, is outlined by its edge', async () => {
  const empty = await outlineOf('no-valid-pixel', gridded({ noData: 0 }));
  assert.deepEqual([empty.properties.kind, empty.bbox], ['image', [10, 49.2, 11, 50]]);
  const holed = await outlineOf('holes', gridded({ noData: 0, paint: (x, y) => (x > 300 && x < 400 && y > 100 && y < 700 ? 0 : 7) }));
  assert.deepEqual(holed.bbox, [10, 49.2, 11, 50]);
});

test('noise of valid and invalid pixels is outlined in bounded time and size', async () => {
  let state = 1;
  const random = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
  const path = makeRaster({ crs: 32633, geoTransform: [500_000, 100, 0, 5_000_000, 0, -100], size: [512, 512], noData: 0, paint: () => (random() > 0.42 ? 1 : 0) });
  const document = await outlineOf('noise', path);
  assert.ok(polygonsOf(document).flat(2).length <= 2000);
});
