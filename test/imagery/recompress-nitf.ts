import { readFileSync, writeFileSync } from 'node:fs';

/** Places in the header of a NITF 2.1 file of one image segment (MIL-STD-2500C, table A-1). */
const FILE_LENGTH = [342, 354] as const;
const HEADER_LENGTH = [354, 360] as const;
const SUBHEADER_LENGTH = [363, 369] as const;
const DATA_LENGTH = [369, 379] as const;
/** Places in the image subheader (table A-3). */
const COORDINATES = 371;
const CORNERS_LENGTH = 60;
const COMMENT_LENGTH = 80;
const PIXEL_TYPE = [349, 352] as const;
const SIGNIFICANT_BITS = [368, 370] as const;
/** From IC on, where there is no COMRAT and one band without look-up table. */
const STORED_BITS = [34, 36] as const;

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
  const number = ([start, end]: readonly [number, number]) => Number(file.toString('latin1', start, end));
  const headerLength = number(HEADER_LENGTH);
  const subheader = file.toString('latin1', headerLength, headerLength + number(SUBHEADER_LENGTH));
  const comments = COORDINATES + 1 + (subheader[COORDINATES] === ' ' ? 0 : CORNERS_LENGTH);
  const compression = comments + 1 + Number(subheader[comments]) * COMMENT_LENGTH;
  const before = isBilevel ? replaced(replaced(subheader.slice(0, compression), PIXEL_TYPE, 'B  '), SIGNIFICANT_BITS, '01') : subheader.slice(0, compression);
  const behind = isBilevel ? replaced(subheader.slice(compression), STORED_BITS, '01') : subheader.slice(compression);
  const changed = before + code + rate + behind.slice(code.length);
  const header = file.subarray(0, headerLength);
  const write = ([start, end]: readonly [number, number], value: number) => header.write(`${value}`.padStart(end - start, '0'), start, 'latin1');
  write(FILE_LENGTH, headerLength + changed.length + data.length);
  write(SUBHEADER_LENGTH, changed.length);
  write(DATA_LENGTH, data.length);
  writeFileSync(path, Buffer.concat([header, Buffer.from(changed, 'latin1'), data]));
}

function replaced(text: string, [start, end]: readonly [number, number], field: string): string {
  return text.slice(0, start) + field + text.slice(end);
}
