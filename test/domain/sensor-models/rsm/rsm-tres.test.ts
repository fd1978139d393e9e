import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { TreFormatError } from '../../../../src/domain/sensor-models/errors.js';
import { parseRsmgga, type Rsmgga } from '../../../../src/domain/sensor-models/rsm/rsmgga.js';
import { parseRsmgia } from '../../../../src/domain/sensor-models/rsm/rsmgia.js';
import { parseRsmida } from '../../../../src/domain/sensor-models/rsm/rsmida.js';
import { parseRsmpca } from '../../../../src/domain/sensor-models/rsm/rsmpca.js';
import { parseRsmpia } from '../../../../src/domain/sensor-models/rsm/rsmpia.js';
import type { SectionIndex } from '../../../../src/domain/sensor-models/rsm/section-index.js';
import { blank } from '../tre-text.js';
import { geodeticIda, SAMPLE_IDA, SAMPLE_PCA } from './rsm-samples.js';
import { rsmggaText, rsmidaText, rsmpcaText, sectionIndexText } from './rsm-text.js';

const INDEX: SectionIndex = {
  rowSectionCount: 3,
  columnSectionCount: 2,
  rowSectionSize: 1024.5,
  columnSectionSize: 2048,
  roughRow: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  roughColumn: [11, 12, 13, 14, 15, 16, 17, 18, 19, 20],
};

const GRID: Rsmgga = {
  rowSection: 2,
  columnSection: 1,
  interpolationOrder: 3,
  z: -100,
  zStep: 50,
  xStep: 1e-5,
  yStep: 2e-5,
  planes: [0, 1].map((plane) => ({
    x: 1.5,
    y: -0.5,
    xCount: 3,
    yCount: 2,
    rows: Float64Array.from([10, 11, 12, 13, 14, 15].map((row) => row + plane)),
    columns: Float64Array.from([20, 21, NaN, 23, 24, 25]),
  })),
};
const LAYOUT = { referenceRow: 0, referenceColumn: 0, totalDigits: 5, fractionDigits: 2, offsets: [{ x: 0, y: 0 }, { x: 0, y: 0 }] };

const TEXTS = {
  RSMIDA: rsmidaText('R', SAMPLE_IDA),
  RSMPIA: sectionIndexText(INDEX),
  RSMPCA: rsmpcaText(SAMPLE_PCA),
  RSMGGA: rsmggaText(GRID, LAYOUT),
};

test('the texts have the lengths of the specification', () => {
  assert.equal(TEXTS.RSMIDA.length, 1628);
  assert.equal(TEXTS.RSMPIA.length, 591);
  // Four polynomials of 8 coefficients each after the header, and two planes of 6 points.
  assert.equal(TEXTS.RSMPCA.length, 378 + 4 * (6 + 8 * 21));
  assert.equal(TEXTS.RSMGGA.length, 322 + 8 + 2 * (6 + 6 * 10));
});

test('RSMIDA is read field by field', () => {
  const parsed = parseRsmida(TEXTS.RSMIDA);
  assert.deepEqual(parsed, { imageIdentifier: 'IMAGE 1', edition: 'EDITION 1', ...SAMPLE_IDA });
  const geodetic = geodeticIda({ west: 1, east: 2, south: 3, north: 4, lowest: 5, highest: 6 }, { rows: 100, columns: 200 });
  const { vertices, ...rest } = parseRsmida(rsmidaText('G', { ...geodetic, groundReferencePoint: { x: 0.25, y: 0.5, z: 7 } }));
  assert.deepEqual(rest, {
    imageIdentifier: 'IMAGE 1',
    edition: 'EDITION 1',
    groundDomain: { form: 'geodetic' },
    groundReferencePoint: { x: 0.25, y: 0.5, z: 7 },
    minimumRow: 0,
    maximumRow: 99,
    minimumColumn: 0,
    maximumColumn: 199,
  });
  assert.equal(vertices.length, 8);
});

test('RSMPIA and RSMGIA are read field by field', () => {
  assert.deepEqual(parseRsmpia(TEXTS.RSMPIA), INDEX);
  assert.deepEqual(parseRsmgia(TEXTS.RSMPIA), INDEX);
});

test('RSMPCA is read field by field', () => {
  assert.deepEqual(parseRsmpca(TEXTS.RSMPCA), SAMPLE_PCA);
});

test('RSMGGA is read field by field, blank points included', () => {
  assert.deepEqual(parseRsmgga(TEXTS.RSMGGA), GRID);
});

test('what a TRE gets wrong is named', () => {
  assert.throws(() => parseRsmida(rsmidaText('X' as 'R', SAMPLE_IDA)), /RSMIDA, field GRNDD: "X" is none of G, H and R/);
  const termCount = TEXTS.RSMPCA.replace('111008', '111009');
  assert.throws(() => parseRsmpca(termCount), /RSMPCA, field RNTRMS: 9 terms do not fit powers that give 8/);
  assert.throws(() => parseRsmpca(rsmpcaText({ ...SAMPLE_PCA, z: { offset: 0, scale: 0 } })), /RSMPCA, field ZNRMSF: the scale is zero/);
  assert.throws(() => parseRsmpia(sectionIndexText({ ...INDEX, rowSectionSize: 0 })), /RSMPIA, field RSSIZ: a section has no rows/);
  assert.throws(() => parseRsmgia(sectionIndexText({ ...INDEX, columnSectionCount: 0 })), /RSMGIA, field GCNIS: 0 is not between 1 and 256/);
  assert.throws(() => parseRsmgga(rsmggaText({ ...GRID, xStep: 0 }, LAYOUT)), /RSMGGA, field DELTAX: the spacing is zero/);
  assert.throws(() => parseRsmgga(rsmggaText({ ...GRID, interpolationOrder: 4 }, LAYOUT)), /RSMGGA, field INTORD: 4 is above 3/);
  assert.throws(() => parseRsmgga(TEXTS.RSMGGA.slice(0, -1)), /RSMGGA, field RCOORD_2: the text ends/);
});

test('a grid cannot ask for more points than its text holds', () => {
  const plane = TEXTS.RSMGGA.indexOf('003002');
  const greedy = `${TEXTS.RSMGGA.slice(0, plane)}999999${TEXTS.RSMGGA.slice(plane + 6)}`;
  assert.throws(() => parseRsmgga(greedy), /RSMGGA, field RCOORD_1: the text ends/);
});

test('text that was cut, blanked or altered anywhere gives a TRE or a TreFormatError', () => {
  const parsers = { RSMIDA: parseRsmida, RSMPIA: parseRsmpia, RSMPCA: parseRsmpca, RSMGGA: parseRsmgga };
  fc.assert(
    fc.property(
      fc.constantFrom('RSMIDA', 'RSMPIA', 'RSMPCA', 'RSMGGA' as const),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom('cut', 'blank', 'alter'),
      fc.string({ minLength: 1, maxLength: 4 }),
      (name, where, how, noise) => {
        const text = TEXTS[name];
        const at = Math.floor(where * text.length);
        const middle = how === 'cut' ? '' : how === 'blank' ? blank(21) : noise;
        const damaged = how === 'cut' ? text.slice(0, at) : text.slice(0, at) + middle + text.slice(at + middle.length);
        try {
          parsers[name](damaged);
        } catch (error) {
          assert.ok(error instanceof TreFormatError);
        }
      },
    ),
    { numRuns: 500 },
  );
});
