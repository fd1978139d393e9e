/** The longest edge of the picture that the service offers of an image. */
export const LONGEST_PREVIEW_EDGE_PIXELS = 1024;

/** Size in pixels of the picture of a whole image: the image's own, or reduced to the longest edge. */
export function previewSize(image: { width: number; height: number }, longestEdgePixels: number): { width: number; height: number } {
  const shrink = Math.min(1, longestEdgePixels / Math.max(image.width, image.height));
  return { width: Math.max(1, Math.round(image.width * shrink)), height: Math.max(1, Math.round(image.height * shrink)) };
}
