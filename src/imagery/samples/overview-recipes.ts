import { statSync, truncateSync } from 'node:fs';
import { geographic, type GeoTransform } from './georeferences.js';
import { overviewTruth, rasterRecipe } from './raster-recipe.js';
import type { Gdal } from './recipe.js';
import type { PatternSpec } from './sample-pattern.js';
import { paintOverviews, withSideMetadata } from './write-raster.js';

const GRID: GeoTransform = [2.1, 0.0001, 0, 41.5, 0, -0.0001];
const TILED_DEFLATE = { TILED: 'YES', BLOCKXSIZE: 512, BLOCKYSIZE: 512, COMPRESS: 'DEFLATE' };
const SIDE_SIZE = [1500, 1300] as const;
const SIDE_TONE = 77;
const externalOverviews = overviewTruth('external', { widthPixels: SIDE_SIZE[0], heightPixels: SIDE_SIZE[1], scale: 'byte' }, [SIDE_TONE]);

/** Writes `.ovr` and `.aux.xml` beside the image, as GDAL does for a file that it may not change. */
function addSideFiles(gdal: Gdal, path: string, pattern: PatternSpec): void {
  const dataset = gdal.open(path, 'r', 'GTiff');
  try {
    paintOverviews(dataset, pattern, [SIDE_TONE]);
  } finally {
    dataset.close();
  }
  withSideMetadata(gdal, true, () => {
    const described = gdal.open(path, 'r', 'GTiff');
    try {
      gdal.info(described, ['-json', '-stats', '-hist']);
    } finally {
      described.close();
    }
  });
}

/** Images that come with overviews, whole or not, inside or beside them. */
export const OVERVIEW_RECIPES = [
  rasterRecipe({
    name: 'overview-levels',
    description: 'Tiled GeoTIFF with all three of its overview levels inside, each of its own value: 100 in full, 120, 140, 160.',
    size: [4500, 4200],
    creationOptions: TILED_DEFLATE,
    georeference: geographic(GRID),
    bodyTone: 100,
    overviewTones: [120, 140, 160],
  }),
  rasterRecipe({
    name: 'partial-overviews',
    description: 'Tiled GeoTIFF that wants three overview levels and has the first of them inside: 100 in full, 120.',
    size: [4400, 4100],
    creationOptions: TILED_DEFLATE,
    georeference: geographic(GRID),
    bodyTone: 100,
    overviewTones: [120],
  }),
  rasterRecipe({
    name: 'side-files',
    description: 'GeoTIFF with statistics in an .aux.xml and one overview level in an .ovr beside it, whose pixels are all 77.',
    size: SIDE_SIZE,
    georeference: geographic(GRID),
    overviews: externalOverviews,
    sideFiles: ['side-files.tif.ovr', 'side-files.tif.aux.xml'],
    finish: addSideFiles,
  }),
  rasterRecipe({
    name: 'truncated-overviews',
    description: 'GeoTIFF with an .aux.xml and the first half of an .ovr beside it: the overviews are to be built anew.',
    size: SIDE_SIZE,
    georeference: geographic(GRID),
    overviews: externalOverviews,
    sideFiles: ['truncated-overviews.tif.ovr', 'truncated-overviews.tif.aux.xml'],
    finish(gdal, path, pattern) {
      addSideFiles(gdal, path, pattern);
      const overviewPath = `${path}.ovr`;
      truncateSync(overviewPath, Math.floor(statSync(overviewPath).size / 2));
    },
  }),
] as const;
