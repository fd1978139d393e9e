import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nitfWithoutImage } from '../../../src/imagery/samples/nitf-file-header.js';

test('a NITF file header without segments is 388 bytes long and says so', () => {
  const header = nitfWithoutImage();
  assert.equal(header.length, 388);
  assert.equal(header.toString('latin1', 0, 9), 'NITF02.10');
  // MIL-STD-2500C, table A-1: FL at byte 342, HL at 354, NUMI at 360.
  assert.equal(header.toString('latin1', 342, 354), '000000000388');
  assert.equal(header.toString('latin1', 354, 360), '000388');
  assert.equal(header.toString('latin1', 360, 363), '000');
});
