import { existsSync } from 'node:fs';
import type gdal from 'gdal-async';
import { ARTIFACT_SUFFIXES } from '../../domain/artifacts.js';
import { messageOf, ViewpointError } from '../../domain/errors.js';
import { overviewFactors } from '../../domain/overview-levels.js';

export interface Overviews {
  source: 'internal' | 'delivered' | 'built' | 'none';
  count: number;
}

/**
 * Sees to it that the image has overviews where its size calls for them: those it has, or an `.ovr` beside it
 * built by cubic convolution. An image with overviews of its own cannot have external ones, so those are used
 * even when levels are missing.
 * @throws ViewpointError `image_corrupt` when pixels cannot be read, `disk_full` when the volume is.
 */
export async function ensureOverviews(dataset: gdal.Dataset, imagePath: string, onProgress: (fraction: number) => void): Promise<Overviews> {
  const existing = overviewCount(dataset);
  if (existing > 0) {
    return { source: existsSync(imagePath + ARTIFACT_SUFFIXES.overviews) ? 'delivered' : 'internal', count: existing };
  }
  const factors = overviewFactors(dataset.rasterSize.x, dataset.rasterSize.y);
  if (factors.length === 0) return { source: 'none', count: 0 };
  try {
    await dataset.buildOverviewsAsync('CUBIC', factors, undefined, { progress_cb: (fraction) => onProgress(fraction) });
  } catch (error) {
    throw overviewError(error);
  }
  return { source: 'built', count: overviewCount(dataset) };
}

function overviewCount(dataset: gdal.Dataset): number {
  return dataset.bands.get(1).overviews.count();
}

function overviewError(error: unknown): ViewpointError {
  const reason = messageOf(error);
  if (/no space left|disk full/i.test(reason)) {
    return new ViewpointError('disk_full', `The volume has no room for the overviews: ${reason}`, { cause: error });
  }
  return new ViewpointError('image_corrupt', `The overviews cannot be built: ${reason}`, { cause: error });
}
