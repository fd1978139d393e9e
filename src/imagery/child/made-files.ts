import { ARTIFACT_SUFFIXES } from '../../domain/artifacts.js';
import { ViewpointError } from '../../domain/errors.js';
import { faultOfStatistics } from './side-files.js';
import { hasAllBlocks } from './tiff-blocks.js';

/**
 * Checks the files that GDAL has made. Part of them is written when a dataset closes, and what goes wrong then, on a
 * full disk above all, GDAL tells nobody.
 * @throws ViewpointError `volume_failed` when one is not whole.
 */
export async function refuseUnfinished(imagePath: string, made: { overviews: boolean; statistics: boolean }): Promise<void> {
  if (made.overviews && !(await hasAllBlocks(imagePath + ARTIFACT_SUFFIXES.overviews))) throw unfinished('overviews');
  if (made.statistics && (await faultOfStatistics(imagePath + ARTIFACT_SUFFIXES.statisticsSidecar)) !== null) throw unfinished('statistics');
}

function unfinished(what: string): ViewpointError {
  return new ViewpointError('volume_failed', `The file with the ${what} could not be written in full.`);
}
