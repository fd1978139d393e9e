import { appendDataExtension } from './nitf-data-extension.js';
import { RADAR_SIZE, radarGeoreference, sicdDocument, siddDocument } from './radar-documents.js';
import { rasterRecipe } from './raster-recipe.js';
import { chipRecord, cornerRecord, rsmRecords } from './sensor-records.js';

/** Without a time of the image, since the documents and records tell it, or nothing does. */
const NITF = { driver: 'NITF', byCopy: true, creationOptions: { FDT: '20240101000000', IDATIM: '--------------' } } as const;

/** NITF files that are placed by records and documents which GDAL does not understand. */
export const SENSOR_RECIPES = [
  rasterRecipe({
    ...NITF,
    name: 'nitf-corner-record',
    description: 'NITF with a CSCRNA record of its corners, and no corner coordinates in its header.',
    size: [320, 240],
    georeference: cornerRecord,
  }),
  rasterRecipe({
    ...NITF,
    name: 'nitf-rsm',
    description: 'NITF with the RSMIDA and RSMPCA records of a replacement sensor model.',
    size: [320, 240],
    georeference: rsmRecords,
  }),
  rasterRecipe({
    ...NITF,
    name: 'nitf-chip',
    description: 'NITF that is a chip, twice enlarged, of an image with an RPC00B record: ICHIPB says where it was cut.',
    size: [300, 200],
    georeference: chipRecord,
  }),
  rasterRecipe({
    ...NITF,
    name: 'nitf-sicd',
    description: 'NITF with a SICD document in a data extension, as complex radar images have, though its pixels are Byte.',
    size: RADAR_SIZE,
    georeference: radarGeoreference,
    finish: (_gdal, path) => appendDataExtension(path, 'XML_DATA_CONTENT', sicdDocument()),
  }),
  rasterRecipe({
    ...NITF,
    name: 'nitf-sidd',
    description: 'NITF of a radar product with a SIDD document, and behind it the SICD document of the image that it was made from.',
    size: RADAR_SIZE,
    georeference: radarGeoreference,
    finish(_gdal, path) {
      appendDataExtension(path, 'XML_DATA_CONTENT', siddDocument());
      appendDataExtension(path, 'XML_DATA_CONTENT', sicdDocument().replace('<FirstRow>0<', '<FirstRow>5000<'));
    },
  }),
] as const;
