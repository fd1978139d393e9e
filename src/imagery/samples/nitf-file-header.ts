/**
 * The file header of a NITF 2.1 file without a single segment
 * (MIL-STD-2500C, table A-1): 388 bytes, of which each entry here is one field
 * with its length and content.
 */
const HEADER_LENGTH = 388;

const fields: readonly (readonly [name: string, length: number, content: string])[] = [
  ['FHDR', 4, 'NITF'],
  ['FVER', 5, '02.10'],
  ['CLEVEL', 2, '03'],
  ['STYPE', 4, 'BF01'],
  ['OSTAID', 10, 'SAMPLES'],
  ['FDT', 14, '20240101000000'],
  ['FTITLE', 80, 'A file header and nothing else'],
  ['FSCLAS', 1, 'U'],
  ['FSCLSY', 2, ''],
  ['FSCODE', 11, ''],
  ['FSCTLH', 2, ''],
  ['FSREL', 20, ''],
  ['FSDCTP', 2, ''],
  ['FSDCDT', 8, ''],
  ['FSDCXM', 4, ''],
  ['FSDG', 1, ''],
  ['FSDGDT', 8, ''],
  ['FSCLTX', 43, ''],
  ['FSCATP', 1, ''],
  ['FSCAUT', 40, ''],
  ['FSCRSN', 1, ''],
  ['FSSRDT', 8, ''],
  ['FSCTLN', 15, ''],
  ['FSCOP', 5, '00000'],
  ['FSCPYS', 5, '00000'],
  ['ENCRYP', 1, '0'],
  ['FBKGC', 3, '\0\0\0'],
  ['ONAME', 24, ''],
  ['OPHONE', 18, ''],
  ['FL', 12, `${HEADER_LENGTH}`.padStart(12, '0')],
  ['HL', 6, `${HEADER_LENGTH}`.padStart(6, '0')],
  ['NUMI', 3, '000'],
  ['NUMS', 3, '000'],
  ['NUMX', 3, '000'],
  ['NUMT', 3, '000'],
  ['NUMDES', 3, '000'],
  ['NUMRES', 3, '000'],
  ['UDHDL', 5, '00000'],
  ['XHDL', 5, '00000'],
];

/** A whole, valid NITF file that holds no image. */
export function nitfWithoutImage(): Buffer {
  return Buffer.from(fields.map(([, length, content]) => content.padEnd(length, ' ')).join(''), 'latin1');
}
