import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type gdal from 'gdal-async';
import { ARTIFACT_SUFFIXES } from '../../domain/artifacts.js';
import { ViewpointError } from '../../domain/errors.js';
import type { PyramidReport, PyramidRequest } from '../protocol.js';
import { openRaster } from './open-raster.js';
import { ensureOverviews } from './overviews.js';
import { vetSideFiles } from './side-files.js';
import { computeStatistics, hasStatistics } from './statistics.js';
import { makeVerificationTile } from './verification-tile.js';

/** Shares of the work in the progress that is reported, by measurement on images that have to be read whole. */
const STATISTICS_SHARE = 0.4;
const OVERVIEWS_SHARE = 0.55;

/** Statistics, overviews and verification tile of an image: `.aux.xml` and `.ovr` appear beside it. */
export async function buildPyramid(request: PyramidRequest, onProgress: (fraction: number) => void): Promise<PyramidReport> {
  const rejectedSideFiles = await vetSideFiles(request.imagePath);
  const dataset = await openWithFittingOverviews(request.imagePath, rejectedSideFiles);
  try {
    refuseTooLarge(dataset, request.maximumSamples);
    const statistics = hasStatistics(dataset) ? 'delivered' : 'computed';
    // Before the overviews exist, so that the figures are those of gdalinfo on the image as it came.
    if (statistics === 'computed') await computeStatistics(dataset);
    onProgress(STATISTICS_SHARE);
    const overviews = await ensureOverviews(dataset, request.imagePath, (fraction) => onProgress(STATISTICS_SHARE + OVERVIEWS_SHARE * fraction));
    await makeVerificationTile(dataset, request.tileSize, request.rangeAdjustment);
    return {
      driver: dataset.driver.description,
      width: dataset.rasterSize.x,
      height: dataset.rasterSize.y,
      bandCount: dataset.bands.count(),
      dataType: dataset.bands.get(1).dataType ?? 'Unknown',
      statistics,
      overviews: overviews.source,
      overviewCount: overviews.count,
      rejectedSideFiles,
    };
  } finally {
    dataset.close();
  }
}

/** Opens the image; an `.ovr` made for an image of another size is removed first. */
async function openWithFittingOverviews(imagePath: string, rejectedSideFiles: string[]): Promise<gdal.Dataset> {
  const dataset = await openRaster(imagePath);
  const path = imagePath + ARTIFACT_SUFFIXES.overviews;
  if (!existsSync(path) || overviewsFit(dataset)) return dataset;
  dataset.close();
  await rm(path);
  rejectedSideFiles.push(`${ARTIFACT_SUFFIXES.overviews}: it was made for another image`);
  return openRaster(imagePath);
}

/** True when every band has overviews, each the image's size divided by a whole factor and rounded up. */
function overviewsFit(dataset: gdal.Dataset): boolean {
  const { x: width, y: height } = dataset.rasterSize;
  const overviewsOf = (band: gdal.RasterBand) => [...band.overviews];
  return [...dataset.bands].every((band) => {
    const overviews = overviewsOf(band);
    return overviews.length > 0 && overviews.every(({ size }) => {
      const factor = Math.round(width / size.x);
      return size.x === Math.ceil(width / factor) && size.y === Math.ceil(height / factor);
    });
  });
}

function refuseTooLarge(dataset: gdal.Dataset, maximumSamples: number): void {
  const { x, y } = dataset.rasterSize;
  const samples = x * y * dataset.bands.count();
  if (samples <= maximumSamples) return;
  throw new ViewpointError(
    'image_too_large',
    `The image of ${x} × ${y} pixels and ${dataset.bands.count()} bands holds ${samples} samples, more than the ${maximumSamples} that are allowed (MAX_IMAGE_GIGASAMPLES).`,
  );
}
