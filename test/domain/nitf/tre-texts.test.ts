import assert from 'node:assert/strict';
import { test } from 'node:test';
import { treTexts } from '../../../src/domain/nitf/tre-texts.js';

test('the records of one name come in the order of the file', () => {
  const domain = { RSMPCA_10: 'j', RSMPCA: 'a', RSMPCA_2: 'b', RSMPIA: 'index', RSMPCA_X: 'other' };
  assert.deepEqual(treTexts(domain, 'RSMPCA'), ['a', 'b', 'j']);
  assert.deepEqual(treTexts(domain, 'RSMGGA'), []);
});

test('what GDAL escapes is brought back, character by character', () => {
  assert.deepEqual(treTexts({ TEST: 'a\\"b\\\\n\\0\\nc' }, 'TEST'), ['a"b\\n\0\nc']);
});
