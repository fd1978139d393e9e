import gdal from 'gdal-async';
import type { Picture } from './picture.js';

const PATH = '/vsimem/picture.png';
/** PNG (ISO/IEC 15948), section 5.2. */
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Of zlib: the fastest that compresses, and its own default. */
const LEVELS = { quick: 1, small: 6 };

/** The picture as a PNG file, made quickly or to be small. */
export async function encodePng({ width, height, bands }: Picture, aim: keyof typeof LEVELS): Promise<Buffer> {
  const picture = gdal.drivers.get('MEM').create('', width, height, bands.length, gdal.GDT_Byte);
  try {
    for (const [index, bytes] of bands.entries()) picture.bands.get(index + 1).pixels.write(0, 0, width, height, bytes);
    if (bands.length % 2 === 0) picture.bands.get(bands.length).colorInterpretation = gdal.GCI_AlphaBand;
    (await gdal.drivers.get('PNG').createCopyAsync(PATH, picture, [`ZLEVEL=${LEVELS[aim]}`])).close();
  } finally {
    picture.close();
  }
  const png = gdal.vsimem.release(PATH);
  if (!png.subarray(0, SIGNATURE.length).equals(SIGNATURE)) throw new Error('the PNG encoder wrote no PNG file');
  return png;
}
