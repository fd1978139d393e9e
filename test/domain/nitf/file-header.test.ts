import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dataExtensionId, NITF_PREFIX_BYTES, nitfHeaderLength, segmentsOf } from '../../../src/domain/nitf/file-header.js';

interface Lengths {
  subheader: number;
  data: number;
}

/** A file header with these segments: MIL-STD-2500C, table A-1; what is of no interest is blank. */
function headerOf({ profile = 'NITF02.10', images = [], graphics = [], texts = [], extensions = [] }: { profile?: string; images?: Lengths[]; graphics?: Lengths[]; texts?: Lengths[]; extensions?: Lengths[] }): Buffer {
  const number = (value: number, digits: number): string => `${value}`.padStart(digits, '0');
  const list = (segments: Lengths[], subheaderDigits: number, dataDigits: number): string =>
    number(segments.length, 3) + segments.map(({ subheader, data }) => number(subheader, subheaderDigits) + number(data, dataDigits)).join('');
  const behind = [list(images, 6, 10), list(graphics, 4, 6), '000', list(texts, 4, 5), list(extensions, 4, 9), '000', '00000', '00000'].join('');
  const length = 360 + behind.length;
  return Buffer.from(profile.padEnd(342) + number(999, 12) + number(length, 6) + behind, 'latin1');
}

test('the length of a header stands in its field HL, for NITF 2.1 and NSIF 1.0 alone', () => {
  const header = headerOf({});
  assert.equal(nitfHeaderLength(header.subarray(0, NITF_PREFIX_BYTES)), 388);
  assert.equal(nitfHeaderLength(headerOf({ profile: 'NSIF01.00' })), 388);
  assert.equal(nitfHeaderLength(headerOf({ profile: 'NITF02.00' })), null);
  assert.equal(nitfHeaderLength(header.subarray(0, 358)), null);
  assert.equal(nitfHeaderLength(Buffer.from('II*\0')), null);
});

test('segments lie behind the header, images first, and data extensions behind graphics and texts', () => {
  const header = headerOf({
    images: [{ subheader: 439, data: 1_000_000 }, { subheader: 500, data: 20 }],
    graphics: [{ subheader: 258, data: 30 }],
    texts: [{ subheader: 282, data: 40 }],
    extensions: [{ subheader: 200, data: 5000 }, { subheader: 973, data: 60 }],
  });
  const first = header.length + 439 + 1_000_000 + 500 + 20 + 258 + 30 + 282 + 40;
  assert.deepEqual(segmentsOf(header, 'data extension'), [
    { subheader: { offset: first, length: 200 }, data: { offset: first + 200, length: 5000 } },
    { subheader: { offset: first + 5200, length: 973 }, data: { offset: first + 6173, length: 60 } },
  ]);
  assert.deepEqual(segmentsOf(header, 'image'), [
    { subheader: { offset: header.length, length: 439 }, data: { offset: header.length + 439, length: 1_000_000 } },
    { subheader: { offset: header.length + 1_000_439, length: 500 }, data: { offset: header.length + 1_000_939, length: 20 } },
  ]);
  assert.deepEqual(segmentsOf(headerOf({}), 'data extension'), []);
});

test('a header that is cut short, or holds no digits where lengths should be, has no data extensions', () => {
  const header = headerOf({ extensions: [{ subheader: 200, data: 5000 }] });
  assert.equal(segmentsOf(header, 'data extension').length, 1);
  assert.deepEqual(segmentsOf(header.subarray(0, header.length - 20), 'data extension'), []);
  assert.deepEqual(segmentsOf(Buffer.concat([header.subarray(0, 363), Buffer.from('x'), header.subarray(364)]), 'data extension'), []);
});

test('no bytes make the reader of headers fail', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 900 }), (bytes) => {
      nitfHeaderLength(bytes);
      for (const { subheader, data } of segmentsOf(bytes, 'data extension')) assert.ok(subheader.length >= 0 && data.length >= 0);
    }),
  );
  fc.assert(fc.property(fc.stringMatching(/^[0-9]{360,600}$/), (digits) => void segmentsOf(Buffer.from(digits), 'data extension')));
});

test('what a data extension is stands in its subheader', () => {
  assert.equal(dataExtensionId(Buffer.from('DEXML_DATA_CONTENT         01U')), 'XML_DATA_CONTENT');
  assert.equal(dataExtensionId(Buffer.from('DE')), '');
});
