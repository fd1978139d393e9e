import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { SensorModelError } from '../../../src/domain/sensor-models/errors.js';
import { readSicdMetadata } from '../../../src/domain/sensor-models/sicd-metadata.js';
import { sicdXml } from './sar/metadata-xml.js';
import { INCA_STRIPMAP, PFA_SPOTLIGHT } from './sar/published-examples.js';
import { GRID_KINDS, createScene, createSicd } from './sar/sar-scene.js';

const SCENE = createScene({ look: 'right', squintDegrees: 10 });

/** The document without the element of that name, and all in it. */
function without(xml: string, name: string): string {
  const removed = xml.replace(new RegExp(`<${name}[ >][\\s\\S]*?</${name}>`), '');
  assert.notEqual(removed, xml);
  return removed;
}

test('every grid kind is read as it was written, to the last digit', () => {
  for (const kind of GRID_KINDS) {
    const metadata = createSicd(SCENE, kind);
    assert.deepEqual(readSicdMetadata(sicdXml(metadata)), metadata);
  }
  assert.deepEqual(readSicdMetadata(sicdXml(PFA_SPOTLIGHT.metadata)), PFA_SPOTLIGHT.metadata);
});

test('neither version nor namespace prefix matters, nor does padding', () => {
  const metadata = createSicd(createScene({ look: 'left', squintDegrees: 0 }), 'INCA');
  for (const version of ['0.4.0', '0.5.0', '1.0.1', '1.2.1', '1.3.0']) {
    assert.deepEqual(readSicdMetadata(sicdXml(metadata, { version })), metadata);
  }
  assert.deepEqual(readSicdMetadata(sicdXml(metadata, { prefix: 'sicd' })), metadata);
  assert.deepEqual(readSicdMetadata(`\ufeff${sicdXml(metadata)}  \n\0\0\0`), metadata);
});

test('coefficients may stand in any order, and those left out are zero', () => {
  const xml = sicdXml(PFA_SPOTLIGHT.metadata).replace(
    /<TimeCOAPoly[\s\S]*?<\/TimeCOAPoly>/,
    '<TimeCOAPoly order1="1" order2="2"><Coef exponent1="1" exponent2="2">-2.5E-9</Coef><!-- first --><Coef exponent2="0" exponent1="0"> 1.5 </Coef></TimeCOAPoly>',
  );
  assert.deepEqual(readSicdMetadata(xml).apertureTime, [[1.5], [0, 0, -2.5e-9]]);
});

describe('an element that the projection needs', () => {
  const needed: Record<string, readonly string[]> = {
    PFA: [
      'ImageData', 'NumRows', 'NumCols', 'FirstRow', 'FirstCol', 'SCPPixel', 'GeoData', 'SCP', 'ECF', 'Grid', 'Type', 'TimeCOAPoly', 'Row', 'Col', 'UVectECF', 'SS',
      'Position', 'ARPPoly', 'X', 'SCPCOA', 'SideOfTrack', 'PolarAngPoly', 'SpatialFreqSFPoly',
    ],
    RGAZCOMP: ['AzSF'],
    INCA: ['RMA', 'INCA', 'TimeCAPoly', 'R_CA_SCP', 'DRateSFPoly'],
  };
  for (const [kind, names] of Object.entries(needed)) {
    const xml = sicdXml(createSicd(SCENE, kind as 'PFA' | 'RGAZCOMP' | 'INCA'));
    for (const name of names) {
      test(`is missed by its path: ${name} of a ${kind} image`, () => {
        const pattern = new RegExp(`^missing SICD/([A-Za-z_]+/)*${name}\\b`);
        assert.throws(() => readSicdMetadata(without(xml, name)), { name: 'SensorModelError', message: pattern });
      });
    }
  }
});

test('the path that is missed is the whole one', () => {
  const xml = sicdXml(createSicd(SCENE, 'INCA'));
  assert.throws(() => readSicdMetadata(without(xml, 'R_CA_SCP')), { message: 'missing SICD/RMA/INCA/R_CA_SCP' });
  assert.throws(() => readSicdMetadata(xml.replace(/(<TimeCAPoly[^>]*>)[\s\S]*?(<\/TimeCAPoly>)/, '$1$2')), { message: 'missing SICD/RMA/INCA/TimeCAPoly/Coef' });
  assert.throws(() => readSicdMetadata(xml.replace(' exponent1="0"', '')), { message: 'missing SICD/Grid/TimeCOAPoly/Coef/@exponent1' });
  assert.throws(() => readSicdMetadata(without(sicdXml(createSicd(SCENE, 'RGAZCOMP')), 'RgAzComp')), { message: 'missing SICD/PFA or SICD/RgAzComp for SICD/Grid/Type RGAZIM' });
});

test('values that cannot be meant are refused with their path', () => {
  const xml = sicdXml(INCA_STRIPMAP.metadata);
  const cases: [search: string | RegExp, replacement: string, message: RegExp][] = [
    [/<NumRows>.*?</, '<NumRows>0x10<', /^SICD\/ImageData\/NumRows is not a number: "0x10"$/],
    [/<NumRows>.*?</, '<NumRows>-3<', /^SICD\/ImageData\/NumRows is not positive/],
    [/<X>.*?</, '<X>NaN<', /^SICD\/GeoData\/SCP\/ECF\/X is not a number/],
    [/<X>.*?</, '<X><', /^SICD\/GeoData\/SCP\/ECF\/X is not a number: ""$/],
    [/<X>.*?</, '<X>1e999<', /^SICD\/GeoData\/SCP\/ECF\/X is not a number/],
    [/<SS>.*?</, '<SS>0<', /^SICD\/Grid\/Row\/SS is not positive/],
    [/<Y>0.3556.*?</, '<Y>7<', /^SICD\/Grid\/Row\/UVectECF is not a unit vector/],
    ['<Type>RGZERO<', '<Type>SPIRAL<', /^SICD\/Grid\/Type is not a known grid: "SPIRAL"$/],
    ['<SideOfTrack>R<', '<SideOfTrack>UP<', /^SICD\/SCPCOA\/SideOfTrack is neither L nor R: "UP"$/],
    ['exponent1="6"', 'exponent1="1000000000"', /^SICD\/Position\/ARPPoly\/X\/Coef\/@exponent1 is not an exponent/],
    ['exponent1="6"', 'exponent1="-1"', /@exponent1 is not an exponent/],
    ['exponent1="6"', 'exponent1=""', /@exponent1 is not an exponent/],
  ];
  for (const [search, replacement, message] of cases) {
    const changed = xml.replace(search, replacement);
    assert.notEqual(changed, xml);
    assert.throws(() => readSicdMetadata(changed), { name: 'SensorModelError', message });
  }
});

test('a bistatic collection is refused', () => {
  const xml = sicdXml(createSicd(SCENE, 'PLANE'), { collectType: 'BISTATIC' });
  assert.throws(() => readSicdMetadata(xml), { name: 'SensorModelError', message: /CollectType is BISTATIC/ });
});

test('a document cut short anywhere, or with anything else in it, is refused and does no harm', () => {
  const xml = sicdXml(createSicd(SCENE, 'PFA'));
  fc.assert(
    fc.property(fc.nat(xml.length - 10), (end) => {
      assert.throws(() => readSicdMetadata(xml.slice(0, end)), SensorModelError);
    }),
  );
  fc.assert(
    fc.property(fc.nat(xml.length), fc.nat(40), fc.string({ unit: 'binary', maxLength: 40 }), (start, removed, inserted) => {
      try {
        readSicdMetadata(xml.slice(0, start) + inserted + xml.slice(start + removed));
      } catch (error) {
        assert.ok(error instanceof SensorModelError);
      }
    }),
    { numRuns: 500 },
  );
});
