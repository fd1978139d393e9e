import { geographic, projected } from './georeferences.js';
import { rasterRecipe } from './raster-recipe.js';

/** Images as they mostly come: usual formats, layouts and band counts, with nothing odd about them. */
export const STORAGE_RECIPES = [
  rasterRecipe({
    name: 'rgb-striped',
    description: 'GeoTIFF of three Byte bands in strips, EPSG:4326, large enough for one overview level.',
    size: [2100, 1500],
    bandCount: 3,
    creationOptions: { PHOTOMETRIC: 'RGB' },
    georeference: geographic([-106.7, 0.0001, 0, 35.2, 0, -0.0001]),
  }),
  rasterRecipe({
    name: 'utm-tiled',
    description: 'GeoTIFF of one UInt16 band in LZW tiles, UTM zone 31 north, large enough for two overview levels.',
    size: [2500, 2400],
    scale: 'uint16',
    creationOptions: { TILED: 'YES', COMPRESS: 'LZW' },
    // Krüger's series of sixth order, inverted (Karney 2011, equation 36).
    georeference: projected(32631, [448000, 0.5, 0, 5412000, 0, -0.5], {
      upperLeft: [2.291058916, 48.85878452],
      upperRight: [2.308099454, 48.85888804],
      lowerLeft: [2.291211315, 48.847990331],
      lowerRight: [2.30824819, 48.848093812],
    }),
  }),
  rasterRecipe({
    name: 'cloud-optimized',
    description: 'Cloud-optimized GeoTIFF of one Byte band with internal overviews made from the image.',
    size: [2048, 1792],
    driver: 'COG',
    creationOptions: { COMPRESS: 'DEFLATE', OVERVIEW_RESAMPLING: 'CUBIC', BLOCKSIZE: 512 },
    georeference: geographic([7.4, 0.0001, 0, 46.95, 0, -0.0001]),
    overviews: {
      where: 'internal',
      levels: [
        { widthPixels: 1024, heightPixels: 896, bodyValue: null },
        { widthPixels: 512, heightPixels: 448, bodyValue: null },
      ],
    },
  }),
  rasterRecipe({
    name: 'rgba',
    description: 'GeoTIFF of four Byte bands, the last of them alpha.',
    size: [700, 500],
    bandCount: 4,
    creationOptions: { PHOTOMETRIC: 'RGB', ALPHA: 'YES' },
    georeference: geographic([151.1, 0.0001, 0, -33.8, 0, -0.0001]),
  }),
  rasterRecipe({
    name: 'eight-bands',
    description: 'GeoTIFF of eight UInt16 bands, as a multispectral sensor takes them.',
    size: [640, 480],
    bandCount: 8,
    scale: 'uint16',
    creationOptions: { PHOTOMETRIC: 'MINISBLACK', INTERLEAVE: 'BAND' },
    georeference: geographic([-58.5, 0.00002, 0, -34.6, 0, -0.00002]),
  }),
  rasterRecipe({
    name: 'jpeg2000',
    description: 'Lossless JPEG 2000 of one Byte band in tiles, with its georeference in a GeoJP2 box.',
    size: [1400, 1200],
    driver: 'JP2OpenJPEG',
    creationOptions: { QUALITY: 100, REVERSIBLE: 'YES', BLOCKXSIZE: 512, BLOCKYSIZE: 512, RESOLUTIONS: 3 },
    georeference: geographic([18.4, 0.0001, 0, -33.9, 0, -0.0001]),
    // The wavelet's own levels, which GDAL shows as overviews.
    overviews: {
      where: 'internal',
      levels: [
        { widthPixels: 700, heightPixels: 600, bodyValue: null },
        { widthPixels: 350, heightPixels: 300, bodyValue: null },
      ],
    },
  }),
  rasterRecipe({
    name: 'plain-png',
    description: 'PNG of three bands, without a georeference.',
    size: [400, 300],
    bandCount: 3,
    driver: 'PNG',
  }),
  rasterRecipe({
    name: 'odd-size',
    description: 'GeoTIFF of odd width and height, whose one overview level ends in half pixels.',
    size: [2049, 1537],
    georeference: geographic([24.9, 0.0001, 0, 60.2, 0, -0.0001]),
  }),
  rasterRecipe({
    name: 'tall-narrow',
    description: 'GeoTIFF of 37 columns and 3001 rows: narrower than a tile and too narrow for overviews.',
    size: [37, 3001],
    georeference: geographic([-70.7, 0.0001, 0, -33.4, 0, -0.0001]),
  }),
] as const;
