import type gdal from 'gdal-async';
import { ViewpointError } from '../../domain/errors.js';
import { overviewFactors } from '../../domain/overview-levels.js';
import type { ImageSize } from '../protocol.js';
import { isComplex } from './band-readers.js';
import { sampleBits } from './overviews.js';

/** Hyperspectral images have some hundreds; each band costs time and memory beyond its pixels. */
const MOST_BANDS = 4096;

/** What an image will cost. Overviews are written uncompressed; the statistics of a complex image go by a copy of it. */
export function sizeOf(dataset: gdal.Dataset, { buildsOverviews, exact }: { buildsOverviews: boolean; exact: boolean }): ImageSize {
  const { x: width, y: height } = dataset.rasterSize;
  const bytesPerPixel = dataset.bands.map(sampleBits).reduce((sum, bits) => sum + bits, 0) / 8;
  const overviewPixels = overviewFactors(width, height).map((factor) => Math.ceil(width / factor) * Math.ceil(height / factor)).reduce((sum, pixels) => sum + pixels, 0);
  const copiedPixels = isComplex(dataset) && exact ? width * height : 0;
  return { samples: width * height * dataset.bands.count(), sideFileBytes: Math.ceil(((buildsOverviews ? overviewPixels : 0) + copiedPixels) * bytesPerPixel) };
}

/** @throws ViewpointError `image_too_large` */
export function refuseTooLarge(dataset: gdal.Dataset, maximumSamples: number): void {
  const { x, y } = dataset.rasterSize;
  const bandCount = dataset.bands.count();
  if (bandCount > MOST_BANDS) throw new ViewpointError('image_too_large', `The image has ${bandCount} bands, more than the ${MOST_BANDS} that are allowed.`);
  const samples = x * y * bandCount;
  if (samples <= maximumSamples) return;
  throw new ViewpointError(
    'image_too_large',
    `The image of ${x} × ${y} pixels and ${bandCount} bands holds ${samples} samples, more than the ${maximumSamples} that are allowed (MAX_IMAGE_GIGASAMPLES).`,
  );
}
