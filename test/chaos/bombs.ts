/** What a sparse GeoTIFF of one Byte band pretends to be. */
interface Bomb {
  fileName: string;
  edgePixels: number;
  blockPixels: number;
}

/** One tile of 604 MB: more memory than the decoder of this part of the harness may take. */
export const BLOCK_BOMB: Bomb = { fileName: 'block-bomb.tif', edgePixels: 24_576, blockPixels: 24_576 };
/** 32 gigasamples, which the limit on samples lets pass and the limit on time does not. */
export const ENDLESS_BOMB: Bomb = { fileName: 'endless-bomb.tif', edgePixels: 180_000, blockPixels: 512 };
