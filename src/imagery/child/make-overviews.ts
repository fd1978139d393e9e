import type gdal from 'gdal-async';
import { ARTIFACT_SUFFIXES } from '../../domain/artifacts.js';
import type { BandMeasurement } from '../../domain/statistics/band-measurement.js';
import { buildFastPyramid } from './fast-pyramid/fast-pyramid.js';
import { buildOverviews, type OverviewSource } from './overviews.js';
import { startWriteBack } from './write-back.js';

/** By band number. */
export type Measurements = Map<number, BandMeasurement>;

export interface Built {
  overviews: OverviewSource;
  /** Null when the bands have yet to be measured. */
  measurements: Measurements | null;
}

/** Shares of the work in the progress that is reported, by measurement on images that have to be read whole. */
export const OVERVIEWS_SHARE = 0.6;
export const STATISTICS_SHARE = 0.35;

/** Builds the overviews, in the pass that also measures the bands where the image is one for that. */
export function makeOverviews(dataset: gdal.Dataset, imagePath: string, onProgress: (fraction: number) => void): Promise<Built> {
  return writtenBack(imagePath, async () => {
    const measurements = await buildFastPyramid(dataset, { imagePath, onProgress: (fraction) => onProgress((OVERVIEWS_SHARE + STATISTICS_SHARE) * fraction) });
    if (measurements !== null) return { overviews: 'built', measurements };
    return { overviews: await buildOverviews(dataset, (fraction) => onProgress(OVERVIEWS_SHARE * fraction)), measurements: null };
  });
}

/** Brings the overviews of an image to the disk while they are built. */
export async function writtenBack<Result>(imagePath: string, build: () => Promise<Result>): Promise<Result> {
  const writeBack = startWriteBack(imagePath + ARTIFACT_SUFFIXES.overviews);
  let result: Result;
  try {
    result = await build();
  } catch (error) {
    await writeBack.stop().catch(() => undefined); // what GDAL says of it comes first
    throw error;
  }
  await writeBack.stop();
  return result;
}
