/** A part of a file, in bytes. */
export interface ByteRange {
  offset: number;
  length: number;
}

/** What it is stands in its subheader. */
export interface NitfSegment {
  subheader: ByteRange;
  data: ByteRange;
}

/** So much of a file tells how long its header is. */
export const NITF_PREFIX_BYTES = 360;

const HEADER_LENGTH = { start: 354, end: 360 };
const FIRST_SEGMENT_COUNT = 360;
const COUNT_DIGITS = 3;

/** The kinds of segments in the order in which the header lists them and the file holds them, with the digits of their two lengths. */
const SEGMENT_KINDS = [
  { name: 'image', subheaderDigits: 6, dataDigits: 10 },
  { name: 'graphic', subheaderDigits: 4, dataDigits: 6 },
  { name: 'reserved', subheaderDigits: 0, dataDigits: 0 },
  { name: 'text', subheaderDigits: 4, dataDigits: 5 },
  { name: 'data extension', subheaderDigits: 4, dataDigits: 9 },
] as const;
export type SegmentKind = (typeof SEGMENT_KINDS)[number]['name'];

const DES_ID = { start: 2, end: 27 };

/**
 * The length of a NITF 2.1 or NSIF 1.0 file header (MIL-STD-2500C, table A-1, field HL) in bytes, given the first
 * `NITF_PREFIX_BYTES` of the file; null for any other file, NITF 2.0 included, whose header is laid out differently.
 */
export function nitfHeaderLength(prefix: Uint8Array): number | null {
  const profile = textOf(prefix, 0, 9);
  if (profile !== 'NITF02.10' && profile !== 'NSIF01.00') return null;
  const length = digitsOf(prefix, HEADER_LENGTH.start, HEADER_LENGTH.end);
  return length !== null && length > NITF_PREFIX_BYTES ? length : null;
}

/**
 * The segments of one kind in a NITF 2.1 file, given its whole header: the header holds the lengths of all segments,
 * which follow it and each other without gaps (MIL-STD-2500C, section 5.1 and table A-1, fields NUMI to LDn).
 * A header that is cut short or holds other than digits before them or among them gives none.
 */
export function segmentsOf(header: Uint8Array, kind: SegmentKind): NitfSegment[] {
  let segmentOffset = header.length;
  let cursor = FIRST_SEGMENT_COUNT;
  const segments: NitfSegment[] = [];

  const readNumber = (digits: number): number | null => {
    const number = digitsOf(header, cursor, cursor + digits);
    cursor += digits;
    return number;
  };

  for (const { name, subheaderDigits, dataDigits } of SEGMENT_KINDS) {
    const count = readNumber(COUNT_DIGITS);
    if (count === null) return [];
    if (subheaderDigits === 0) continue; // the count of a kind that the standard has reserved and left without lengths
    for (let index = 0; index < count; index++) {
      const [subheaderLength, dataLength] = [readNumber(subheaderDigits), readNumber(dataDigits)];
      if (subheaderLength === null || dataLength === null) return [];
      const subheader = { offset: segmentOffset, length: subheaderLength };
      const data = { offset: segmentOffset + subheaderLength, length: dataLength };
      if (name === kind) segments.push({ subheader, data });
      segmentOffset = data.offset + data.length;
    }
    if (name === kind) break;
  }
  return segments;
}

/** What a data extension is, given its subheader: its DESID (MIL-STD-2500C, table A-8), without the blanks around it. */
export function dataExtensionId(subheader: Uint8Array): string {
  return textOf(subheader, DES_ID.start, DES_ID.end).trim();
}

function digitsOf(bytes: Uint8Array, start: number, end: number): number | null {
  const text = textOf(bytes, start, end);
  return text.length === end - start && /^\d+$/.test(text) ? Number(text) : null;
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, end));
}
