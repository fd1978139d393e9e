import { rmSync } from 'node:fs';
import type { Dataset } from 'gdal-async';
import type { Georeference } from './georeferences.js';
import { pixelScale } from './pixel-scale.js';
import type { Gdal } from './recipe.js';
import { cornerPatchPixels, createPattern, type PatternSpec } from './sample-pattern.js';

/** One raster file: its pixels and everything that GDAL is told about it. */
export interface RasterLayout {
  readonly driver: 'GTiff' | 'COG' | 'NITF' | 'JP2OpenJPEG' | 'PNG';
  readonly pattern: PatternSpec;
  readonly bandCount: number;
  readonly creationOptions: Readonly<Record<string, string | number>>;
  readonly noDataValue: number | null;
  readonly georeference: Georeference | null;
  /** Tones of the internal overview levels 2, 4, 8 …, each of one value away from the corners. */
  readonly overviewTones: readonly number[];
  /** Makes it in memory and copies it, as formats demand that cannot be written piece by piece. */
  readonly byCopy: boolean;
  /** Last touches to the dataset before its pixels are written. */
  readonly prepare?: (gdal: Gdal, dataset: Dataset) => void;
}

/**
 * Writes the raster, and nothing beside it.
 *
 * @throws {Error} of GDAL, when the file cannot be written.
 */
export function writeRaster(gdal: Gdal, path: string, layout: RasterLayout): void {
  const { pattern, bandCount, creationOptions } = layout;
  const { dataType } = pixelScale(pattern.scale);
  const driver = gdal.drivers.get(layout.byCopy ? 'MEM' : layout.driver);
  const dataset = driver.create(layout.byCopy ? '' : path, pattern.widthPixels, pattern.heightPixels, bandCount, dataType, layout.byCopy ? {} : creationOptions);
  try {
    if (layout.noDataValue !== null) for (const band of dataset.bands) band.noDataValue = layout.noDataValue;
    layout.georeference?.apply(gdal, dataset);
    layout.prepare?.(gdal, dataset);
    paint(dataset, pattern);
    if (layout.overviewTones.length > 0) paintOverviews(dataset, pattern, layout.overviewTones);
    if (layout.byCopy) gdal.drivers.get(layout.driver).createCopy(path, dataset, creationOptions).close();
  } finally {
    dataset.close();
  }
}

/** Fills every band of the dataset with the pattern. */
export function paint(dataset: Dataset, spec: PatternSpec): void {
  const pattern = createPattern(spec);
  const { widthPixels, heightPixels } = spec;
  dataset.bands.forEach((band, bandNumber) => {
    band.pixels.write(0, 0, widthPixels, heightPixels, pattern.rows(bandNumber, 0, heightPixels));
  });
}

/**
 * Adds overview levels 2, 4, 8 … to the dataset and fills each with its own
 * tone; the corner patches shrink along with the level. The levels are
 * internal where the dataset is open for writing, and else external.
 */
export function paintOverviews(dataset: Dataset, spec: PatternSpec, tones: readonly number[]): void {
  dataset.flush();
  dataset.buildOverviews('NONE', tones.map((_, level) => 2 ** (level + 1)));
  const cornerPixels = spec.cornerPixels ?? cornerPatchPixels(spec.widthPixels, spec.heightPixels);
  dataset.bands.forEach((band, bandNumber) => {
    tones.forEach((bodyTone, level) => {
      const overview = band.overviews.get(level);
      const { x: widthPixels, y: heightPixels } = overview.size;
      const levelSpec = { ...spec, widthPixels, heightPixels, bodyTone, cornerPixels: cornerPixels / 2 ** (level + 1) };
      overview.pixels.write(0, 0, widthPixels, heightPixels, createPattern(levelSpec).rows(bandNumber, 0, heightPixels));
    });
  });
}

/** Runs `work` while GDAL leaves no `.aux.xml` behind what it writes (`enabled: false`), or does. */
export function withSideMetadata<T>(gdal: Gdal, enabled: boolean, work: () => T): T {
  const before = gdal.config.get('GDAL_PAM_ENABLED');
  gdal.config.set('GDAL_PAM_ENABLED', enabled ? 'YES' : 'NO');
  try {
    return work();
  } finally {
    gdal.config.set('GDAL_PAM_ENABLED', before);
  }
}

/** Removes a file and the side files that GDAL may have left beside it, which a new file would inherit. */
export function removeRaster(path: string): void {
  for (const suffix of ['', '.ovr', '.aux.xml', '.ovr.aux.xml']) rmSync(path + suffix, { force: true });
}
