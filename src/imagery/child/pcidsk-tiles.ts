import type { FileHandle } from 'node:fs/promises';

const BLOCK_BYTES = 512;
/** PCIDSK database file format, file header, FH19.1 and FH19.2: where the segment pointers begin, in blocks from 1, and the blocks they take. */
const POINTERS = { start: { offset: 440, length: 16 }, blocks: { offset: 456, length: 8 } };
/** Section 2.4, segment pointers: flag, type, name, first block from 1. A segment begins with a header of 1024 bytes. */
const POINTER = { bytes: 32, flags: ['A', 'L'], name: { offset: 4, length: 8 }, start: { offset: 12, length: 11 } };
const SEGMENT_HEADER_BYTES = 1024;
const MOST_POINTER_BYTES = 1024 * 1024;
const DIRECTORY_HEADER_BYTES = 512;
const LAYER_IN_USE = 2;

/** Told of each block of each layer: the number of its segment, from 1, and where in the segment's data its written bytes end. */
type NoteBlock = (segment: number, end: number) => void;

type Read = (offset: number, bytes: number) => Promise<Buffer>;

/**
 * Where the last byte lies that has been written to a tile of a PCIDSK file with interleaving FILE, in bytes from the
 * file's begin. The directory of the tiles ("TileDir" in binary, or "SysBMDir" in text) names for each layer, of the
 * image or of an overview, its blocks in their order; one that was never written lies in segment 65535. The segments
 * of the blocks themselves count more than was ever written. Layout: the PCIDSK database file format, and the SDK
 * of PCI Geomatics in GDAL for the directories, which the former leaves open.
 * @param sizeBytes of the file: a directory that lies behind its end is one that was cut off.
 */
export async function writtenTilesEnd(file: FileHandle, head: string, sizeBytes: number): Promise<number> {
  const read: Read = async (offset, bytes) => {
    if (!(offset >= 0) || offset + bytes > sizeBytes) throw new Behind(offset + bytes);
    return (await file.read(Buffer.alloc(bytes), 0, bytes, offset)).buffer;
  };
  try {
    const segments = await readSegments(read, head);
    const binary = segments.find(({ name }) => name === 'TileDir');
    const directory = binary ?? segments.find(({ name }) => name === 'SysBMDir');
    if (directory === undefined) return 0;
    const fromDirectory: Read = (offset, bytes) => read(directory.dataOffset + offset, bytes);
    let lastEnd = 0;
    const noteBlock: NoteBlock = (segment, end) => {
      const { dataOffset } = segments[segment - 1] ?? {};
      if (dataOffset !== undefined) lastEnd = Math.max(lastEnd, dataOffset + end);
    };
    await (binary === undefined ? readTextDirectory(fromDirectory, noteBlock) : readBinaryDirectory(fromDirectory, sizeBytes, noteBlock));
    return lastEnd;
  } catch (error) {
    if (error instanceof Behind) return error.end;
    throw error;
  }
}

/** What was to be read lies behind the file's end. */
class Behind extends Error {
  constructor(readonly end: number) {
    super();
  }
}

async function readSegments(read: Read, head: string): Promise<{ name: string; dataOffset: number }[]> {
  const bytes = Math.min(numberAt(head, POINTERS.blocks) * BLOCK_BYTES, MOST_POINTER_BYTES);
  const pointers = (await read((numberAt(head, POINTERS.start) - 1) * BLOCK_BYTES, bytes)).toString('latin1');
  return Array.from({ length: bytes / POINTER.bytes }, (_, index) => {
    const pointer = pointers.slice(index * POINTER.bytes, (index + 1) * POINTER.bytes);
    const { offset, length } = POINTER.name;
    return {
      name: POINTER.flags.includes(pointer.charAt(0)) ? pointer.slice(offset, offset + length).trim() : '',
      dataOffset: (numberAt(pointer, POINTER.start) - 1) * BLOCK_BYTES + SEGMENT_HEADER_BYTES,
    };
  });
}

function numberAt(text: string, { offset, length }: { offset: number; length: number }): number {
  return Number.parseInt(text.slice(offset, offset + length), 10) || 0;
}

/**
 * Counts of layers and bytes per block at 10; after the header for each layer its type, first block, count of blocks and
 * bytes (2, 4, 4 and 8 bytes), then 38 bytes per layer on its tiles, 18 on the free blocks, and the blocks of all layers:
 * segment and place in it (2 and 4 bytes).
 */
async function readBinaryDirectory(read: Read, mostBytes: number, noteBlock: NoteBlock): Promise<void> {
  const [layerBytes, tileLayerBytes, blockInfoBytes] = [18, 38, 6];
  const header = await read(0, DIRECTORY_HEADER_BYTES);
  const isBigEndian = header.toString('latin1', 509, 510) === 'B';
  const uint16 = (buffer: Buffer, at: number) => (isBigEndian ? buffer.readUInt16BE(at) : buffer.readUInt16LE(at));
  const uint32 = (buffer: Buffer, at: number) => (isBigEndian ? buffer.readUInt32BE(at) : buffer.readUInt32LE(at));
  const uint64 = (buffer: Buffer, at: number) => Number(isBigEndian ? buffer.readBigUInt64BE(at) : buffer.readBigUInt64LE(at));
  const [layerCount, blockBytes] = [uint32(header, 10), uint32(header, 14)];
  const layers = await read(DIRECTORY_HEADER_BYTES, layerCount * layerBytes);
  const blocksOffset = DIRECTORY_HEADER_BYTES + layerCount * (layerBytes + tileLayerBytes) + layerBytes;

  let left = mostBytes;
  for (let at = 0; at < layers.length; at += layerBytes) {
    if (uint16(layers, at) !== LAYER_IN_USE) continue;
    const bytes = uint32(layers, at + 6) * blockInfoBytes;
    // Lists of blocks that overlap are none: reading them all might never end.
    if ((left -= bytes) < 0) break;
    const blocks = await read(blocksOffset + uint32(layers, at + 2) * blockInfoBytes, bytes);
    for (let index = 0; index * blockInfoBytes < bytes; index++) {
      const [segment, place] = [uint16(blocks, index * blockInfoBytes), uint32(blocks, index * blockInfoBytes + 2)];
      noteBlock(segment, place * blockBytes + bytesInBlock(uint64(layers, at + 10), index, blockBytes));
    }
  }
}

/**
 * Counts of layers and blocks at 10 and 18, in text of 8 bytes as all that follows; after the header for each block its
 * segment (4 bytes), place in it, layer and successor in the layer, then for each layer its type (4), first block and
 * bytes (12).
 */
async function readTextDirectory(read: Read, noteBlock: NoteBlock): Promise<void> {
  const [blockInfoBytes, layerBytes, blockBytes] = [28, 24, 8192];
  const header = (await read(0, DIRECTORY_HEADER_BYTES)).toString('latin1');
  const [layerCount, blockCount] = [numberAt(header, { offset: 10, length: 8 }), numberAt(header, { offset: 18, length: 8 })];
  const blocks = (await read(DIRECTORY_HEADER_BYTES, blockCount * blockInfoBytes)).toString('latin1');
  const layers = (await read(DIRECTORY_HEADER_BYTES + blockCount * blockInfoBytes, layerCount * layerBytes)).toString('latin1');

  let left = blockCount;
  for (let at = 0; at < layers.length; at += layerBytes) {
    if (numberAt(layers, { offset: at, length: 4 }) !== LAYER_IN_USE) continue;
    const size = numberAt(layers, { offset: at + 12, length: 12 });
    let block = numberAt(layers, { offset: at + 4, length: 8 });
    // No block is in two layers, nor twice in one, so that there are no more than are counted.
    for (let index = 0; block >= 0 && block < blockCount && left-- > 0; index++) {
      const offset = block * blockInfoBytes;
      const [segment, place] = [numberAt(blocks, { offset, length: 4 }), numberAt(blocks, { offset: offset + 4, length: 8 })];
      noteBlock(segment, place * blockBytes + bytesInBlock(size, index, blockBytes));
      block = numberAt(blocks, { offset: offset + 20, length: 8 });
    }
  }
}

/** How many of a layer's bytes lie in its block of that index; the layer's last block need not be written to its end. */
function bytesInBlock(layerBytes: number, index: number, blockBytes: number): number {
  return Math.max(0, Math.min(blockBytes, layerBytes - index * blockBytes));
}
