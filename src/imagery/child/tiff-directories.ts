/** Reads so many bytes of a file from `offset` on; null where it ends before. */
export type ReadBytes = (offset: number, length: number) => Promise<Buffer | null>;

/** One picture of a TIFF, or what goes with one. */
export interface TiffDirectory {
  readonly entries: readonly TiffEntry[];
}

export interface TiffEntry {
  readonly tag: number;
  /** Where the values lie, in bytes; null when they stand in the entry itself. */
  readonly place: { readonly offset: number; readonly length: number } | null;
  /** The values of an entry of whole numbers; null of any other, and when they cannot be read. */
  values(): Promise<number[] | null>;
}

/** How classic TIFF (magic 42) and BigTIFF (43) lay out a directory. */
const LAYOUTS = {
  42: { firstAt: 4, pointerBytes: 4, countBytes: 2, entryBytes: 12 },
  43: { firstAt: 8, pointerBytes: 8, countBytes: 8, entryBytes: 20 },
} as const;
type Layout = (typeof LAYOUTS)[keyof typeof LAYOUTS];

const HEADER_BYTES = 16;
const MOST_DIRECTORIES = 64;
/** Bytes of one value by its field type (TIFF 6.0, section 2; 13 of TIFF Technical Note 1; 16 to 18 of BigTIFF). */
const VALUE_BYTES: Record<number, number> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8 };
/** SHORT, LONG and LONG8. */
const UNSIGNED_TYPES = [3, 4, 16];

interface Reading {
  readonly read: ReadBytes;
  readonly layout: Layout;
  readonly unsigned: (bytes: Buffer, at: number, length: number) => number;
}

/** The directories of a TIFF of either byte order, one behind the other; null in place of one that is not whole, and then no more. */
export async function* tiffDirectories(read: ReadBytes): AsyncGenerator<TiffDirectory | null> {
  const header = await read(0, HEADER_BYTES);
  const reading = header === null ? null : readingOf(header, read);
  if (header === null || reading === null) {
    yield null;
    return;
  }
  let at = reading.unsigned(header, reading.layout.firstAt, reading.layout.pointerBytes);
  for (let count = 0; at !== 0; count++) {
    const found = count < MOST_DIRECTORIES ? await directoryAt(at, reading) : null;
    yield found;
    if (found === null) return;
    at = found.next;
  }
}

function readingOf(header: Buffer, read: ReadBytes): Reading | null {
  const order = header.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') return null;
  const isLittle = order === 'II';
  const unsigned: Reading['unsigned'] = (bytes, at, length) => {
    if (length === 8) return Number(isLittle ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
    return isLittle ? bytes.readUIntLE(at, length) : bytes.readUIntBE(at, length);
  };
  const layout = LAYOUTS[unsigned(header, 2, 2) as keyof typeof LAYOUTS] as Layout | undefined;
  return layout === undefined ? null : { read, layout, unsigned };
}

async function directoryAt(at: number, reading: Reading): Promise<(TiffDirectory & { next: number }) | null> {
  const { read, unsigned, layout } = reading;
  const { countBytes, entryBytes, pointerBytes } = layout;
  const head = await read(at, countBytes);
  if (head === null) return null;
  const entryCount = unsigned(head, 0, countBytes);
  const bytes = await read(at + countBytes, entryCount * entryBytes + pointerBytes);
  if (bytes === null) return null;
  const entries = Array.from({ length: entryCount }, (_, index) => entryOf(bytes.subarray(index * entryBytes, (index + 1) * entryBytes), reading));
  return { entries, next: unsigned(bytes, entryCount * entryBytes, pointerBytes) };
}

/** The values stand in the entry where they fit, and elsewhere in the file where they do not. */
function entryOf(entry: Buffer, { read, unsigned, layout: { pointerBytes } }: Reading): TiffEntry {
  const type = unsigned(entry, 2, 2);
  const count = unsigned(entry, 4, pointerBytes);
  const valueBytes = VALUE_BYTES[type] ?? 0;
  const inEntry = entry.subarray(4 + pointerBytes);
  const length = count * valueBytes;
  const place = length <= pointerBytes ? null : { offset: unsigned(inEntry, 0, pointerBytes), length };
  return {
    tag: unsigned(entry, 0, 2),
    place,
    async values() {
      if (!UNSIGNED_TYPES.includes(type)) return null;
      const bytes = place === null ? inEntry : await read(place.offset, place.length);
      return bytes === null ? null : Array.from({ length: count }, (_, index) => unsigned(bytes, index * valueBytes, valueBytes));
    },
  };
}
