import type gdal from 'gdal-async';
import type { Mask } from '../../domain/footprint/mask-rings.js';
import type { BandInfo, DatasetInfo } from './info.js';

/** Longest edge of the reduced mask, in pixels. */
const MASK_EDGE = 512;
/** Bands that are looked at, each of which may have gaps of its own. */
const MOST_BANDS = 4;

/**
 * Which pixels hold data in any of the first bands, at most 512 pixels to a side, from the overviews where there are any;
 * null for an image without nodata value, mask or alpha band.
 */
export async function validDataMask(dataset: gdal.Dataset, { size: [imageWidth, imageHeight], bands }: DatasetInfo): Promise<Mask | null> {
  const masked = bandsThatMask(bands);
  if (masked.length === 0) return null;
  const shrink = Math.min(1, MASK_EDGE / Math.max(imageWidth, imageHeight));
  const width = Math.max(1, Math.round(imageWidth * shrink));
  const height = Math.max(1, Math.round(imageHeight * shrink));
  const values = new Uint8Array(width * height);
  for (const { band: bandNumber } of masked) {
    const mask = dataset.bands.get(bandNumber).getMaskBand();
    if (mask === null) return null;
    const read = await mask.pixels.readAsync(0, 0, imageWidth, imageHeight, new Uint8Array(width * height), { buffer_width: width, buffer_height: height });
    for (const [index, value] of read.entries()) if (value !== 0) values[index] = 1;
  }
  return { width, height, values };
}

/** A mask or alpha band is the same for all bands; nodata values are each band's own, and a band without one is valid throughout. */
function bandsThatMask(bands: readonly BandInfo[]): BandInfo[] {
  const shared = bands.find(({ mask }) => mask?.flags?.some((flag) => flag === 'PER_DATASET' || flag === 'ALPHA') === true);
  if (shared !== undefined) return [shared];
  const first = bands.slice(0, MOST_BANDS);
  return first.every(({ noDataValue }) => noDataValue !== undefined) ? first : [];
}
