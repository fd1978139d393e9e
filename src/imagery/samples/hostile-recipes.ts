import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { geographic, type GeoTransform } from './georeferences.js';
import { rasterRecipe } from './raster-recipe.js';
import type { Gdal, RasterTruth, Recipe } from './recipe.js';

const GRID: GeoTransform = [4.8, 0.0001, 0, 52.4, 0, -0.0001];
const SIZE = [300, 200] as const;

/** Stands for a file of somebody else: a raster of 99 throughout, beside the sample that tries to read it. */
export const NEIGHBOUR_FILE_NAME = 'neighbour.tif';
export const NEIGHBOUR_VALUE = 99;

/** GDAL reads `:::BASE:::` as the folder of the image. */
const NEIGHBOUR_REFERENCE = `:::BASE:::${NEIGHBOUR_FILE_NAME}`;

/** A VRT of 16 × 16 pixels, whose one band is the given XML. */
const vrt = (band: string): string => `<VRTDataset rasterXSize="16" rasterYSize="16">\n${band}</VRTDataset>\n`;

const NEIGHBOUR_VRT = vrt(`  <VRTRasterBand dataType="Byte" band="1">
    <SimpleSource>
      <SourceFilename relativeToVRT="1">${NEIGHBOUR_FILE_NAME}</SourceFilename>
      <SourceBand>1</SourceBand>
    </SimpleSource>
  </VRTRasterBand>
`);

/** Any file at all, byte by byte; newer GDAL refuses this by itself. */
const RAW_FILE_VRT = vrt(`  <VRTRasterBand dataType="Byte" band="1" subClass="VRTRawRasterBand">
    <SourceFilename relativeToVRT="0">/etc/passwd</SourceFilename>
    <ImageOffset>0</ImageOffset>
    <PixelOffset>1</PixelOffset>
    <LineOffset>16</LineOffset>
  </VRTRasterBand>
`);

const OVERVIEW_AUX_XML = `<PAMDataset>
  <Metadata domain="OVERVIEWS">
    <MDI key="OVERVIEW_FILE">${NEIGHBOUR_REFERENCE}</MDI>
  </Metadata>
</PAMDataset>
`;

function addNeighbour(gdal: Gdal, path: string): void {
  const neighbour = gdal.drivers.get('GTiff').create(join(dirname(path), NEIGHBOUR_FILE_NAME), SIZE[0] / 2, SIZE[1] / 2, 1, 'Byte');
  neighbour.bands.get(1).fill(NEIGHBOUR_VALUE);
  neighbour.close();
}

/** What opens as a raster of zeros, whose size is the danger. */
function bombTruth(widthPixels: number, heightPixels: number, bandCount: number): RasterTruth {
  const zeros = Array<number>(bandCount).fill(0);
  return {
    driver: 'GTiff',
    widthPixels,
    heightPixels,
    bandCount,
    dataType: 'Byte',
    cornerPixels: 1,
    cornerValues: { upperLeft: zeros, upperRight: zeros, lowerLeft: zeros, lowerRight: zeros },
    noDataValue: null,
    valueRanges: zeros.map(() => [0, 0]),
    validPixelCounts: zeros.map(() => widthPixels * heightPixels),
    overviews: null,
    georeference: null,
  };
}

/** Files that are made to make a reader read what it should not, or more than it can. */
export const HOSTILE_RECIPES = [
  {
    name: 'pixel-bomb',
    fileName: 'pixel-bomb.tif',
    description: 'GeoTIFF of 200000 × 200000 × 3 pixels in a file of a few KB, none of whose blocks is there.',
    endsAs: { status: 'FAILED', code: 'image_too_large' },
    readable: 'header',
    truth: bombTruth(200_000, 200_000, 3),
    sideFiles: [],
    write(gdal, path) {
      const options = { TILED: 'YES', BLOCKXSIZE: 16384, BLOCKYSIZE: 16384, COMPRESS: 'DEFLATE', SPARSE_OK: 'TRUE', BIGTIFF: 'YES' };
      gdal.drivers.get('GTiff').create(path, 200_000, 200_000, 3, 'Byte', options).close();
    },
  },
  {
    name: 'band-bomb',
    fileName: 'band-bomb.tif',
    description: 'GeoTIFF of 16 × 16 pixels in 32513 bands, each of which would want statistics.',
    endsAs: { status: 'FAILED', code: 'image_too_large' },
    readable: 'header',
    truth: bombTruth(16, 16, 32_513),
    sideFiles: [],
    write(gdal, path) {
      gdal.drivers.get('GTiff').create(path, 16, 16, 32_513, 'Byte', { COMPRESS: 'DEFLATE', SPARSE_OK: 'TRUE' }).close();
    },
  },
  {
    name: 'disguised-vrt',
    fileName: 'disguised-vrt.tif',
    description: 'A VRT under the name of a GeoTIFF, whose pixels are those of another local raster.',
    endsAs: { status: 'FAILED', code: 'not_an_image' },
    readable: 'nothing',
    truth: null,
    sideFiles: [NEIGHBOUR_FILE_NAME],
    write(gdal, path) {
      addNeighbour(gdal, path);
      writeFileSync(path, NEIGHBOUR_VRT);
    },
  },
  {
    name: 'disguised-raw-vrt',
    fileName: 'disguised-raw-vrt.tif',
    description: 'A VRT under the name of a GeoTIFF, whose pixels are the bytes of /etc/passwd.',
    endsAs: { status: 'FAILED', code: 'not_an_image' },
    readable: 'nothing',
    truth: null,
    sideFiles: [],
    write: (_gdal, path) => writeFileSync(path, RAW_FILE_VRT),
  },
  rasterRecipe({
    name: 'foreign-overviews',
    description: 'GeoTIFF whose metadata names another local file as its overviews.',
    size: SIZE,
    georeference: geographic(GRID),
    endsAs: { status: 'FAILED', code: 'forbidden_reference' },
    sideFiles: [NEIGHBOUR_FILE_NAME],
    prepare: (_gdal, dataset) => dataset.setMetadata({ OVERVIEW_FILE: NEIGHBOUR_REFERENCE }, 'OVERVIEWS'),
    finish: addNeighbour,
  }),
  rasterRecipe({
    name: 'foreign-aux-xml',
    description: 'GeoTIFF with an .aux.xml beside it that names another local file as its overviews.',
    size: SIZE,
    georeference: geographic(GRID),
    endsAs: { status: 'READY' },
    sideFiles: ['foreign-aux-xml.tif.aux.xml', NEIGHBOUR_FILE_NAME],
    finish(gdal, path) {
      addNeighbour(gdal, path);
      writeFileSync(`${path}.aux.xml`, OVERVIEW_AUX_XML);
    },
  }),
  rasterRecipe({
    name: 'disguised-ovr',
    description: 'GeoTIFF with an .ovr beside it that is a VRT, whose pixels are those of another local raster.',
    size: SIZE,
    georeference: geographic(GRID),
    endsAs: { status: 'READY' },
    sideFiles: ['disguised-ovr.tif.ovr', NEIGHBOUR_FILE_NAME],
    finish(gdal, path) {
      addNeighbour(gdal, path);
      writeFileSync(`${path}.ovr`, NEIGHBOUR_VRT);
    },
  }),
] as const satisfies readonly Recipe[];
