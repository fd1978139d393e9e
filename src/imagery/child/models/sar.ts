import { SensorModelError } from '../../../domain/sensor-models/errors.js';
import type { RowColumn } from '../../../domain/sensor-models/sar/common-metadata.js';
import type { SensorModel } from '../../../domain/sensor-models/sensor-model.js';
import { readSicdMetadata } from '../../../domain/sensor-models/sicd-metadata.js';
import { createSicdModel } from '../../../domain/sensor-models/sicd.js';
import { readSiddMetadata } from '../../../domain/sensor-models/sidd-metadata.js';
import { createSiddModel } from '../../../domain/sensor-models/sidd.js';
import type { DatasetInfo } from '../info.js';
import { ofChip } from './chip.js';
import type { ModelSources } from './sources.js';

const FIRST_PIXEL: RowColumn = { row: 0, column: 0 };

/**
 * The model of a SICD image. None for a SIDD product, which carries the SICD document of the image that it was made from:
 * that one's pixels are not its own. Of an image in several segments, the first one is shown, with which the document's
 * pixel (0, 0) begins (NGA.STND.0024-2).
 */
export function sicdModel({ sarDocuments: { sicd, sidd }, info, chip }: ModelSources): SensorModel | null {
  if (sicd === null || sidd !== null) return null;
  const metadata = readSicdMetadata(sicd);
  const ichipb = chip();
  if (ichipb === null) {
    requireWithin('SICD', info, metadata.size);
    return createSicdModel(metadata);
  }
  // The record maps to the full image, and so must not be joined by the document's own offset into it.
  return ofChip(createSicdModel({ ...metadata, firstPixel: FIRST_PIXEL }), ichipb);
}

/** The model of a SIDD product. */
export function siddModel({ sarDocuments: { sidd }, info, chip }: ModelSources): SensorModel | null {
  if (sidd === null) return null;
  const metadata = readSiddMetadata(sidd);
  const ichipb = chip();
  if (ichipb === null) {
    requireWithin('SIDD', info, metadata.chip?.size ?? metadata.size);
    return createSiddModel(metadata);
  }
  return ofChip(createSiddModel({ ...metadata, chip: null }), ichipb);
}

/** An image larger than its document says was resampled or put together of several, and the document is not about its pixels. */
function requireWithin(standard: string, { size: [width, height] }: DatasetInfo, { row, column }: RowColumn): void {
  if (width <= column && height <= row) return;
  throw new SensorModelError(`The ${standard} document describes an image of ${column} × ${row} pixels, and not this one of ${width} × ${height}.`);
}
