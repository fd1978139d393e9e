import { open, rm, type FileHandle } from 'node:fs/promises';
import gdal from 'gdal-async';
import { unreadable } from './read-errors.js';

/** A complex image as one of real numbers: bands 2n − 1 and 2n are the real and imaginary part of its band n. */
export interface ComplexParts {
  readonly dataset: gdal.Dataset;
  /** Frees it and removes its files. */
  close: () => Promise<void>;
}

/** BigTIFF, as GDAL writes it on this machine: little-endian, 16-byte header, entries of 20 bytes behind a count of 8. */
const HEADER_BYTES = 16;
const COUNT_BYTES = 8;
const ENTRY_BYTES = 20;
const TYPE_SHORT = 3;
const SHORTS_INLINE = 4;
const TAGS = { bitsPerSample: 258, samplesPerPixel: 277, sampleFormat: 339 };
/** SampleFormat of complex integers and floats (libtiff), and of their parts (TIFF 6.0, section 19). */
const PART_FORMATS: Record<number, number> = { 5: 2, 6: 3 };

/**
 * Splits a complex image. GDAL's binding reads the real parts alone, so the image is copied, uncompressed, into a
 * TIFF, whose header is then made to say that each complex sample is two real ones.
 * @param path where the copy goes; it takes the image's uncompressed size.
 * @throws ViewpointError `image_corrupt` when the pixels cannot be read.
 */
export async function splitComplex(dataset: gdal.Dataset, path: string): Promise<ComplexParts> {
  const remove = async () => {
    for (const suffix of ['', '.aux.xml']) await rm(path + suffix, { force: true });
  };
  try {
    const creationOptions = { BIGTIFF: 'YES', INTERLEAVE: 'PIXEL', COMPRESS: 'NONE', TILED: 'NO', PROFILE: 'BASELINE', ENDIANNESS: 'LITTLE' };
    await copyPixels(dataset, path, creationOptions);
    await declareParts(path);
    const parts = await gdal.drivers.get('GTiff').openAsync(path, 'r');
    return {
      dataset: parts,
      async close() {
        parts.close();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function copyPixels(dataset: gdal.Dataset, path: string, creationOptions: Record<string, string>): Promise<void> {
  try {
    const copy = await gdal.drivers.get('GTiff').createCopyAsync(path, dataset, creationOptions);
    copy.close();
  } catch (error) {
    throw unreadable('The pixels of the image cannot be read', error);
  }
}

async function declareParts(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const header = await bytesAt(file, 0, HEADER_BYTES);
    const directoryAt = Number(header.readBigUInt64LE(8));
    const entryCount = Number((await bytesAt(file, directoryAt, COUNT_BYTES)).readBigUInt64LE());
    const entries = await bytesAt(file, directoryAt + COUNT_BYTES, entryCount * ENTRY_BYTES);
    const entryOf = (tag: number): Buffer => {
      const start = Array.from({ length: entryCount }, (_, index) => index * ENTRY_BYTES).find((at) => entries.readUInt16LE(at) === tag);
      if (start === undefined) throw new Error(`the copy of the complex image lacks TIFF tag ${tag}`);
      return entries.subarray(start, start + ENTRY_BYTES);
    };
    const samples = 2 * entryOf(TAGS.samplesPerPixel).readUInt16LE(12);
    const firstShort = async (entry: Buffer) =>
      entry.readBigUInt64LE(4) <= SHORTS_INLINE ? entry.readUInt16LE(12) : (await bytesAt(file, Number(entry.readBigUInt64LE(12)), 2)).readUInt16LE();
    const setShorts = async (entry: Buffer, value: number, count: number) => {
      const shorts = Buffer.alloc(Math.max(8, count * 2));
      for (let index = 0; index < count; index++) shorts.writeUInt16LE(value, index * 2);
      entry.writeUInt16LE(TYPE_SHORT, 2);
      entry.writeBigUInt64LE(BigInt(count), 4);
      if (count <= SHORTS_INLINE) shorts.copy(entry, 12);
      else {
        const { size: end } = await file.stat();
        await file.write(shorts, 0, shorts.length, end);
        entry.writeBigUInt64LE(BigInt(end), 12);
      }
    };
    const [bits, format] = [entryOf(TAGS.bitsPerSample), entryOf(TAGS.sampleFormat)];
    const [complexBits, complexFormat] = [await firstShort(bits), await firstShort(format)];
    const partFormat = PART_FORMATS[complexFormat];
    if (partFormat === undefined) throw new Error(`the image's sample format ${complexFormat} is not a complex one`);
    await setShorts(entryOf(TAGS.samplesPerPixel), samples, 1);
    await setShorts(bits, complexBits / 2, samples);
    await setShorts(format, partFormat, samples);
    await file.write(entries, 0, entries.length, directoryAt + COUNT_BYTES);
  } finally {
    await file.close();
  }
}

async function bytesAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, position);
  if (bytesRead < length) throw new Error('the copy of the complex image is cut short');
  return bytes;
}
