import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { pixelStorageOf } from '../../../src/domain/nitf/image-subheader.js';

interface Fields {
  compression?: string;
  corners?: boolean;
  comments?: number;
  bands?: number;
  /** Number of lookup tables of each band, and their entries. */
  tables?: readonly [count: number, entries: number];
  block?: readonly [columns: number, rows: number];
  mode?: string;
}

/** An image subheader: MIL-STD-2500C, table A-3; what is of no interest is blank. */
function subheaderOf({ compression = 'NC', corners = true, comments = 0, bands = 1, tables = [0, 0], block = [1024, 512], mode = 'B' }: Fields = {}): Buffer {
  const number = (value: number, digits: number): string => `${value}`.padStart(digits, '0');
  const [tableCount, entries] = tables;
  const band = 'M'.padEnd(8) + 'N'.padEnd(4) + number(tableCount, 1) + (tableCount > 0 ? number(entries, 5) + 'L'.repeat(tableCount * entries) : '');
  const text = [
    'IM'.padEnd(333),
    number(3000, 8) + number(4000, 8),
    'INT'.padEnd(19) + '16R',
    corners ? 'G'.padEnd(61, '0') : ' ',
    number(comments, 1) + 'C'.repeat(80 * comments),
    compression + (compression.startsWith('N') ? '' : '01.0'),
    bands < 10 ? number(bands, 1) : `0${number(bands, 5)}`,
    band.repeat(bands),
    `0${mode}`,
    number(4, 4) + number(6, 4) + block.map((value) => number(value, 4)).join('') + number(16, 2),
    '001000'.padEnd(20),
  ];
  return Buffer.from(text.join(''), 'latin1');
}

const EXPECTED = { rows: 3000, columns: 4000, bands: 1, compression: 'NC', mode: 'B', blocksPerRow: 4, blocksPerColumn: 6, blockColumns: 1024, blockRows: 512, bitsPerSample: 16 };

test('how pixels are stored is found behind all that may stand before it', () => {
  assert.deepEqual(pixelStorageOf(subheaderOf()), EXPECTED);
  assert.deepEqual(pixelStorageOf(subheaderOf({ corners: false, comments: 9, mode: 'P' })), { ...EXPECTED, mode: 'P' });
  assert.deepEqual(pixelStorageOf(subheaderOf({ compression: 'C8', bands: 3, mode: 'S' })), { ...EXPECTED, compression: 'C8', bands: 3, mode: 'S' });
  assert.deepEqual(pixelStorageOf(subheaderOf({ compression: 'NM', bands: 12, mode: 'R' })), { ...EXPECTED, compression: 'NM', bands: 12, mode: 'R' });
  assert.deepEqual(pixelStorageOf(subheaderOf({ tables: [3, 256] })), EXPECTED);
});

test('a block of more than 8192 rows or columns is as large as the image', () => {
  assert.deepEqual(pixelStorageOf(subheaderOf({ block: [0, 0] })), { ...EXPECTED, blockColumns: 4000, blockRows: 3000 });
});

test('a subheader that is cut short, or holds no digits where numbers should be, tells nothing', () => {
  const whole = subheaderOf();
  const end = whole.length - 20;
  assert.notEqual(pixelStorageOf(whole.subarray(0, end)), null);
  for (let length = 0; length < end; length++) assert.equal(pixelStorageOf(whole.subarray(0, length)), null, `${length} bytes`);
  whole.write('x', 335, 'latin1');
  assert.equal(pixelStorageOf(whole), null);
});

test('no bytes make the reader of subheaders fail', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 900 }), (bytes) => void pixelStorageOf(bytes)));
  fc.assert(fc.property(fc.stringMatching(/^[0-9]{420,700}$/), (digits) => void pixelStorageOf(Buffer.from(digits))));
});
