import { geographic, type GeoTransform } from './georeferences.js';
import { rasterRecipe } from './raster-recipe.js';

const GRID: GeoTransform = [12.4, 0.0001, 0, 41.9, 0, -0.0001];

/** Images whose pixels are out of the ordinary: their type, their gaps, their meaning. */
export const PIXEL_RECIPES = [
  rasterRecipe({
    name: 'float32-gaps',
    description: 'GeoTIFF of one Float32 band with nodata −9999 in one window and NaN in another.',
    size: [600, 400],
    scale: 'float32',
    georeference: geographic(GRID),
    noDataValue: -9999,
    fills: [
      { value: -9999, window: [100, 150, 120, 100] },
      { value: Number.NaN, window: [300, 150, 80, 60] },
    ],
  }),
  rasterRecipe({
    name: 'byte-nodata',
    description: 'GeoTIFF of one Byte band, nodata 0 in a window.',
    size: [500, 400],
    georeference: geographic(GRID),
    noDataValue: 0,
    fills: [{ value: 0, window: [64, 100, 200, 150] }],
  }),
  rasterRecipe({
    name: 'int16-nodata',
    description: 'GeoTIFF of one Int16 band of negative and positive heights, nodata −9999 in a window.',
    size: [500, 400],
    scale: 'int16',
    georeference: geographic(GRID),
    noDataValue: -9999,
    fills: [{ value: -9999, window: [200, 100, 100, 250] }],
  }),
  rasterRecipe({
    name: 'constant-band',
    description: 'GeoTIFF of two Byte bands, the second of which is 42 throughout.',
    size: [300, 200],
    bandCount: 2,
    georeference: geographic(GRID),
    fills: [{ value: 42, window: 'everything', bandNumbers: [2] }],
  }),
  rasterRecipe({
    name: 'empty-band',
    description: 'GeoTIFF of two Int16 bands, the second of which is nodata throughout.',
    size: [300, 200],
    bandCount: 2,
    scale: 'int16',
    georeference: geographic(GRID),
    noDataValue: -9999,
    fills: [{ value: -9999, window: 'everything', bandNumbers: [2] }],
  }),
  rasterRecipe({
    name: 'complex',
    description: 'GeoTIFF of one CFloat32 band, as radar products hold; the imaginary parts are 0.',
    size: [256, 200],
    scale: 'complex',
    georeference: geographic(GRID),
  }),
  rasterRecipe({
    name: 'colour-table',
    description: 'GeoTIFF of one Byte band of indices into a colour table of 16 entries.',
    size: [300, 200],
    scale: 'palette16',
    creationOptions: { PHOTOMETRIC: 'PALETTE' },
    georeference: geographic(GRID),
    prepare(gdal, dataset) {
      const colours = new gdal.ColorTable(gdal.GPI_RGB);
      for (let index = 0; index < 16; index++) colours.set(index, { c1: index * 17, c2: 255 - index * 17, c3: index * 8, c4: 255 });
      dataset.bands.get(1).colorTable = colours;
    },
  }),
  rasterRecipe({
    name: 'one-bit',
    description: 'GeoTIFF of one bit per pixel.',
    size: [300, 200],
    scale: 'bit',
    creationOptions: { NBITS: 1 },
    georeference: geographic(GRID),
  }),
] as const;
