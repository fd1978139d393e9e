import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { ARTIFACT_SUFFIXES } from '../../../domain/artifacts.js';
import type { ImageSize, PyramidRequest } from '../../protocol.js';
import { buildFastPyramid, type BandRows } from '../fast-pyramid/fast-pyramid.js';
import { planPyramid, type PyramidPlan } from '../fast-pyramid/plan.js';
import { refuseTooLarge, sizeOf } from '../image-size.js';
import { writtenBack, type Built, type Measurements } from '../make-overviews.js';
import { openImage, type OpenImage } from '../open-raster.js';
import { overviewCount } from '../overviews.js';
import type { Arrival } from './arrival.js';
import { layoutOfFile } from './layout-of-file.js';

/** An image that is still arriving, and the path that it has meanwhile. */
export interface ArrivingImage extends Arrival {
  readonly path: string;
}

/** Overviews that were built while the image was arriving, which lie beside its path of that time. */
export interface OverviewsAhead {
  readonly path: string;
  readonly plan: PyramidPlan;
  readonly measurements: Measurements;
}

export interface AheadListener {
  onProgress: (fraction: number) => void;
  onSized: (size: ImageSize) => Promise<void>;
}

/**
 * Builds overviews of an image while the rest of it is on its way: waits before each strip until its bytes are there.
 * Null, and nothing is left, for an image whose file does not tell where its pixels lie, and for one that is not made in
 * a single pass.
 */
export async function buildAhead(image: ArrivingImage, request: PyramidRequest, listener: AheadListener): Promise<OverviewsAhead | null> {
  const overviewsPath = image.path + ARTIFACT_SUFFIXES.overviews;
  await rm(overviewsPath, { force: true });
  // Whatever goes wrong, the whole image is worked on from the beginning, and tells the same if it is at fault.
  const ahead = await tryAhead(image, request, listener).catch(() => null);
  if (ahead === null) await rm(overviewsPath, { force: true });
  return ahead;
}

async function tryAhead({ path, until }: ArrivingImage, request: PyramidRequest, { onProgress, onSized }: AheadListener): Promise<OverviewsAhead | null> {
  const layout = await layoutOfFile(path, until);
  if (layout === null) return null;
  const { dataset, isInside, otherImages } = await openImage(path);
  try {
    const { x: width, y: height } = dataset.rasterSize;
    const plan = planPyramid(dataset);
    if (plan === null || isInside || otherImages.length > 0 || overviewCount(dataset) > 0) return null;
    if (layout.width !== width || layout.height !== height) return null;
    refuseTooLarge(dataset, request.maximumSamples);
    await onSized(sizeOf(dataset, { buildsOverviews: true, exact: request.exactStatistics }));
    const untilThere = ({ bandNumbers, firstRow, rowCount }: BandRows): Promise<void> => {
      const { start, end } = layout.spanOf(bandNumbers, firstRow, rowCount);
      return until(start, end);
    };
    const measurements = await writtenBack(path, () => buildFastPyramid(dataset, { imagePath: path, untilThere, onProgress }));
    return measurements === null ? null : { path, plan, measurements };
  } finally {
    dataset.close();
  }
}

/**
 * Opens the whole image with the overviews that were built ahead; null, and they are gone, when the image now shows
 * itself as another than it did while it was arriving.
 */
export async function openWithAhead({ path, plan, measurements }: OverviewsAhead, imagePath: string): Promise<(OpenImage & { built: Built }) | null> {
  const [from, to] = [path, imagePath].map((of) => of + ARTIFACT_SUFFIXES.overviews) as [string, string];
  if (existsSync(to)) {
    await rm(from);
    return null;
  }
  await rename(from, to);
  const image = await openImage(imagePath).catch(async (error: unknown) => {
    await rm(to);
    throw error;
  });
  if (!image.isInside && isDeepStrictEqual(planPyramid(image.dataset), plan)) return { ...image, built: { overviews: 'built', measurements } };
  image.dataset.close();
  await rm(to);
  return null;
}
