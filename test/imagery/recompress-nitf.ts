import { readFileSync, writeFileSync } from 'node:fs';
import { FILE_LENGTH, HEADER_LENGTH } from '../../src/imagery/samples/nitf-data-extension.js';
import { ABPP, compressionPlace, PVTYPE } from './nitf-image-subheader.js';

/** Places in the header of a NITF 2.1 file, of the first image segment (MIL-STD-2500C, table A-1). */
const SUBHEADER_LENGTH = { start: 363, digits: 6 };
const DATA_LENGTH = { start: 369, digits: 10 };
/** NBPP from IC on, where there is no COMRAT and one band without look-up table. */
const STORED_BITS = 34;

export interface ImageCompression {
  /** IC, as `NM`. */
  code: string;
  /** COMRAT, for codes that have one. */
  rate?: string;
  /** PVTYPE `B`: one bit for each pixel. */
  isBilevel?: boolean;
  data: Uint8Array;
}

/** Gives the only image segment of an uncompressed NITF 2.1 file other data, and says how they are compressed. */
export function recompressNitf(path: string, { code, rate = '', isBilevel = false, data }: ImageCompression): void {
  const file = readFileSync(path);
  const lengthAt = ({ start, digits }: typeof FILE_LENGTH) => Number(file.toString('latin1', start, start + digits));
  const headerLength = lengthAt(HEADER_LENGTH);
  const [header, subheader] = [file.subarray(0, headerLength), file.subarray(headerLength, headerLength + lengthAt(SUBHEADER_LENGTH))];
  const compression = compressionPlace(subheader);
  if (isBilevel) {
    subheader.write('B  ', PVTYPE, 'latin1');
    for (const start of [ABPP, compression + STORED_BITS]) subheader.write('01', start, 'latin1');
  }
  const changed = Buffer.concat([subheader.subarray(0, compression), Buffer.from(code + rate, 'latin1'), subheader.subarray(compression + code.length)]);
  const write = ({ start, digits }: typeof FILE_LENGTH, length: number) => header.write(`${length}`.padStart(digits, '0'), start, 'latin1');
  write(FILE_LENGTH, headerLength + changed.length + data.length);
  write(SUBHEADER_LENGTH, changed.length);
  write(DATA_LENGTH, data.length);
  writeFileSync(path, Buffer.concat([header, changed, data]));
}
