import { open, type FileHandle } from 'node:fs/promises';
import type gdal from 'gdal-async';
import { ViewpointError } from '../../domain/errors.js';
import { writtenTilesEnd } from './pcidsk-tiles.js';

/** PCIDSK database file format, file header: FH3, the number of blocks of 512 bytes. */
const PCIDSK_BLOCKS = { offset: 16, length: 16, bytes: 512 };
/** The same header: how pixels are stored. Tiles (`FILE`) lie in a segment that the header counts before it is written to its end. */
const PCIDSK_INTERLEAVING = { offset: 360, length: 8, tiled: 'FILE' };
const HEAD_BYTES = 512;
/** CSF, the PCRaster format: pixels begin behind the main and the raster header. */
const PCRASTER_HEADER_BYTES = 256;
const NETCDF_CLASSIC = 'CDF';
const SAMPLE_BYTES: Record<string, number> = { Byte: 1, Int8: 1, UInt16: 2, Int16: 2, UInt32: 4, Int32: 4, Float32: 4, Float64: 8, UInt64: 8, Int64: 8 };

/**
 * Refuses a file that is cut short, of the formats whose drivers take what is missing for zeros and say nothing: all
 * others fail when the pixels are read. Of a classic netCDF file only a lower bound of its length is known.
 * @throws ViewpointError `image_corrupt`
 */
export async function refuseShortFile(dataset: gdal.Dataset, path: string): Promise<void> {
  const format = dataset.driver.description;
  if (!['PCIDSK', 'PCRaster', 'netCDF'].includes(format)) return;
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const head = (await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)).buffer.toString('latin1');
    const expected = format === 'PCIDSK' ? await pcidskBytes(file, head, size) : leastBytes(format, head, dataset);
    if (size >= expected) return;
    throw new ViewpointError('image_corrupt', `The image is cut short: the file has ${size} bytes, and by its header it must have at least ${expected}.`);
  } finally {
    await file.close();
  }
}

function leastBytes(format: string, head: string, dataset: gdal.Dataset): number {
  if (format === 'PCRaster') return PCRASTER_HEADER_BYTES + pixelBytes(dataset);
  return head.startsWith(NETCDF_CLASSIC) ? pixelBytes(dataset) : 0;
}

async function pcidskBytes(file: FileHandle, head: string, size: number): Promise<number> {
  const field = ({ offset, length }: { offset: number; length: number }) => head.slice(offset, offset + length).trim();
  if (field(PCIDSK_INTERLEAVING) === PCIDSK_INTERLEAVING.tiled) return writtenTilesEnd(file, head, size);
  return PCIDSK_BLOCKS.bytes * (Number.parseInt(field(PCIDSK_BLOCKS), 10) || 0);
}

function pixelBytes(dataset: gdal.Dataset): number {
  const { x, y } = dataset.rasterSize;
  return dataset.bands.map((band) => x * y * (SAMPLE_BYTES[band.dataType ?? ''] ?? 0)).reduce((sum, bytes) => sum + bytes, 0);
}
