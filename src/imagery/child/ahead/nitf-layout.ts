import { NITF_PREFIX_BYTES, nitfHeaderLength, segmentsOf } from '../../../domain/nitf/file-header.js';
import { pixelStorageOf, type PixelStorage } from '../../../domain/nitf/image-subheader.js';
import type { ArrivingBytes } from './arriving-bytes.js';
import { hull, type ByteSpan, type ImageLayout } from './image-layout.js';

const UNCOMPRESSED = 'NC';
const BITS_PER_BYTE = 8;

/**
 * Where the pixels of a NITF 2.1 file lie that holds a single image, not compressed, without a table of its blocks
 * (MIL-STD-2500C, sections 5.4.3.3 and 5.4.3.4); null for any other.
 */
export async function nitfLayout({ read }: ArrivingBytes): Promise<ImageLayout | null> {
  const prefix = await read(0, NITF_PREFIX_BYTES);
  const headerLength = prefix === null ? null : nitfHeaderLength(prefix);
  const header = headerLength === null ? null : await read(0, headerLength);
  if (header === null) return null;
  const [image, ...others] = segmentsOf(header, 'image');
  if (image === undefined || others.length > 0) return null;
  const subheader = await read(image.subheader.offset, image.subheader.length);
  const storage = subheader === null ? null : pixelStorageOf(subheader);
  if (storage?.compression !== UNCOMPRESSED || storage.bitsPerSample % BITS_PER_BYTE !== 0) return null;
  if (dataBytes(storage) !== image.data.length) return null;
  return { width: storage.columns, height: storage.rows, spanOf: spanOf(storage, image.data.offset) };
}

function dataBytes({ blocksPerRow, blocksPerColumn, blockColumns, blockRows, bands, bitsPerSample }: PixelStorage): number {
  return (blocksPerRow * blockColumns * blocksPerColumn * blockRows * bands * bitsPerSample) / BITS_PER_BYTE;
}

function spanOf(storage: PixelStorage, dataOffset: number): ImageLayout['spanOf'] {
  const { blocksPerRow, blocksPerColumn, blockRows, bands, mode } = storage;
  // One block that holds band behind band is no different from bands that are apart.
  const isSequential = mode === 'S' || (mode === 'B' && blocksPerRow * blocksPerColumn === 1);
  const sequenceBytes = dataBytes(storage) / (isSequential ? bands : 1);
  const rowBytes = sequenceBytes / (blocksPerColumn * blockRows);
  const hasWholeRows = blocksPerRow === 1 && (isSequential || mode !== 'B');
  return (bandNumbers, firstRow, rowCount) => {
    const from = hasWholeRows ? firstRow : Math.floor(firstRow / blockRows) * blockRows;
    const to = hasWholeRows ? firstRow + rowCount : Math.ceil((firstRow + rowCount) / blockRows) * blockRows;
    const spanIn = (sequenceStart: number): ByteSpan => ({ start: sequenceStart + from * rowBytes, end: sequenceStart + to * rowBytes });
    return hull(bandNumbers.map((bandNumber) => spanIn(dataOffset + (isSequential ? (bandNumber - 1) * sequenceBytes : 0))));
  };
}
