import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stacBand, type BandFacts } from '../../../src/domain/stac/bands.js';

const BARE: BandFacts = { number: 1, dataType: 'Byte', colourInterpretation: null, noData: null, unit: null, scale: null, offset: null, bitsPerSample: null, sampling: null, statistics: null, histogram: null };

test('a band of which little is known has a name and a type', () => {
  assert.deepEqual(stacBand(BARE), { name: 'band-1', data_type: 'uint8' });
  assert.deepEqual(stacBand({ ...BARE, number: 3, dataType: 'CFloat16' }), { name: 'band-3', data_type: 'other' });
});

test('statistics and histogram are in the terms of STAC', () => {
  assert.deepEqual(
    stacBand({
      ...BARE,
      dataType: 'Float32',
      colourInterpretation: 'Gray',
      noData: 'nan',
      unit: 'm',
      scale: 0.1,
      offset: -5,
      bitsPerSample: 24,
      sampling: 'point',
      statistics: { minimum: 1, maximum: 9, mean: 4.5, standardDeviation: 2, validPercent: 87.5 },
      histogram: { minimum: 0, maximum: 10, buckets: [1, 2, 3, 4] },
    }),
    {
      name: 'band-1',
      description: 'Gray',
      data_type: 'float32',
      nodata: 'nan',
      unit: 'm',
      'raster:scale': 0.1,
      'raster:offset': -5,
      'raster:bits_per_sample': 24,
      'raster:sampling': 'point',
      statistics: { minimum: 1, maximum: 9, mean: 4.5, stddev: 2, valid_percent: 87.5 },
      'raster:histogram': { count: 4, min: 0, max: 10, buckets: [1, 2, 3, 4] },
    },
  );
});

test('a histogram of fewer buckets than the extension allows is left out', () => {
  assert.deepEqual(stacBand({ ...BARE, histogram: { minimum: 0, maximum: 1, buckets: [5, 6] } }), { name: 'band-1', data_type: 'uint8' });
});
