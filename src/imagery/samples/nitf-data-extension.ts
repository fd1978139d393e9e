import { readFileSync, writeFileSync } from 'node:fs';

/** Places in the header of a NITF 2.1 file of one image segment and no others (MIL-STD-2500C, table A-1). */
export const FILE_LENGTH = { start: 342, digits: 12 };
export const HEADER_LENGTH = { start: 354, digits: 6 };
const SEGMENT_COUNTS = { start: 360, content: '001' };
const EXTENSION_COUNT = { start: 388, end: 391 };
const LENGTHS = { subheaderDigits: 4, dataDigits: 9 };

/**
 * Adds a data extension segment at the end of a NITF file of one image segment.
 *
 * @throws {Error} for a file that has other segments.
 */
export function appendDataExtension(path: string, id: string, content: string): void {
  const file = readFileSync(path, 'latin1');
  const count = Number(file.slice(EXTENSION_COUNT.start, EXTENSION_COUNT.end));
  const segments = file.slice(SEGMENT_COUNTS.start, EXTENSION_COUNT.start);
  if (!segments.startsWith(SEGMENT_COUNTS.content) || !segments.endsWith('000000000')) throw new Error(`${path} has other segments than one image`);

  const data = Buffer.from(content, 'utf8').toString('latin1');
  const subheader = extensionSubheader(id);
  const lengths = number(subheader.length, LENGTHS.subheaderDigits) + number(data.length, LENGTHS.dataDigits);
  const headerLength = Number(file.slice(HEADER_LENGTH.start, HEADER_LENGTH.start + HEADER_LENGTH.digits)) + lengths.length;
  const fileLength = file.length + lengths.length + subheader.length + data.length;
  const behindOthers = EXTENSION_COUNT.end + count * (LENGTHS.subheaderDigits + LENGTHS.dataDigits);
  const changed = [
    file.slice(0, FILE_LENGTH.start),
    number(fileLength, FILE_LENGTH.digits),
    number(headerLength, HEADER_LENGTH.digits),
    segments,
    number(count + 1, EXTENSION_COUNT.end - EXTENSION_COUNT.start),
    file.slice(EXTENSION_COUNT.end, behindOthers),
    lengths,
    file.slice(behindOthers),
    subheader,
    data,
  ];
  writeFileSync(path, changed.join(''), 'latin1');
}

/** MIL-STD-2500C, table A-8: unclassified, and without fields of its own. */
function extensionSubheader(id: string): string {
  return ['DE', id.padEnd(25), '01', 'U'.padEnd(167), '0000'].join('');
}

function number(value: number, digits: number): string {
  return `${value}`.padStart(digits, '0');
}
