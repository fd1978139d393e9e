/** How the pixels of an image segment lie in its data. */
export interface PixelStorage {
  rows: number;
  columns: number;
  bands: number;
  /** IC: `NC` without compression. */
  compression: string;
  /** IMODE: bands interleaved by block (B), pixel (P) or row (R), or one behind the other (S). */
  mode: string;
  blocksPerRow: number;
  blocksPerColumn: number;
  /** Columns and rows of a block. */
  blockColumns: number;
  blockRows: number;
  bitsPerSample: number;
}

/** Places and lengths of fields in bytes (MIL-STD-2500C, table A-3); those behind ICORDS depend on what is there. */
const NROWS = { start: 333, digits: 8 };
const NCOLS = { start: 341, digits: 8 };
const ICORDS_START = 371;
const IGEOLO_LENGTH = 60;
const ICOM_LENGTH = 80;
const COMRAT_LENGTH = 4;
/** IREPBAND, ISUBCAT, IFC and IMFLT of a band. */
const BAND_LENGTH = 12;
/** Kinds of compression without a field COMRAT. */
const UNCOMPRESSED = ['NC', 'NM'];

/**
 * How the pixels of an image are stored, given its subheader; null where that is cut short or no NITF 2.1 subheader.
 */
export function pixelStorageOf(subheader: Uint8Array): PixelStorage | null {
  let cursor = ICORDS_START;
  const text = (length: number): string => String.fromCharCode(...subheader.subarray(cursor, (cursor += length)));
  const number = (digits: number): number => digitsOf(text(digits), digits);

  if (text(1) !== ' ') cursor += IGEOLO_LENGTH;
  const comments = number(1);
  cursor += comments * ICOM_LENGTH;
  const compression = text(2);
  if (!UNCOMPRESSED.includes(compression)) cursor += COMRAT_LENGTH;
  // Zero refers to the field for ten bands or more.
  const bands = number(1) || number(5);
  for (let band = 0; band < bands && cursor < subheader.length; band++) {
    cursor += BAND_LENGTH;
    const tables = number(1);
    const entries = tables > 0 ? number(5) : 0;
    cursor += tables * entries;
  }
  cursor += 1; // ISYNC
  const mode = text(1);
  const [blocksPerRow, blocksPerColumn, blockColumns, blockRows, bitsPerSample] = [number(4), number(4), number(4), number(4), number(2)];
  const [rows, columns] = [NROWS, NCOLS].map(({ start, digits }) => digitsOf(String.fromCharCode(...subheader.subarray(start, start + digits)), digits)) as [number, number];
  const storage = {
    rows,
    columns,
    bands,
    compression,
    mode,
    blocksPerRow,
    blocksPerColumn,
    // Zero stands for a single block of more than 8192.
    blockColumns: blockColumns === 0 ? columns : blockColumns,
    blockRows: blockRows === 0 ? rows : blockRows,
    bitsPerSample,
  };
  return Object.values(storage).includes(Number.NaN) || mode === '' ? null : storage;
}

function digitsOf(text: string, digits: number): number {
  return text.length === digits && /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
