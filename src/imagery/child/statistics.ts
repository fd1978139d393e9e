import type gdal from 'gdal-async';
import { messageOf, ViewpointError } from '../../domain/errors.js';
import { datasetInfo } from './info.js';

/**
 * Computes what `gdalinfo -approx_stats -hist` does; GDAL writes it to the image's `.aux.xml` when the dataset closes.
 * A band without valid pixels stays without statistics.
 * @throws ViewpointError `image_corrupt` when pixels cannot be read.
 */
export async function computeStatistics(dataset: gdal.Dataset): Promise<void> {
  const info = await datasetInfo(dataset, ['-nomd', '-approx_stats', '-hist']);
  for (const band of info.bands) {
    const isConstant = band.minimum !== undefined && band.minimum === band.maximum;
    if (band.histogram === undefined && !isConstant) await explainMissingHistogram(dataset.bands.get(band.band));
  }
}

/** True when every band brings statistics, from the image itself or from its `.aux.xml`. */
export function hasStatistics(dataset: gdal.Dataset): boolean {
  return dataset.bands.map((band) => 'STATISTICS_MINIMUM' in (band.getMetadata() as object)).every(Boolean);
}

/** gdalinfo passes over read errors in silence, so the band is read again for its reason. */
async function explainMissingHistogram(band: gdal.RasterBand): Promise<void> {
  try {
    await band.computeStatisticsAsync(false);
  } catch (error) {
    const reason = messageOf(error);
    if (/no valid pixels/i.test(reason)) return;
    throw new ViewpointError('image_corrupt', `Band ${band.id ?? 0} of the image cannot be read: ${reason}`, { cause: error });
  }
}
