import { openSync, closeSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { geographic, type GeoTransform } from './georeferences.js';
import { rasterRecipe } from './raster-recipe.js';
import type { Recipe } from './recipe.js';

const GRID: GeoTransform = [4.8, 0.0001, 0, 52.4, 0, -0.0001];

function cutInHalf(path: string): void {
  truncateSync(path, Math.floor(statSync(path).size / 2));
}

/** Files that came to harm, or were never images. */
export const BROKEN_RECIPES = [
  {
    name: 'empty-file',
    fileName: 'empty-file.tif',
    description: 'A file of no bytes.',
    endsAs: { status: 'FAILED', code: 'empty_file' },
    readable: 'nothing',
    truth: null,
    sideFiles: [],
    write: (_gdal, path) => writeFileSync(path, ''),
  },
  {
    name: 'text-file',
    fileName: 'text-file.tif',
    description: 'Plain text under the name of a GeoTIFF.',
    endsAs: { status: 'FAILED', code: 'not_an_image' },
    readable: 'nothing',
    truth: null,
    sideFiles: [],
    write: (_gdal, path) => writeFileSync(path, 'This is not an image, whatever its name says.\n'.repeat(20)),
  },
  rasterRecipe({
    name: 'truncated-pixels',
    description: 'GeoTIFF whose header is whole and whose second half of pixels is cut off.',
    size: [1200, 1100],
    georeference: geographic(GRID),
    endsAs: { status: 'FAILED', code: 'image_corrupt' },
    readable: 'header',
    finish: (_gdal, path) => cutInHalf(path),
  }),
  {
    ...rasterRecipe({
      name: 'corrupt-header',
      description: 'GeoTIFF whose header points far past the end of the file.',
      size: [300, 200],
      endsAs: { status: 'FAILED', code: 'image_corrupt' },
      readable: 'nothing',
      finish(_gdal, path) {
        // TIFF 6.0, section 2: bytes 4 to 7 hold the offset of the first directory.
        const file = openSync(path, 'r+');
        writeSync(file, Buffer.from([0xf0, 0xff, 0xff, 0xff]), 0, 4, 4);
        closeSync(file);
      },
    }),
    truth: null,
  },
  rasterRecipe({
    name: 'truncated-jpeg2000',
    description: 'JPEG 2000 cut in half.',
    size: [700, 600],
    driver: 'JP2OpenJPEG',
    creationOptions: { QUALITY: 100, REVERSIBLE: 'YES', BLOCKXSIZE: 256, BLOCKYSIZE: 256, RESOLUTIONS: 1 },
    georeference: geographic(GRID),
    endsAs: { status: 'FAILED', code: 'image_corrupt' },
    readable: 'header',
    finish: (_gdal, path) => cutInHalf(path),
  }),
] as const satisfies readonly Recipe[];
