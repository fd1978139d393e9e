import assert from 'node:assert/strict';
import { test } from 'node:test';
import gdal from 'gdal-async';
import { TreFormatError } from '../../../src/domain/sensor-models/errors.js';
import { createRpcModel } from '../../../src/domain/sensor-models/rpc.js';
import { parseRpcMetadata } from '../../../src/domain/sensor-models/rpc-metadata.js';
import { parseRpc00 } from '../../../src/domain/sensor-models/rpc00.js';
import { assertClose, assertImagePoint } from './assertions.js';

/** A coefficient as the TRE writes it: 12 characters, ±0.ddddddE±d. */
function coefficient12(value: number): string {
  if (value === 0) return '+0.000000E+0';
  const [mantissa = '', exponent = ''] = Math.abs(value).toExponential(5).split('e');
  const power = Number(exponent) + 1;
  const text = `${value < 0 ? '-' : '+'}0.${mantissa.replace('.', '')}E${power < 0 ? '-' : '+'}${Math.abs(power)}`;
  assert.equal(text.length, 12);
  return text;
}

const HEADER = '1' + '0017.97' + '0000.14' + '013230' + '14448' + '+33.3717' + '+044.3517' + '+0031' + '013230' + '14448' + '+00.0834' + '+000.0911' + '+0500';

function tre(polynomials: readonly (readonly number[])[]): string {
  return HEADER + polynomials.map((coefficients) => coefficients.map(coefficient12).join('')).join('');
}

/** Twenty coefficients that are zero but at the given terms, which count from 0. */
function sparse(values: Record<number, number>): number[] {
  return Array.from({ length: 20 }, (_, index) => values[index] ?? 0);
}

/** Each coefficient tells where it stood. */
const COUNTING = [0, 1, 2, 3].map((polynomial) => Array.from({ length: 20 }, (_, index) => 100 * (polynomial + 1) + index));

test('RPC00B is read in its own order', () => {
  const text = tre(COUNTING);
  assert.equal(text.length, 1041);
  const parsed = parseRpc00('RPC00B', text);
  assert.deepEqual(
    [parsed.lineNumerator, parsed.lineDenominator, parsed.sampleNumerator, parsed.sampleDenominator],
    COUNTING,
  );
  assert.deepEqual(parsed.line, { offset: 13230, scale: 13230 });
  assert.deepEqual(parsed.sample, { offset: 14448, scale: 14448 });
  assert.deepEqual(parsed.latitude, { offset: 33.3717, scale: 0.0834 });
  assert.deepEqual(parsed.longitude, { offset: 44.3517, scale: 0.0911 });
  assert.deepEqual(parsed.height, { offset: 31, scale: 500 });
});

test('RPC00A’s polynomials give the values of RPC00A’s own formula', () => {
  // NTB, "RPC00A vs RPC00B White Paper": 1 L P H LP LH PH LPH L² P² H² L³ L²P L²H LP² P³ P²H LH² PH² H³.
  const formulaA = (c: readonly number[], l: number, p: number, h: number): number => {
    const terms = [
      1, l, p, h, l * p, l * h, p * h, l * p * h, l ** 2, p ** 2, h ** 2, l ** 3, l ** 2 * p, l ** 2 * h, l * p ** 2, p ** 3,
      p ** 2 * h, l * h ** 2, p * h ** 2, h ** 3,
    ];
    return terms.reduce((sum, term, index) => sum + term * (c[index] ?? NaN), 0);
  };
  const one = sparse({ 0: 1 });
  const line = Array.from({ length: 20 }, (_, index) => (index + 1) / 100);
  const sample = Array.from({ length: 20 }, (_, index) => (20 - index) / 100);
  const model = createRpcModel(parseRpc00('RPC00A', tre([line, one, sample, one])));
  const [l, p, h] = [0.3, -0.7, 0.9];
  const seen = model.worldToImage({ longitude: 44.3517 + 0.0911 * l, latitude: 33.3717 + 0.0834 * p, heightMetres: 31 + 500 * h });
  assertImagePoint(seen, { x: 14448.5 + 14448 * formulaA(sample, l, p, h), y: 13230.5 + 13230 * formulaA(line, l, p, h) }, 1e-6);
});

test('each term of RPC00A finds its place in RPC00B', () => {
  const parsed = parseRpc00('RPC00A', tre(COUNTING));
  const termsA = ['1', 'L', 'P', 'H', 'LP', 'LH', 'PH', 'LPH', 'L2', 'P2', 'H2', 'L3', 'L2P', 'L2H', 'LP2', 'P3', 'P2H', 'LH2', 'PH2', 'H3'];
  const termsB = ['1', 'L', 'P', 'H', 'LP', 'LH', 'PH', 'L2', 'P2', 'H2', 'LPH', 'L3', 'LP2', 'LH2', 'L2P', 'P3', 'PH2', 'L2H', 'P2H', 'H3'];
  assert.deepEqual(parsed.lineNumerator.map((value) => termsA[value - 100]), termsB);
});

/** What GDAL's NITF driver makes of the TRE in its `RPC` metadata domain. */
function throughGdal(treName: 'RPC00A' | 'RPC00B', text: string): Record<string, string> {
  const path = `/vsimem/${treName}.ntf`;
  const memory = gdal.open('rpc', 'w', 'MEM', 8, 8, 1, gdal.GDT_Byte);
  gdal.drivers.get('NITF').createCopy(path, memory, [`TRE=${treName}=${text}`]).close();
  memory.close();
  const dataset = gdal.open(path);
  try {
    return dataset.getMetadata('RPC') as Record<string, string>;
  } finally {
    dataset.close();
    gdal.vsimem.release(path);
  }
}

test('GDAL reads the same coefficients from an RPC00B TRE', () => {
  const text = tre(COUNTING);
  assert.deepEqual(parseRpcMetadata(throughGdal('RPC00B', text)), parseRpc00('RPC00B', text));
});

test('GDAL’s metadata domain cannot be used for RPC00A: it reorders the wrong way round', () => {
  // Should this fail with a newer GDAL, the driver has been put right and the warning can go.
  const fromGdal = parseRpcMetadata(throughGdal('RPC00A', tre(COUNTING)));
  const own = parseRpc00('RPC00A', tre(COUNTING));
  assert.notDeepEqual(fromGdal, own);
  // The L² coefficient, RPC00A's ninth.
  assert.equal(own.lineNumerator[7], 108);
  assert.equal(fromGdal.lineNumerator[7], 110);
});

// The TRE of NITF_DES_POS_01, a public test image of the JITC.
const JITC = tre([
  sparse({ 0: 0.00107799, 2: -1.00061, 8: -0.000539327, 15: -2.90697e-7 }),
  sparse({ 0: 1, 2: 0.000538998, 8: 2.90519e-7 }),
  sparse({ 0: -0.000285094, 1: 1.00085, 7: 0.000142668, 11: 2.03371e-8 }),
  sparse({ 0: 1, 1: 0.000142547, 7: 2.03196e-8 }),
]);

test('the known place in a JITC test image is where it is published to be', () => {
  // The centre of pixel (263, 280) of its chip, which begins at row and column 14336 of the full image.
  const model = createRpcModel(parseRpc00('RPC00B', JITC));
  const ground = model.imageToWorld({ x: 14336 + 263.5, y: 14336 + 280.5 });
  assert.ok(ground !== null);
  assertClose(ground.longitude, 44.35267, 1e-5, 'longitude');
  assertClose(ground.latitude, 33.36305, 1e-5, 'latitude');
  assert.equal(ground.heightMetres, 31);
});

test('a TRE that reports failure, is cut off or holds other than numbers is refused', () => {
  assert.throws(() => parseRpc00('RPC00B', `0${JITC.slice(1)}`), /RPC00B, field SUCCESS: the producer did not succeed/);
  assert.throws(() => parseRpc00('RPC00A', JITC.slice(0, 1040)), /RPC00A, field SAMP_DEN_COEFF_20: the text ends/);
  assert.throws(() => parseRpc00('RPC00B', JITC.replace('+33.3717', '-XX.XXXX')), TreFormatError);
  assert.throws(() => parseRpc00('RPC00B', ''), TreFormatError);
});
