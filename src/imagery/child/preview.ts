import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { previewSize } from '../../domain/preview-size.js';
import type { PreviewReply, PreviewRequest } from '../protocol.js';
import { adjustedRanges } from './adjusted-ranges.js';
import { openBandReaders } from './band-readers.js';
import { displayBands } from './display-bands.js';
import { knownStatistics } from './known-statistics.js';
import { openRaster } from './open-raster.js';
import { drawPicture } from './picture.js';
import { encodePng } from './png.js';

/**
 * Draws the whole image small, from its overviews, with the range adjustment applied; pixels without data are
 * transparent. Writes nothing beside the image.
 * @throws ViewpointError as `openRaster` does; `image_corrupt` when pixels cannot be read.
 */
export async function makePreview({ imagePath, maximumEdgePixels, rangeAdjustment }: PreviewRequest): Promise<PreviewReply> {
  const dataset = await openRaster(imagePath);
  try {
    const { x, y } = dataset.rasterSize;
    const size = previewSize({ width: x, height: y }, maximumEdgePixels);
    const { readers, close } = await openBandReaders(dataset, {
      imagePath,
      minimumPixels: size.width * size.height,
      partsPath: join(tmpdir(), `viewpoint-preview-${process.pid}.tif`),
    });
    try {
      const shown = displayBands(dataset);
      const adjusted = shown.kind === 'colours' ? shown.colours : [];
      const ranges = await adjustedRanges(dataset, readers, await knownStatistics(dataset, imagePath), adjusted, rangeAdjustment);
      const [{ width, height } = { width: x, height: y }] = readers;
      const isReduced = width !== size.width || height !== size.height;
      const picture = await drawPicture(dataset, {
        shown,
        readers,
        window: { x: 0, y: 0, width, height },
        ...(isReduced && { size }),
        ranges,
        transparency: true,
      });
      return { ...size, png: await encodePng(picture, 'small') };
    } finally {
      await close();
    }
  } finally {
    dataset.close();
  }
}
