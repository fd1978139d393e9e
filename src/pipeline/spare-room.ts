/** Room asked for beyond an image and its overviews, in bytes: for side files that came along, statistics and documents. */
export const SPARE_BYTES = 64 * 1024 * 1024;
