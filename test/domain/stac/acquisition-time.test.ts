import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acquisitionTime, type TimeClues } from '../../../src/domain/stac/acquisition-time.js';

function clues(changes: Partial<TimeClues> & { stdidc?: string }): TimeClues {
  return { metadata: {}, imageryMetadata: {}, sarCollectionStart: null, tres: (name) => (name === 'STDIDC' && changes.stdidc !== undefined ? [changes.stdidc] : []), ...changes };
}

const at = (time: string): { start: string; end: string } => ({ start: time, end: time });

test('each way of saying when an image was taken is understood', () => {
  assert.deepEqual(acquisitionTime(clues({ sarCollectionStart: '2008-02-29T12:34:56.789012Z' })), at('2008-02-29T12:34:56.789Z'));
  assert.deepEqual(acquisitionTime(clues({ stdidc: '20010203040506MISSION' })), at('2001-02-03T04:05:06.000Z'));
  assert.deepEqual(acquisitionTime(clues({ imageryMetadata: { ACQUISITIONDATETIME: '2010-04-01 12:00:00' } })), at('2010-04-01T12:00:00.000Z'));
  assert.deepEqual(acquisitionTime(clues({ metadata: { NITF_IDATIM: '19961217102630' } })), at('1996-12-17T10:26:30.000Z'));
  assert.deepEqual(acquisitionTime(clues({ metadata: { EXIF_DateTimeOriginal: '2019:07:04 09:08:07' } })), at('2019-07-04T09:08:07.000Z'));
  assert.deepEqual(acquisitionTime(clues({ metadata: { TIFFTAG_DATETIME: '2003:12:31 23:59:59' } })), at('2003-12-31T23:59:59.000Z'));
});

test('what is closer to the sensor goes before the rest', () => {
  const metadata = { NITF_IDATIM: '20020101000000', TIFFTAG_DATETIME: '2020:01:01 00:00:00' };
  assert.equal(acquisitionTime(clues({ metadata }))?.start, '2002-01-01T00:00:00.000Z');
  assert.equal(acquisitionTime(clues({ metadata, stdidc: '20010203040506' }))?.start, '2001-02-03T04:05:06.000Z');
  assert.equal(acquisitionTime(clues({ metadata, stdidc: '              ' }))?.start, '2002-01-01T00:00:00.000Z');
});

test('a zone is heeded', () => {
  assert.deepEqual(acquisitionTime(clues({ sarCollectionStart: '2008-01-01T00:30:00+02:00' })), at('2007-12-31T22:30:00.000Z'));
});

test('of a time that NITF leaves open, the span is known', () => {
  assert.deepEqual(acquisitionTime(clues({ metadata: { NITF_IDATIM: '20040517------' } })), { start: '2004-05-17T00:00:00.000Z', end: '2004-05-17T23:59:59.000Z' });
  assert.deepEqual(acquisitionTime(clues({ metadata: { NITF_IDATIM: '2004051713----' } })), { start: '2004-05-17T13:00:00.000Z', end: '2004-05-17T13:59:59.000Z' });
});

test('what is no time, or one that GDAL makes up, is not taken for one', () => {
  for (const text of ['', '00000000000000', '--------------', '20041332000000', '2004-02-30T00:00:00Z', 'yesterday', '20021216151629']) {
    assert.equal(acquisitionTime(clues({ metadata: { NITF_IDATIM: text } })), null, text);
  }
});
