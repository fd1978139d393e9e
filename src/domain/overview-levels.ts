/** An image whose shorter edge is at most this long, in pixels, needs no overview. */
const LARGEST_EDGE_WITHOUT_OVERVIEWS = 1024;

/**
 * Decimation factors of the pyramid of an image, in pixels per overview pixel:
 * 2, 4, 8 …, `ceil(log2(min(width, height) / 1024))` of them.
 */
export function overviewFactors(width: number, height: number): number[] {
  const levels = Math.ceil(Math.log2(Math.min(width, height) / LARGEST_EDGE_WITHOUT_OVERVIEWS));
  return Array.from({ length: Math.max(0, levels) }, (_, level) => 2 ** (level + 1));
}
