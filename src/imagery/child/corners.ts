import type { ImagePoint } from '../../domain/sensor-models/sensor-model.js';
import type { DatasetInfo } from './info.js';

/** The image's outer corners: upper left, lower left, lower right, upper right. */
export function cornersOf({ size: [width, height] }: Pick<DatasetInfo, 'size'>): [ImagePoint, ImagePoint, ImagePoint, ImagePoint] {
  return [
    { x: 0, y: 0 },
    { x: 0, y: height },
    { x: width, y: height },
    { x: width, y: 0 },
  ];
}
