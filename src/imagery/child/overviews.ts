import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type gdal from 'gdal-async';
import { ARTIFACT_SUFFIXES } from '../../domain/artifacts.js';
import { messageOf, ViewpointError } from '../../domain/errors.js';
import { overviewFactors } from '../../domain/overview-levels.js';
import { stripsOf } from './band-reader.js';
import { isComplex } from './band-readers.js';
import { unreadable } from './read-errors.js';

/** With less room left than this, in bytes, a failure to write is put down to it. */
const SPARE_BYTES = 1024 * 1024;
const STRIP_PIXELS = 1 << 20;

export type OverviewSource = 'internal' | 'delivered' | 'built' | 'none';

/** Where the overviews lie that the image comes with; `none` when it has none. */
export function deliveredOverviews(dataset: gdal.Dataset, imagePath: string): OverviewSource {
  if (overviewCount(dataset) === 0) return 'none';
  return existsSync(imagePath + ARTIFACT_SUFFIXES.overviews) ? 'delivered' : 'internal';
}

/**
 * Builds the overviews that an image of this size calls for, in an `.ovr` beside it, by cubic convolution; complex
 * pixels, for which GDAL has none, by the mean of magnitude and phase.
 * @throws ViewpointError `image_corrupt` when pixels cannot be read, `disk_full` when the volume is.
 */
export async function buildOverviews(dataset: gdal.Dataset, onProgress: (fraction: number) => void): Promise<OverviewSource> {
  const factors = overviewFactors(dataset.rasterSize.x, dataset.rasterSize.y);
  if (factors.length === 0) return 'none';
  const resampling = isComplex(dataset) ? 'AVERAGE_MAGPHASE' : 'CUBIC';
  try {
    await dataset.buildOverviewsAsync(resampling, factors, undefined, { progress_cb: (fraction) => onProgress(fraction) });
  } catch (error) {
    throw await overviewError(dataset, error);
  }
  return 'built';
}

/**
 * What a failure to build overviews means. What GDAL says of a full disk differs by where it meets it, and its threads
 * fail without a message at all: the pixels are read once more for one.
 */
export async function overviewError(dataset: gdal.Dataset, error: unknown): Promise<ViewpointError> {
  const what = 'The overviews cannot be built';
  const { bavail, bsize } = await statfs(dirname(dataset.description));
  if (bavail * bsize < SPARE_BYTES) return new ViewpointError('disk_full', `${what} for lack of room on the volume: ${bavail * bsize} bytes are left.`, { cause: error });
  if (messageOf(error) !== '') return unreadable(what, error);
  try {
    for (const band of dataset.bands) await readThrough(band);
  } catch (reason) {
    return unreadable(what, reason);
  }
  return unreadable(what, error);
}

async function readThrough(band: gdal.RasterBand): Promise<void> {
  const strips = stripsOf({ width: band.size.x, height: band.size.y, blockRows: band.blockSize.y }, STRIP_PIXELS);
  for (const { x, y, width, height } of strips) await band.pixels.readAsync(x, y, width, height);
}

/** Bits of one sample, by GDAL's name of its type. */
const SAMPLE_BITS: Record<string, number> = {
  Byte: 8, Int8: 8, UInt16: 16, Int16: 16, UInt32: 32, Int32: 32, Float32: 32, CInt16: 32,
  UInt64: 64, Int64: 64, Float64: 64, CInt32: 64, CFloat32: 64, CFloat64: 128,
};

/** Bits that a sample of the band takes on the disk, uncompressed. */
export function sampleBits(band: gdal.RasterBand): number {
  const { NBITS } = band.getMetadata('IMAGE_STRUCTURE') as Record<string, string | undefined>;
  return Number(NBITS ?? SAMPLE_BITS[band.dataType ?? ''] ?? 0);
}

export function overviewCount(dataset: gdal.Dataset): number {
  return dataset.bands.get(1).overviews.count();
}
