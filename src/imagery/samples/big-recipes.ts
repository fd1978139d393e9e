import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from 'gdal-async';
import { geographic } from './georeferences.js';
import { pixelScale } from './pixel-scale.js';
import type { Gdal } from './recipe.js';
import { createPattern, type PatternSpec } from './sample-pattern.js';
import { removeRaster } from './write-raster.js';

/** One large image for measuring: square, of the samples' pattern, in EPSG:4326. */
interface BigRecipe {
  readonly fileName: string;
  readonly description: string;
  readonly driver: 'GTiff' | 'NITF';
  readonly edgePixels: number;
  readonly bandCount: number;
  readonly scale: PatternSpec['scale'];
  readonly grainTones: number;
  readonly creationOptions: Readonly<Record<string, string | number>>;
  /** Rows written at a time, a whole number of blocks. */
  readonly stripRows: number;
  /** Writes two strips only, the first and the last; the rest of the pixels is 0. */
  readonly sparse?: true;
}

const TILES_OF_512 = { TILED: 'YES', BLOCKXSIZE: 512, BLOCKYSIZE: 512 };

export const BIG_RECIPES = {
  a: {
    fileName: 'big-a.tif',
    description: '8192 × 8192 pixels of three Byte bands, GeoTIFF in strips: 201 MB.',
    driver: 'GTiff',
    edgePixels: 8192,
    bandCount: 3,
    scale: 'byte',
    grainTones: 3,
    creationOptions: { PHOTOMETRIC: 'RGB' },
    stripRows: 256,
  },
  b: {
    fileName: 'big-b.tif',
    description: '16384 × 16384 pixels of one UInt16 band, GeoTIFF in LZW tiles of 512: about 460 MB.',
    driver: 'GTiff',
    edgePixels: 16384,
    bandCount: 1,
    scale: 'uint16',
    grainTones: 2,
    creationOptions: { ...TILES_OF_512, COMPRESS: 'LZW', NUM_THREADS: 'ALL_CPUS' },
    stripRows: 512,
  },
  c: {
    fileName: 'big-c.ntf',
    description: '20000 × 20000 pixels of one Byte band, NITF in blocks of 1024: 419 MB.',
    driver: 'NITF',
    edgePixels: 20000,
    bandCount: 1,
    scale: 'byte',
    grainTones: 3,
    creationOptions: { ICORDS: 'G', BLOCKXSIZE: 1024, BLOCKYSIZE: 1024, FDT: '20240101000000', IDATIM: '20240101000000' },
    stripRows: 1024,
  },
  megabyte: {
    fileName: 'megabyte.tif',
    description: '1100 × 1100 pixels of one Byte band, GeoTIFF in strips: 1.2 MB, as many small images are.',
    driver: 'GTiff',
    edgePixels: 1100,
    bandCount: 1,
    scale: 'byte',
    grainTones: 3,
    creationOptions: {},
    stripRows: 256,
  },
  sparse20g: {
    fileName: 'big-sparse20g.tif',
    description: '102400 × 102400 pixels of one UInt16 band, 21 GB of pixels, GeoTIFF in tiles most of which are left out: 210 MB.',
    driver: 'GTiff',
    edgePixels: 102_400,
    bandCount: 1,
    scale: 'uint16',
    grainTones: 1,
    creationOptions: { ...TILES_OF_512, BIGTIFF: 'YES', SPARSE_OK: 'TRUE' },
    stripRows: 512,
    sparse: true,
  },
  holes20g: {
    fileName: 'big-holes20g.tif',
    description: '102400 × 102400 pixels of one UInt16 band, GeoTIFF in tiles: 21 GB long, most of it a hole that takes no room on disk.',
    driver: 'GTiff',
    edgePixels: 102_400,
    bandCount: 1,
    scale: 'uint16',
    grainTones: 1,
    creationOptions: { ...TILES_OF_512, BIGTIFF: 'YES' },
    stripRows: 512,
    sparse: true,
  },
} as const satisfies Record<string, BigRecipe>;

export type BigName = keyof typeof BIG_RECIPES;
export const BIG_NAMES = Object.keys(BIG_RECIPES) as BigName[];

export function isBigName(name: string): name is BigName {
  return Object.hasOwn(BIG_RECIPES, name);
}

/** Keeps GDAL's block cache, which would take 5 % of the machine's memory, to a few strips. Megabytes. */
const BLOCK_CACHE = '128';

/**
 * Writes a large image into the folder, strip by strip in flat memory: while
 * GDAL writes one strip in its own thread, the next one is made.
 *
 * @param edgePixels width and height instead of the recipe's own, for a try in small.
 * @returns the path of the image.
 * @throws {Error} of GDAL, when the file cannot be written.
 */
export async function makeBig(name: BigName, folder: string, edgePixels?: number): Promise<string> {
  const { default: gdal } = await import('gdal-async');
  const recipe: BigRecipe = { ...BIG_RECIPES[name], ...(edgePixels !== undefined && { edgePixels }) };
  mkdirSync(folder, { recursive: true });
  const path = join(folder, recipe.fileName);
  removeRaster(path);

  const before = { cache: gdal.config.get('GDAL_CACHEMAX'), sideMetadata: gdal.config.get('GDAL_PAM_ENABLED') };
  gdal.config.set('GDAL_CACHEMAX', BLOCK_CACHE);
  gdal.config.set('GDAL_PAM_ENABLED', 'NO');
  try {
    const dataset = createDataset(gdal, path, recipe);
    try {
      await writeStrips(dataset, recipe);
      await dataset.flushAsync();
    } finally {
      dataset.close();
    }
  } finally {
    gdal.config.set('GDAL_CACHEMAX', before.cache);
    gdal.config.set('GDAL_PAM_ENABLED', before.sideMetadata);
  }
  return path;
}

function createDataset(gdal: Gdal, path: string, recipe: BigRecipe): Dataset {
  const { dataType } = pixelScale(recipe.scale);
  const dataset = gdal.drivers.get(recipe.driver).create(path, recipe.edgePixels, recipe.edgePixels, recipe.bandCount, dataType, recipe.creationOptions);
  // One arc second per pixel, at most 28.4 degrees; the first pixel's centre lies on whole degrees, as NITF's corners need it.
  const step = 1 / 3600;
  geographic([10 - step / 2, step, 0, 40 + step / 2, 0, -step]).apply(gdal, dataset);
  return dataset;
}

async function writeStrips(dataset: Dataset, { edgePixels, bandCount, scale, grainTones, stripRows, sparse }: BigRecipe): Promise<void> {
  const pattern = createPattern({ widthPixels: edgePixels, heightPixels: edgePixels, scale, seed: 1, grainTones });
  const lastStrip = Math.floor((edgePixels - 1) / stripRows) * stripRows;
  let writing: Promise<void> = Promise.resolve();
  for (let firstRow = 0; firstRow < edgePixels; firstRow += stripRows) {
    if (sparse && firstRow !== 0 && firstRow !== lastStrip) continue;
    const rowCount = Math.min(stripRows, edgePixels - firstRow);
    for (let bandNumber = 1; bandNumber <= bandCount; bandNumber++) {
      const pixels = pattern.rows(bandNumber, firstRow, rowCount);
      await writing;
      writing = dataset.bands.get(bandNumber).pixels.writeAsync(0, firstRow, edgePixels, rowCount, pixels);
    }
  }
  await writing;
}
