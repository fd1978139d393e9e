import { writeFileSync } from 'node:fs';
import { geographic, projected } from './georeferences.js';
import { nitfWithoutImage } from './nitf-file-header.js';
import { rasterRecipe } from './raster-recipe.js';
import { rationalPolynomials } from './rational-polynomials.js';
import type { Recipe } from './recipe.js';

/** Fixed dates, since a header of today would differ from one of yesterday. */
const DATES = { FDT: '20240101000000', IDATIM: '20240101000000' };
const ARC_SECOND = 1 / 3600;

/** NITF 2.1 files. Their IGEOLO field gives the centres of the corner pixels, so an image starts half a pixel before. */
export const NITF_RECIPES = [
  rasterRecipe({
    name: 'nitf-byte',
    description: 'NITF of one Byte band in blocks of 512, corners in degrees, minutes and seconds.',
    size: [1300, 1100],
    driver: 'NITF',
    creationOptions: { ...DATES, ICORDS: 'G', BLOCKXSIZE: 512, BLOCKYSIZE: 512 },
    georeference: geographic([10 - ARC_SECOND / 2, ARC_SECOND, 0, 20 + ARC_SECOND / 2, 0, -ARC_SECOND]),
  }),
  rasterRecipe({
    name: 'nitf-uint16',
    description: 'NITF of one UInt16 band, corners in decimal degrees, on the western and southern hemispheres.',
    size: [1100, 1050],
    scale: 'uint16',
    driver: 'NITF',
    creationOptions: { ...DATES, ICORDS: 'D', BLOCKXSIZE: 256, BLOCKYSIZE: 256 },
    georeference: geographic([-60.0005, 0.001, 0, -19.9995, 0, -0.001]),
  }),
  rasterRecipe({
    name: 'nitf-rgb',
    description: 'NITF of three Byte bands, corners in UTM zone 33 north.',
    size: [600, 400],
    bandCount: 3,
    driver: 'NITF',
    creationOptions: { ...DATES, ICORDS: 'N', IREP: 'RGB' },
    // Krüger's series of sixth order, inverted (Karney 2011, equation 36).
    georeference: projected(32633, [599995, 10, 0, 4600005, 0, -10], {
      upperLeft: [16.198907183, 41.545459312],
      upperRight: [16.270828682, 41.544686872],
      lowerLeft: [16.198242276, 41.509437568],
      lowerRight: [16.270123913, 41.508666099],
    }),
  }),
  rasterRecipe({
    name: 'nitf-rpc',
    description: 'NITF with an RPC00B record and no corner coordinates.',
    size: [320, 240],
    driver: 'NITF',
    byCopy: true,
    creationOptions: DATES,
    georeference: rationalPolynomials,
  }),
  rasterRecipe({
    name: 'nitf-two-images',
    description: 'NITF of two image segments: the pattern, and 64 × 48 pixels of 200.',
    size: [320, 240],
    driver: 'NITF',
    byCopy: true,
    creationOptions: { ...DATES, NUMI: 2, WRITE_ONLY_FIRST_IMAGE: 'YES' },
    finish(gdal, path) {
      const second = gdal.drivers.get('MEM').create('', 64, 48, 1, 'Byte');
      second.bands.get(1).fill(200);
      gdal.drivers.get('NITF').createCopy(path, second, { ...DATES, APPEND_SUBDATASET: 'YES', IDLVL: 2 }).close();
      second.close();
    },
  }),
  {
    name: 'nitf-no-image',
    fileName: 'nitf-no-image.ntf',
    description: 'NITF that is valid and holds no image segment.',
    endsAs: { status: 'FAILED', code: 'no_image_segment' },
    readable: 'nothing',
    truth: null,
    sideFiles: [],
    write: (_gdal, path) => writeFileSync(path, nitfWithoutImage()),
  },
] as const satisfies readonly Recipe[];
