import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import gdal from 'gdal-async';
import { ARTIFACT_SUFFIXES } from '../../domain/artifacts.js';
import { messageOf } from '../../domain/errors.js';
import { refuseForeignOverviews } from './open-raster.js';
import { explained } from './read-errors.js';

/** Elements by which a PAM side file can make GDAL open other files. */
const FOREIGN_ELEMENTS = /OVERVIEW_FILE|SourceFilename|SourceDataset|DERIVED|<!ENTITY|<!DOCTYPE/i;

/**
 * Removes side files that came with the image and cannot be trusted: an `.ovr` that is no TIFF or cut short,
 * an `.aux.xml` that is not PAM, and either that names another file.
 * Must run before the image itself is opened, since GDAL reads them along.
 * @returns what was removed and why, one sentence each.
 */
export async function vetSideFiles(imagePath: string): Promise<string[]> {
  const rejected: string[] = [];
  for (const [suffix, findFault] of [
    [ARTIFACT_SUFFIXES.statisticsSidecar, faultOfStatistics],
    [ARTIFACT_SUFFIXES.overviews, faultOfOverviews],
  ] as const) {
    const path = imagePath + suffix;
    if (!existsSync(path)) continue;
    const fault = await findFault(path);
    if (fault === null) continue;
    await rm(path);
    rejected.push(`${suffix}: ${fault}`);
  }
  return rejected;
}

/** What is wrong with an `.aux.xml`; null when it can be trusted. */
export async function faultOfStatistics(path: string): Promise<string | null> {
  const text = await readFile(path, 'utf8');
  if (!/^\s*(<\?xml[^>]*>\s*)?<PAMDataset[\s>]/.test(text) || !/<\/PAMDataset>\s*$/.test(text)) return 'it is not a complete PAM document';
  return FOREIGN_ELEMENTS.test(text) ? 'it names another file' : null;
}

/** Reads the last pixels of every level: a file cut short lacks some of them. */
async function faultOfOverviews(path: string): Promise<string | null> {
  let dataset: gdal.Dataset | undefined;
  try {
    dataset = await gdal.drivers.get('GTiff').openAsync(path, 'r');
    refuseForeignOverviews(dataset);
    for (const band of dataset.bands) {
      await readLastPixel(band);
      for (const overview of band.overviews) await readLastPixel(overview);
    }
    return null;
  } catch (error) {
    return messageOf(error) === '' ? 'it is not a TIFF file' : `it cannot be read (${explained(error)})`;
  } finally {
    dataset?.close();
  }
}

async function readLastPixel(band: gdal.RasterBand): Promise<void> {
  await band.pixels.readAsync(band.size.x - 1, band.size.y - 1, 1, 1);
}
