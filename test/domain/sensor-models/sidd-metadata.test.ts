import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSiddMetadata } from '../../../src/domain/sensor-models/sidd-metadata.js';
import type { SiddMetadata, SiddProjection } from '../../../src/domain/sensor-models/sidd-metadata.js';
import { siddXml } from './sar/metadata-xml.js';
import { PLANE_PRODUCT, SPOTLIGHT_PRODUCT } from './sar/published-examples.js';

const SAMPLING = { spacing: { row: 0.05, column: 0.06 }, apertureTime: [[1.5, 2e-5], [3e-6]] };
const PROJECTIONS: SiddProjection[] = [
  { type: 'PlaneProjection', rowDirection: { x: 0, y: 0, z: -1 }, columnDirection: { x: 0, y: 1, z: 0 }, ...SAMPLING },
  { type: 'GeographicProjection', ...SAMPLING },
  { type: 'CylindricalProjection', stripDirection: { x: 0, y: 0.6, z: 0.8 }, curvatureRadiusMetres: 6371234.5, ...SAMPLING },
  { type: 'CylindricalProjection', stripDirection: { x: 0, y: 0.6, z: 0.8 }, curvatureRadiusMetres: null, ...SAMPLING },
  { type: 'PolynomialProjection', latitude: [[41, 1e-6], [-1e-5]], longitude: [[2, 1e-5]], row: [[1, 2]], column: [[3], [4]] },
];
const CHIP = {
  size: { row: 512, column: 256 },
  upperLeft: { row: 100, column: 200 },
  upperRight: { row: 100, column: 455 },
  lowerLeft: { row: 611, column: 200 },
  lowerRight: { row: 611, column: 455 },
};

test('every projection is read as it was written, in every version', () => {
  for (const version of ['1.0.0', '2.0.0', '3.0.0'] as const) {
    for (const projection of PROJECTIONS) {
      for (const chip of [null, CHIP]) {
        const metadata: SiddMetadata = { ...PLANE_PRODUCT.metadata, projection, chip };
        assert.deepEqual(readSiddMetadata(siddXml(metadata, version)), metadata);
      }
    }
  }
  assert.deepEqual(readSiddMetadata(siddXml(SPOTLIGHT_PRODUCT.metadata)), SPOTLIGHT_PRODUCT.metadata);
});

test('the radar geometry may be left out', () => {
  const [plane] = PROJECTIONS;
  assert.ok(plane !== undefined && plane.type !== 'PolynomialProjection');
  const metadata: SiddMetadata = { ...PLANE_PRODUCT.metadata, projection: { ...plane, apertureTime: null }, sensorPosition: null };
  assert.deepEqual(readSiddMetadata(siddXml(metadata)), metadata);
});

test('what is missing is named by its path', () => {
  const missing = (projection: SiddProjection, name: string): void => {
    const xml = siddXml({ ...PLANE_PRODUCT.metadata, projection, chip: CHIP });
    const removed = xml.replace(new RegExp(`<(si:)?${name}[ >][\\s\\S]*?</(si:)?${name}>`), '');
    assert.notEqual(removed, xml);
    assert.throws(() => readSiddMetadata(removed), { name: 'SensorModelError', message: new RegExp(`^missing SIDD/([A-Za-z]+/)*${name}\\b`) });
  };
  const [plane, geographic, cylinder, , polynomial] = PROJECTIONS;
  assert.ok(plane !== undefined && geographic !== undefined && cylinder !== undefined && polynomial !== undefined);
  for (const name of ['Measurement', 'PlaneProjection', 'ReferencePoint', 'ECEF', 'X', 'Point', 'Row', 'SampleSpacing', 'ProductPlane', 'RowUnitVector', 'ColUnitVector', 'PixelFootprint', 'ChipSize', 'OriginalLowerLeftCoordinate']) {
    missing(plane, name);
  }
  missing(geographic, 'SampleSpacing');
  missing(cylinder, 'StripmapDirection');
  for (const name of ['RowColToLat', 'RowColToLon', 'LatLonToRow', 'LatLonToCol']) missing(polynomial, name);
});

test('a spacing that is not positive is refused', () => {
  const xml = siddXml(PLANE_PRODUCT.metadata).replace(/(<SampleSpacing>\s*<si:Row>).*?</, '$10<');
  assert.throws(() => readSiddMetadata(xml), { name: 'SensorModelError', message: 'SIDD/Measurement/PlaneProjection/SampleSpacing/Row is not positive: 0' });
});

test('a SICD document is not a SIDD one', () => {
  assert.throws(() => readSiddMetadata('<SICD xmlns="urn:SICD:1.2.1"/>'), { name: 'SensorModelError', message: 'SIDD XML: the root element is SICD' });
});
