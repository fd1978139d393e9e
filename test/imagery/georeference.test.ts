import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import gdal from 'gdal-async';
import type { LonLat } from '../../src/domain/footprint/world-polygons.js';
import { createSicdModel } from '../../src/domain/sensor-models/sicd.js';
import { createSiddModel } from '../../src/domain/sensor-models/sidd.js';
import { groundOf, rationalPolynomials } from '../../src/imagery/samples/rational-polynomials.js';
import { rsmGroundOf } from '../../src/imagery/samples/replacement-sensor-model.js';
import { sicdDocument, siddDocument } from '../../src/imagery/samples/radar-documents.js';
import { makeSample, SAMPLE_NAMES, SAMPLE_RECIPES, type SampleName } from '../../src/imagery/samples/recipes.js';
import { rsmidaText, rsmpcaText } from '../domain/sensor-models/rsm/rsm-text.js';
import { SAMPLE_IDA, SAMPLE_PCA, SAMPLE_POINTS } from '../domain/sensor-models/rsm/rsm-samples.js';
import { sicdXml, siddXml } from '../domain/sensor-models/sar/metadata-xml.js';
import { INCA_STRIPMAP, PFA_SPOTLIGHT, PLANE_PRODUCT, RMA_SPOTLIGHT } from '../domain/sensor-models/sar/published-examples.js';
import { startDecoder } from './decoder-fixture.js';
import { nearestPosition, readCorners, readOutline } from './read-documents.js';
import { writeNitf, type NitfContents } from './write-nitf.js';

const decoder = startDecoder();
const driverNames = gdal.drivers.getNames();
const canMake = (name: SampleName): boolean => driverNames.includes(SAMPLE_RECIPES[name].requiresDriver ?? 'GTiff');

const CORNERS = ['upperLeft', 'lowerLeft', 'lowerRight', 'upperRight'] as const;
/** The name of the model by what its sample's truth is made of. */
const MODELS: Partial<Record<SampleName, string>> = { 'nitf-corner-record': 'projective', 'nitf-rsm': 'rsm', 'nitf-chip': 'rpc', 'nitf-sicd': 'sicd', 'nitf-sidd': 'sidd' };
const MODEL_OF_KIND = { affine: 'affine', gcps: 'projective', rpc: 'rpc', record: '' } as const;

for (const name of SAMPLE_NAMES.filter((each) => SAMPLE_RECIPES[each].endsAs.status === 'READY')) {
  test(`sample ${name} lies where it should`, { skip: !canMake(name) }, async () => {
    const { truth } = SAMPLE_RECIPES[name];
    const path = await makeSample(name, decoder.folder());
    if (SAMPLE_RECIPES[name].sideFiles.length > 0) await decoder.pyramid(path); // which vets them
    const { sensorModel, noFootprintReason } = await decoder.documents(path);
    const [corners, outline] = [readCorners(path), readOutline(path)];
    const places = CORNERS.map((corner) => truth?.georeference?.corners[corner] ?? null);
    if (truth?.georeference == null) {
      assert.deepEqual([sensorModel, corners, outline.geometry], [null, null, null]);
      assert.equal(outline.properties.reason, noFootprintReason);
      return;
    }
    assert.equal(sensorModel, MODELS[name] ?? MODEL_OF_KIND[truth.georeference.kind]);
    if (places.includes(null)) {
      assert.equal(corners, null);
      assert.equal(noFootprintReason, 'Not every corner of the image lies on Earth.');
      return;
    }
    assert.equal(outline.properties.reference_height_metres, truth.georeference.heightMetres);
    for (const [index, place] of places.entries()) {
      assertWithin(corners?.[index], place, 1e-6, `corner ${index}`);
      // The outline has two digits more: enough for a hundredth of the smallest pixel here.
      if (place === null || Math.abs(place[0]) >= 180 || outline.properties.kind !== 'image') continue;
      assertWithin(nearestPosition(outline, place), place, pixelDegrees(places, truth.widthPixels) / 100, `outline at corner ${index}`);
    }
  });
}

/** The least that a pixel measures along the upper edge, in degrees of longitude or latitude together. */
function pixelDegrees([upperLeft, , , upperRight]: readonly (readonly [number, number] | null)[], widthPixels: number): number {
  return Math.hypot((upperRight?.[0] ?? NaN) - (upperLeft?.[0] ?? NaN), (upperRight?.[1] ?? NaN) - (upperLeft?.[1] ?? NaN)) / widthPixels;
}

function assertWithin(actual: LonLat | undefined, expected: readonly [number, number] | null, toleranceDegrees: number, what: string): void {
  const distance = Math.hypot((actual?.[0] ?? NaN) - (expected?.[0] ?? NaN), (actual?.[1] ?? NaN) - (expected?.[1] ?? NaN));
  assert.ok(distance <= toleranceDegrees, `${what}: ${String(actual)} instead of ${String(expected)}`);
}

interface Placed {
  model: string | null;
  reason: string | null;
  heightMetres: number | null;
  corners: LonLat[] | null;
  upperLeft: (near: readonly [number, number]) => LonLat;
}

async function placeNitf(contents: NitfContents): Promise<Placed> {
  const path = writeNitf(join(decoder.folder(), 'image.ntf'), contents);
  const { sensorModel, noFootprintReason } = await decoder.documents(path);
  const outline = readOutline(path);
  return {
    model: sensorModel,
    reason: noFootprintReason,
    heightMetres: outline.properties.reference_height_metres,
    corners: readCorners(path),
    upperLeft: (near) => nearestPosition(outline, near),
  };
}

/** The samples' RPCs as GDAL's items. */
function sampleRpc(): Record<string, string> {
  const dataset = gdal.drivers.get('MEM').create('', 320, 240, 1, gdal.GDT_Byte);
  rationalPolynomials.apply(gdal, dataset);
  const items = dataset.getMetadata('RPC') as Record<string, string>;
  dataset.close();
  return items;
}

const RSM_RECORDS = { RSMIDA: rsmidaText('R', SAMPLE_IDA), RSMPCA: rsmpcaText({ ...SAMPLE_PCA, rowSection: 1, columnSection: 1 }) };

test('a published RSM image has its first pixel where its makers put it', async () => {
  const { model, upperLeft, heightMetres } = await placeNitf({ size: [512, 512], tres: RSM_RECORDS, rpc: sampleRpc() });
  assert.equal(model, 'rsm'); // and not the RPCs, which are of another place
  assert.ok(heightMetres !== null && Math.abs(heightMetres) < 20); // the mean of the vertices' heights
  // Between the published points at -500 m and 0 m: the ray is straight to a thousandth of a pixel.
  const [low, , , , middle] = SAMPLE_POINTS;
  const share = (heightMetres + 500) / 500;
  const between = (axis: 3 | 4): number => (low?.[axis] ?? NaN) * (1 - share) + (middle?.[axis] ?? NaN) * share;
  const [longitude, latitude] = upperLeft([-117.0388, 33.1617]);
  assert.ok(Math.abs(longitude - between(4)) < 5e-8 && Math.abs(latitude - between(3)) < 5e-8, `${longitude}, ${latitude} instead of ${between(4)}, ${between(3)}`);
});

for (const [name, { metadata, corners }, toleranceDegrees] of [
  ['PFA', PFA_SPOTLIGHT, 5e-6],
  ['RMA', RMA_SPOTLIGHT, 5e-6],
  ['INCA', INCA_STRIPMAP, 5e-3], // on terrain of unknown height
] as const) {
  test(`a published SICD image (${name}) has its first pixel where its processor put it, whatever its document's version`, async () => {
    const expected = createSicdModel(metadata).imageToWorld({ x: 0, y: 0 });
    for (const options of [{}, { version: '0.4.1', prefix: 'ns' }]) {
      const { model, upperLeft } = await placeNitf({ size: [200, 100], documents: [sicdXml(metadata, options)], documentId: 'prefix' in options ? 'SICD_XML' : 'XML_DATA_CONTENT' });
      assert.equal(model, 'sicd');
      const [published = [NaN, NaN]] = corners;
      const found = upperLeft([published[1], published[0]]);
      assertWithin(found, [expected?.longitude ?? NaN, expected?.latitude ?? NaN], 1e-8, 'against the model');
      assertWithin(found, [published[1], published[0]], toleranceDegrees, 'against the processor');
    }
  });
}

test('a published SIDD product has its first pixel where its processor put it', async () => {
  const { metadata, corners } = PLANE_PRODUCT;
  const expected = createSiddModel(metadata).imageToWorld({ x: 0, y: 0 });
  const { model, upperLeft } = await placeNitf({ size: [200, 100], documents: [sicdXml(PFA_SPOTLIGHT.metadata), siddXml(metadata)] });
  assert.equal(model, 'sidd');
  const [published = [NaN, NaN]] = corners;
  const found = upperLeft([published[1], published[0]]);
  assertWithin(found, [expected?.longitude ?? NaN, expected?.latitude ?? NaN], 1e-8, 'against the model');
  // Its processor's corners lie on the product plane, 4 cm above the ellipsoid.
  assertWithin(found, [published[1], published[0]], 5e-7, 'against the processor');
});

/** ICHIPB of an image whose pixels are those of the full one from (column, row) on. */
function ichipb([width, height]: readonly [number, number], column: number, row: number): string {
  const number = (value: number): string => value.toFixed(3).padStart(12, '0');
  const places = [0.5, height - 0.5].flatMap((y) => [0.5, width - 0.5].map((x) => [x, y] as const));
  return ['00', '0001.00000', '00', '00', ...places.map(([x, y]) => number(y) + number(x)), ...places.map(([x, y]) => number(y + row) + number(x + column)), '00000240', '00000320'].join('');
}

test('ICHIPB applies to each model once, and instead of what a radar document says of a chip', async () => {
  const size = [100, 80] as const;
  const tres = { ICHIPB: ichipb(size, 50, 40) };
  const whole = await placeNitf({ size: [320, 240], documents: [sicdDocument()] });
  const expected = whole.corners?.[0] ?? [NaN, NaN];
  const at: LonLat = [expected[0] + ((50 * 1.25) / 6_378_137) * (180 / Math.PI), expected[1] - (40 / 6_335_439) * (180 / Math.PI)];
  const chipped = siddDocument().replace(
    '</SIDD>',
    '<DownstreamReprocessing><GeometricChip><ChipSize><Row>80</Row><Col>100</Col></ChipSize><OriginalUpperLeftCoordinate><Row>7</Row><Col>9</Col></OriginalUpperLeftCoordinate><OriginalUpperRightCoordinate><Row>7</Row><Col>108</Col></OriginalUpperRightCoordinate><OriginalLowerLeftCoordinate><Row>86</Row><Col>9</Col></OriginalLowerLeftCoordinate><OriginalLowerRightCoordinate><Row>86</Row><Col>108</Col></OriginalLowerRightCoordinate></GeometricChip></DownstreamReprocessing></SIDD>',
  );
  for (const [document, model] of [[sicdDocument().replace('<FirstRow>0<', '<FirstRow>33<'), 'sicd'], [chipped, 'sidd']] as const) {
    const chip = await placeNitf({ size, tres, documents: [document] });
    assert.equal(chip.model, model);
    assertWithin(chip.corners?.[0], at, 2e-6, model);
  }
  // Without the record, the documents' own count.
  const own = await placeNitf({ size, documents: [chipped] });
  assertWithin(own.corners?.[0], [expected[0] + ((9 * 1.25) / 6_378_137) * (180 / Math.PI), expected[1] - (7 / 6_335_439) * (180 / Math.PI)], 2e-6, 'GeometricChip');

  const rpc = await placeNitf({ size, tres, rpc: sampleRpc() });
  assertWithin(rpc.corners?.[0], groundOf(50, 40), 1e-6, 'RPC');
});

test('a chip of which nothing tells where it was cut is not placed by the full image', async () => {
  const { model, reason } = await placeNitf({ size: [100, 80], tres: { ICHIPB: '01'.padEnd(224) }, rpc: sampleRpc() });
  assert.equal(model, null);
  assert.equal(reason, 'The image is a chip, and its ICHIPB record does not say where in the full image it lies.');
});

test('RPC00A is read from its record, since GDAL orders its coefficients the wrong way', async () => {
  const rpc = sampleRpc();
  const path = writeNitf(join(decoder.folder(), 'b.ntf'), { size: [320, 240], rpc });
  const dataset = gdal.open(path, 'r', 'NITF');
  const { RPC00B = '' } = dataset.getMetadata('TRE') as Record<string, string>;
  dataset.close();
  assert.equal(RPC00B.length, 1041);
  // The square of the longitude in the sample's numerator: RPC00B's eighth term, RPC00A's ninth.
  const numerator = RPC00B.length - 40 * 12;
  const withTerm = (position: number): string => RPC00B.slice(0, numerator + position * 12) + '+0.200000E-1' + RPC00B.slice(numerator + (position + 1) * 12);
  const oldOrder = await placeNitf({ size: [320, 240], tres: { RPC00A: withTerm(8) } });
  const newOrder = await placeNitf({ size: [320, 240], tres: { RPC00B: withTerm(7) } });
  assert.equal(oldOrder.model, 'rpc');
  assert.deepEqual(oldOrder.corners, newOrder.corners);
  // By the formula, at the corner that was found: (L + 0.1·P + 0.02·L²) is where the first pixel's corner is.
  const [longitude, latitude] = oldOrder.upperLeft(groundOf(0, 0));
  const [l, p] = [(longitude + 106.5) / 0.016, (latitude - 35.25) / 0.012];
  assert.ok(Math.abs((l + 0.1 * p + 0.02 * l * l) * 160 + 160.5) < 0.01);
  assert.ok(Math.abs((0.1 * l - p) * 120 + 120.5) < 0.01);
});

test('a record that is malformed leaves the image to the next best one', async () => {
  const broken = await placeNitf({ size: [320, 240], tres: { RSMIDA: RSM_RECORDS.RSMIDA.slice(0, 900), RSMPCA: RSM_RECORDS.RSMPCA }, rpc: sampleRpc() });
  assert.equal(broken.model, 'rpc');
  assertWithin(broken.corners?.[0], groundOf(0, 0), 1e-6, 'upper left');

  const nothingElse = await placeNitf({ size: [320, 240], tres: { RSMPCA: RSM_RECORDS.RSMPCA, CSCRNA: 'N12' } });
  assert.equal(nothingElse.model, null);
  assert.match(nothingElse.reason ?? '', /RSM without RSMIDA.*\. CSCRNA, field .*\.$/);
});

test('a radar document that is not about these pixels leaves the image to the next best one', async () => {
  const larger = await placeNitf({ size: [400, 240], documents: [sicdDocument()] });
  assert.equal(larger.model, null);
  assert.equal(larger.reason, 'The SICD document describes an image of 320 × 240 pixels, and not this one of 400 × 240.');

  const broken = await placeNitf({ size: [320, 240], documents: [siddDocument().replace('<SampleSpacing>', '<Spacing>'), sicdDocument()], rpc: sampleRpc() });
  assert.equal(broken.model, 'rpc'); // and not the SICD document, whose pixels are other ones
});

test('documents in other data extensions, and extensions that run past the end of the file, are passed over', async () => {
  const other = await placeNitf({ size: [320, 240], documents: [sicdDocument()], documentId: 'CSSHPA DES' });
  assert.equal(other.model, null);
  const html = await placeNitf({ size: [320, 240], documents: ['<html/>', sicdDocument()] });
  assert.equal(html.model, 'sicd');
});

test('the samples of the RSM records say where they are by themselves', () => {
  assert.deepEqual(rsmGroundOf(160, 120), [174.8, -41.3]);
});

function makeGeoTiff(name: string, prepare: (dataset: gdal.Dataset) => void, size: readonly [number, number] = [60, 40]): string {
  const path = join(decoder.folder(), name);
  const dataset = gdal.drivers.get('GTiff').create(path, size[0], size[1], 1, gdal.GDT_Byte);
  prepare(dataset);
  dataset.close();
  return path;
}

const controlPoints = (places: readonly (readonly [number, number, number, number])[]) =>
  places.map(([dfGCPPixel, dfGCPLine, dfGCPX, dfGCPY], index) => ({ pszId: `${index}`, pszInfo: '', dfGCPPixel, dfGCPLine, dfGCPX, dfGCPY, dfGCPZ: 0 }));

test('control points without a CRS count as degrees only where they can be', async () => {
  const degrees = makeGeoTiff('degrees.tif', (dataset) => dataset.setGCPs(controlPoints([[0, 0, 5, 50], [60, 0, 6, 50], [60, 40, 6, 49], [0, 40, 5, 49]]), ''));
  assert.equal((await decoder.documents(degrees)).sensorModel, 'projective');
  assert.deepEqual(readCorners(degrees), [[5, 50], [5, 49], [6, 49], [6, 50]]);

  const metres = makeGeoTiff('metres.tif', (dataset) => dataset.setGCPs(controlPoints([[0, 0, 5000, 50], [60, 0, 6000, 50], [60, 40, 6000, 49], [0, 40, 5000, 49]]), ''));
  assert.equal((await decoder.documents(metres)).noFootprintReason, 'The image has ground control points but no CRS, and they are no longitudes and latitudes.');

  const three = makeGeoTiff('three.tif', (dataset) => dataset.setGCPs(controlPoints([[0, 0, 5, 50], [60, 0, 6, 50], [60, 40, 6, 49]]), ''));
  assert.equal((await decoder.documents(three)).noFootprintReason, 'The image has 3 ground control points, and 4 are needed.');
});

test('a CRS that has no way to longitude and latitude is given as the reason', async () => {
  const path = makeGeoTiff('local.tif', (dataset) => {
    dataset.srs = gdal.SpatialReference.fromWKT('LOCAL_CS["shop floor",UNIT["metre",1],AXIS["X",EAST],AXIS["Y",NORTH]]');
    dataset.geoTransform = [1000, 1, 0, 1000, 0, -1];
  });
  const { sensorModel, noFootprintReason } = await decoder.documents(path);
  assert.equal(sensorModel, null);
  assert.match(noFootprintReason ?? '', /^The image's CRS has no way to longitude and latitude/);
});

for (const [body, radius] of [['Mars', 3_396_190], ['Venus', 6_051_800]] as const) {
  test(`an image of ${body} is nowhere on Earth, also by control points`, async () => {
    const crs = `GEOGCS["${body}",DATUM["${body}",SPHEROID["${body}",${radius},0]],PRIMEM["Zero",0],UNIT["degree",0.0174532925199433]]`;
    const affine = makeGeoTiff('affine.tif', (dataset) => {
      dataset.srs = gdal.SpatialReference.fromWKT(crs);
      dataset.geoTransform = [10, 0.1, 0, 20, 0, -0.1];
    });
    const byPoints = makeGeoTiff('points.tif', (dataset) => dataset.setGCPs(controlPoints([[0, 0, 5, 50], [60, 0, 6, 50], [60, 40, 6, 49], [0, 40, 5, 49]]), crs));
    for (const path of [affine, byPoints]) {
      const { noFootprintReason } = await decoder.documents(path);
      assert.equal(noFootprintReason, "The image's CRS is of another celestial body.");
      assert.equal(readOutline(path).properties.reason, noFootprintReason);
    }
  });
}

test('an image on a sphere that stands for the Earth is on Earth', async () => {
  const path = makeGeoTiff('sphere.tif', (dataset) => {
    dataset.srs = gdal.SpatialReference.fromProj4('+proj=longlat +R=6371229 +no_defs');
    dataset.geoTransform = [10, 0.1, 0, 20, 0, -0.1];
  });
  assert.equal((await decoder.documents(path)).sensorModel, 'affine');
  assert.deepEqual(readCorners(path)?.[0]?.map(Math.round), [10, 20]);
});
