// Writes files of a few KB that ask for far more of a decoder than they hold, into the folder that is its argument. A
// program of its own, since GDAL stays out of the harness.
import { join } from 'node:path';
import gdal from 'gdal-async';
import { BLOCK_BOMB, ENDLESS_BOMB } from './bombs.js';

const [folder = '.'] = process.argv.slice(2);
for (const { fileName, edgePixels, blockPixels } of [BLOCK_BOMB, ENDLESS_BOMB]) {
  const options = { TILED: 'YES', BLOCKXSIZE: blockPixels, BLOCKYSIZE: blockPixels, COMPRESS: 'DEFLATE', SPARSE_OK: 'TRUE', BIGTIFF: 'YES' };
  gdal.drivers.get('GTiff').create(join(folder, fileName), edgePixels, edgePixels, 1, 'Byte', options).close();
}
