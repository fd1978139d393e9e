import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type gdal from 'gdal-async';
import { ARTIFACT_SUFFIXES } from '../../domain/artifacts.js';
import { ViewpointError } from '../../domain/errors.js';
import { overviewFactors } from '../../domain/overview-levels.js';
import type { ImageSize, PyramidReport, PyramidRequest } from '../protocol.js';
import { isComplex } from './band-readers.js';
import { buildFastPyramid } from './fast-pyramid/fast-pyramid.js';
import { refuseUnfinished } from './made-files.js';
import { openImage, type OpenImage } from './open-raster.js';
import { buildOverviews, deliveredOverviews, overviewCount, sampleBits, type OverviewSource } from './overviews.js';
import { unreadable } from './read-errors.js';
import { addToSideFile } from './side-file-statistics.js';
import { vetSideFiles } from './side-files.js';
import { hasStatistics, measureBands, storeMeasurements } from './statistics.js';
import { makeVerificationTile } from './verification-tile.js';
import { refuseShortFile } from './whole-file.js';
import { startWriteBack } from './write-back.js';

type Measurements = Awaited<ReturnType<typeof measureBands>>;

/** Shares of the work in the progress that is reported, by measurement on images that have to be read whole. */
const OVERVIEWS_SHARE = 0.6;
const STATISTICS_SHARE = 0.35;
/** Hyperspectral images have some hundreds; each band costs time and memory beyond its pixels. */
const MOST_BANDS = 4096;

export interface PyramidListener {
  onProgress: (fraction: number) => void;
  /** Told what the image will cost before the work begins, which waits until this resolves. */
  onSized: (size: ImageSize) => Promise<void>;
}

/** Overviews, statistics and verification tile of an image: `.ovr` and `.aux.xml` appear beside it. */
export async function buildPyramid(request: PyramidRequest, { onProgress, onSized }: PyramidListener): Promise<PyramidReport> {
  const { imagePath } = request;
  const rejectedSideFiles = await vetSideFiles(imagePath);
  const { dataset, isInside, otherImages } = await openWithFittingOverviews(imagePath, rejectedSideFiles);
  let measurements: Measurements | null = null;
  let report: PyramidReport;
  try {
    refuseTooLarge(dataset, request.maximumSamples);
    await refuseShortFile(dataset, imagePath);
    const delivered = deliveredOverviews(dataset, imagePath);
    // Overviews beside a file belong to the image that the file's plain path stands for, so one inside gets none.
    const buildsOverviews = delivered === 'none' && !isInside && request.withoutOverviews !== true;
    await onSized(sizeOf(dataset, { buildsOverviews, exact: request.exactStatistics }));
    const needsStatistics = !hasStatistics(dataset);
    let built: Built = { overviews: delivered, measurements: null };
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

interface Built {
  overviews: OverviewSource;
  /** Null when the bands have yet to be measured. */
  measurements: Measurements | null;
}

/** Builds the overviews, in the pass that also measures the bands where the image is one for that. */
async function makeOverviews(dataset: gdal.Dataset, imagePath: string, onProgress: (fraction: number) => void): Promise<Built> {
  const writeBack = startWriteBack(imagePath + ARTIFACT_SUFFIXES.overviews);
  let built: Built;
  try {
    const measurements = await buildFastPyramid(dataset, { imagePath, onProgress: (fraction) => onProgress((OVERVIEWS_SHARE + STATISTICS_SHARE) * fraction) });
    if (measurements !== null) built = { overviews: 'built', measurements };
    else built = { overviews: await buildOverviews(dataset, (fraction) => onProgress(OVERVIEWS_SHARE * fraction)), measurements: null };
  } catch (error) {
    await writeBack.stop().catch(() => undefined); // what GDAL says of it comes first
    throw error;
  }
  await writeBack.stop();
  return built;
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

/** Overviews are written uncompressed; the statistics of a complex image go by a copy of it. */
function sizeOf(dataset: gdal.Dataset, { buildsOverviews, exact }: { buildsOverviews: boolean; exact: boolean }): ImageSize {
  const { x: width, y: height } = dataset.rasterSize;
  const bytesPerPixel = dataset.bands.map(sampleBits).reduce((sum, bits) => sum + bits, 0) / 8;
  const overviewPixels = overviewFactors(width, height).map((factor) => Math.ceil(width / factor) * Math.ceil(height / factor)).reduce((sum, pixels) => sum + pixels, 0);
  const copiedPixels = isComplex(dataset) && exact ? width * height : 0;
  return { samples: width * height * dataset.bands.count(), sideFileBytes: Math.ceil(((buildsOverviews ? overviewPixels : 0) + copiedPixels) * bytesPerPixel) };
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
