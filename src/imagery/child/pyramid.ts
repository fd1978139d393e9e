import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type gdal from 'gdal-async';
import { ARTIFACT_SUFFIXES } from '../../domain/artifacts.js';
import { ViewpointError } from '../../domain/errors.js';
import type { PyramidReport, PyramidRequest } from '../protocol.js';
import { openImage, type OpenImage } from './open-raster.js';
import { buildOverviews, deliveredOverviews, overviewCount, type OverviewSource } from './overviews.js';
import { unreadable } from './read-errors.js';
import { vetSideFiles } from './side-files.js';
import { finishSideFile, hasStatistics, measureBands, storeMeasurements } from './statistics.js';
import { makeVerificationTile } from './verification-tile.js';

/** Shares of the work in the progress that is reported, by measurement on images that have to be read whole. */
const OVERVIEWS_SHARE = 0.6;
const STATISTICS_SHARE = 0.35;
/** Hyperspectral images have some hundreds; each band costs time and memory beyond its pixels. */
const MOST_BANDS = 4096;

/** Overviews, statistics and verification tile of an image: `.ovr` and `.aux.xml` appear beside it. */
export async function buildPyramid(request: PyramidRequest, onProgress: (fraction: number) => void): Promise<PyramidReport> {
  const { imagePath } = request;
  const rejectedSideFiles = await vetSideFiles(imagePath);
  const { dataset, isInside, otherImages } = await openWithFittingOverviews(imagePath, rejectedSideFiles);
  let measurements: Awaited<ReturnType<typeof measureBands>> | null = null;
  let report: PyramidReport;
  try {
    refuseTooLarge(dataset, request.maximumSamples);
    const delivered = deliveredOverviews(dataset, imagePath);
    if (delivered !== 'none') await readLastPixels(dataset);
    const overviews = delivered === 'none' && request.withoutOverviews !== true ? await makeOverviews(dataset, isInside, (fraction) => onProgress(OVERVIEWS_SHARE * fraction)) : delivered;
    onProgress(OVERVIEWS_SHARE);
    if (!hasStatistics(dataset)) {
      measurements = await measureBands(dataset, imagePath, {
        exact: request.exactStatistics,
        bringsOverviews: delivered !== 'none',
        onProgress: (fraction) => onProgress(OVERVIEWS_SHARE + STATISTICS_SHARE * fraction),
      });
      storeMeasurements(dataset, measurements);
    }
    await makeVerificationTile(dataset, request);
    report = {
      driver: dataset.driver.description,
      width: dataset.rasterSize.x,
      height: dataset.rasterSize.y,
      bandCount: dataset.bands.count(),
      dataType: dataset.bands.get(1).dataType ?? 'Unknown',
      statistics: measurements === null ? 'delivered' : 'computed',
      overviews,
      overviewCount: overviewCount(dataset),
      rejectedSideFiles,
      otherImages,
    };
  } finally {
    dataset.close();
  }
  if (measurements !== null) await finishSideFile(imagePath, measurements);
  return report;
}

/** Opens the image; an `.ovr` made for an image of another size is removed first. */
async function openWithFittingOverviews(imagePath: string, rejectedSideFiles: string[]): Promise<OpenImage> {
  const image = await openImage(imagePath);
  const path = imagePath + ARTIFACT_SUFFIXES.overviews;
  if (!existsSync(path) || overviewsFit(image.dataset)) return image;
  image.dataset.close();
  await rm(path);
  rejectedSideFiles.push(`${ARTIFACT_SUFFIXES.overviews}: it was made for another image`);
  return openImage(imagePath);
}

/** True when every band has overviews, each the image's size divided by a whole factor and rounded up. */
function overviewsFit(dataset: gdal.Dataset): boolean {
  const { x: width, y: height } = dataset.rasterSize;
  return dataset.bands
    .map((band) => band.overviews.map(({ size }) => size))
    .every((sizes) => {
      const fits = sizes.map(({ x, y }) => {
        const factor = Math.round(width / x);
        return x === Math.ceil(width / factor) && y === Math.ceil(height / factor);
      });
      return fits.length > 0 && fits.every(Boolean);
    });
}

/** Overviews beside a file belong to the image that the file's plain path stands for, so one inside gets none. */
function makeOverviews(dataset: gdal.Dataset, isInside: boolean, onProgress: (fraction: number) => void): Promise<OverviewSource> {
  return isInside ? Promise.resolve('none') : buildOverviews(dataset, onProgress);
}

/** An image that brings its overviews is not read in full; that it is cut short shows at its end. */
async function readLastPixels(dataset: gdal.Dataset): Promise<void> {
  const { x, y } = dataset.rasterSize;
  try {
    for (const band of dataset.bands) await band.pixels.readAsync(x - 1, y - 1, 1, 1);
  } catch (error) {
    throw unreadable('The pixels of the image cannot be read', error);
  }
}

function refuseTooLarge(dataset: gdal.Dataset, maximumSamples: number): void {
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
