/**
 * How GDAL resamples by cubic convolution when it halves an image (GDALResampleChunk_Convolution in its overview.cpp):
 * the kernel of Keys (1981, a = −1/2) is stretched by the ratio of the sizes, sampled at the centres of the pixels
 * below, and normalised, so that it also serves where the image's edge cuts it off. An odd size has a ratio a little
 * below two, and so weights of its own for every pixel.
 */

/** Pixels of a level that weigh in one pixel of the next, 8 at most. */
export interface PixelKernel {
  start: number;
  weights: Float64Array;
}

export const MOST_WEIGHTS = 8;
const RADIUS = 2;

/**
 * The kernel of pixel `target` of a row, or column, that is halved.
 * The sums are GDAL's own ones, term by term: rows add the step up pixel by pixel, columns by four.
 */
export function pixelKernel(target: number, sourceSize: number, targetSize: number, isColumn: boolean): PixelKernel {
  const ratio = sourceSize / targetSize;
  const scale = 1 / ratio;
  const radius = RADIUS / scale;
  const centre = (target + 0.5) * ratio;
  const start = Math.max(0, Math.floor(centre - radius + 0.5));
  const stop = Math.min(sourceSize, Math.floor(centre + radius + 0.5));

  const weights = new Float64Array(stop - start);
  let distance = scale * (start - centre + 0.5);
  let sum = 0;
  let index = 0;
  for (; index < weights.length - 3; index += 4) {
    const first = distance;
    let four = 0;
    for (let offset = 0; offset < 4; offset++) {
      const weight = cubic(isColumn ? first + offset * scale : distance);
      weights[index + offset] = weight;
      four += weight;
      distance += scale;
    }
    if (isColumn) distance = first + 4 * scale;
    sum += four;
  }
  for (; index < weights.length; index++, distance += scale) {
    const weight = cubic(distance);
    weights[index] = weight;
    sum += weight;
  }
  const inverse = 1 / sum;
  return { start, weights: weights.map((weight) => weight * inverse) };
}

function cubic(distance: number): number {
  const x = Math.abs(distance);
  const squared = distance * distance;
  if (x <= 1) return squared * (1.5 * x - 2.5) + 1;
  if (x <= 2) return squared * (-0.5 * x + 2.5) - 4 * x + 2;
  return 0;
}

/** Pixels at either end of an even row or column whose kernel the edge cuts off. */
export const EDGE_PIXELS = 2;

/** True for a pixel whose kernel is that of all pixels in the middle of an even row or column. */
export function hasCommonKernel(target: number, sourceSize: number, targetSize: number): boolean {
  return sourceSize % 2 === 0 && target >= EDGE_PIXELS && target < targetSize - EDGE_PIXELS;
}
