import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type gdal from 'gdal-async';
import { ARTIFACT_SUFFIXES } from '../../domain/artifacts.js';
import type { ImageSize, PyramidReport, PyramidRequest } from '../protocol.js';
import { buildAhead, openWithAhead, type ArrivingImage } from './ahead/overviews-ahead.js';
import { refuseTooLarge, sizeOf } from './image-size.js';
import { refuseUnfinished } from './made-files.js';
import { makeOverviews, OVERVIEWS_SHARE, STATISTICS_SHARE, type Built, type Measurements } from './make-overviews.js';
import { openImage, type OpenImage } from './open-raster.js';
import { deliveredOverviews, overviewCount } from './overviews.js';
import { unreadable } from './read-errors.js';
import { addToSideFile } from './side-file-statistics.js';
import { vetSideFiles } from './side-files.js';
import { hasStatistics, measureBands, storeMeasurements } from './statistics.js';
import { makeVerificationTile } from './verification-tile.js';
import { refuseShortFile } from './whole-file.js';

export interface PyramidListener {
  onProgress: (fraction: number) => void;
  /** Told what the image will cost before the work begins, which waits until this resolves. */
  onSized: (size: ImageSize) => Promise<void>;
}

/**
 * Overviews, statistics and verification tile of an image: `.ovr` and `.aux.xml` appear beside it.
 * @param arriving how far the image is that is still being downloaded; what can be done ahead is done meanwhile.
 */
export async function buildPyramid(request: PyramidRequest, listener: PyramidListener, arriving: ArrivingImage | null = null): Promise<PyramidReport> {
  const { imagePath } = request;
  const { onProgress, onSized } = listener;
  const ahead = arriving === null ? null : await buildAhead(arriving, request, listener);
  await arriving?.whole();
  const rejectedSideFiles = await vetSideFiles(imagePath);
  const prepared = ahead === null ? null : await openWithAhead(ahead, imagePath);
  const { dataset, isInside, otherImages } = prepared ?? (await openWithFittingOverviews(imagePath, rejectedSideFiles));
  let measurements: Measurements | null = null;
  let report: PyramidReport;
  try {
    refuseTooLarge(dataset, request.maximumSamples);
    await refuseShortFile(dataset, imagePath);
    const delivered = prepared === null ? deliveredOverviews(dataset, imagePath) : 'none';
    // Overviews beside a file belong to the image that the file's plain path stands for, so one inside gets none.
    const buildsOverviews = prepared === null && delivered === 'none' && !isInside && request.withoutOverviews !== true;
    await onSized(sizeOf(dataset, { buildsOverviews, exact: request.exactStatistics }));
    const needsStatistics = !hasStatistics(dataset);
    let built: Built = prepared?.built ?? { overviews: delivered, measurements: null };
    if (delivered !== 'none' || !needsStatistics) await readLastPixels(dataset);
    if (buildsOverviews) built = await makeOverviews(dataset, imagePath, onProgress);
    const { overviews } = built;
    if (needsStatistics) {
      measurements =
        built.measurements ??
        (await measureBands(dataset, imagePath, {
          exact: request.exactStatistics,
          bringsOverviews: delivered !== 'none',
          onProgress: (fraction) => onProgress(OVERVIEWS_SHARE + STATISTICS_SHARE * fraction),
        }));
      storeMeasurements(dataset, measurements);
    }
    await makeVerificationTile(dataset, request, measurements);
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
  if (measurements !== null) await addToSideFile(imagePath, measurements);
  await refuseUnfinished(imagePath, { overviews: report.overviews === 'built', statistics: measurements !== null });
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

/** An image that brings its overviews or statistics is not read in full; that it is cut short shows at its end. */
async function readLastPixels(dataset: gdal.Dataset): Promise<void> {
  const { x, y } = dataset.rasterSize;
  try {
    for (const band of dataset.bands) await band.pixels.readAsync(x - 1, y - 1, 1, 1);
  } catch (error) {
    throw unreadable('The pixels of the image cannot be read', error);
  }
}
