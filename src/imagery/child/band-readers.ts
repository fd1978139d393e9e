import gdal from 'gdal-async';
import { ARTIFACT_SUFFIXES } from '../../domain/artifacts.js';
import { createBandReader, createMagnitudeReader, type BandReader } from './band-reader.js';
import { splitComplex, type ComplexParts } from './complex-parts.js';

/** Readers of an image's bands, all at the same resolution. */
export interface BandReaders {
  /** By band, starting with band 1. */
  readonly readers: readonly BandReader[];
  /** True when the pixels are those of an overview. */
  readonly isOverview: boolean;
  /** Frees what the readers hold; not the image itself. */
  close: () => Promise<void>;
}

export interface ReaderOptions {
  imagePath: string;
  /** Takes the smallest overview level that has at least so many pixels, where there is one; null for full resolution. */
  minimumPixels: number | null;
  /** Where a copy of a complex image may be put while it is open. */
  partsPath: string;
}

/** Opens the bands of an image for reading as real numbers. */
export async function openBandReaders(dataset: gdal.Dataset, options: ReaderOptions): Promise<BandReaders> {
  const level = options.minimumPixels === null ? null : overviewLevel(dataset, options.minimumPixels);
  if (isComplex(dataset)) return complexReaders(dataset, level, options);
  const readers = dataset.bands.map((band) => createBandReader(level === null ? band : band.overviews.get(level), band));
  return { readers, isOverview: level !== null, close: () => Promise.resolve() };
}

export function isComplex(dataset: gdal.Dataset): boolean {
  return dataset.bands.get(1).dataType?.startsWith('C') ?? false;
}

function overviewLevel(dataset: gdal.Dataset, minimumPixels: number): number | null {
  const counts = dataset.bands.get(1).overviews.map(({ size }) => size.x * size.y);
  const enough = counts.filter((count) => count >= minimumPixels);
  return enough.length === 0 ? null : counts.indexOf(Math.min(...enough));
}

async function complexReaders(dataset: gdal.Dataset, level: number | null, { imagePath, partsPath }: ReaderOptions): Promise<BandReaders> {
  const size = level === null ? null : dataset.bands.get(1).overviews.get(level).size;
  const overview = size === null ? null : await openOverviewFile(imagePath, size);
  const noDataValues = dataset.bands.map((band) => band.noDataValue);
  let parts: ComplexParts;
  try {
    parts = await splitComplex(overview ?? dataset, partsPath);
  } finally {
    overview?.close();
  }
  const readers = noDataValues.map((noDataValue, index) =>
    createMagnitudeReader(parts.dataset.bands.get(2 * index + 1), parts.dataset.bands.get(2 * index + 2), noDataValue),
  );
  return { readers, isOverview: overview !== null, close: () => parts.close() };
}

/** A level of the `.ovr` as a dataset of its own; null when there is no such level, as in an image with internal ones. */
async function openOverviewFile(imagePath: string, size: { x: number; y: number }): Promise<gdal.Dataset | null> {
  for (let directory = 1; ; directory++) {
    let dataset: gdal.Dataset;
    try {
      dataset = await gdal.drivers.get('GTiff').openAsync(`GTIFF_DIR:${directory}:${imagePath}${ARTIFACT_SUFFIXES.overviews}`, 'r');
    } catch {
      return null;
    }
    if (dataset.rasterSize.x === size.x && dataset.rasterSize.y === size.y) return dataset;
    dataset.close();
  }
}

