import gdal from 'gdal-async';
import { ViewpointError } from '../../domain/errors.js';

/** GDAL's setting by which a JPEG that is cut short or damaged cannot be read, instead of being filled up with grey. */
const WARNINGS_ARE_ERRORS = 'GDAL_ERROR_ON_LIBJPEG_WARNING';
/**
 * What libjpeg (jerror.h) warns of and what costs no pixel: JWRN_EXTRANEOUS_DATA and JWRN_ADOBE_XFORM. Those that it
 * meets in the header end as a failure without a reason.
 */
const HARMLESS = /libjpeg: (?:Corrupt JPEG data: \d+ extraneous bytes before marker|Unknown Adobe color transform code)|IReadBlock failed at X offset \d+, Y offset \d+$/;

/**
 * Works on an image with the warnings of its JPEG decoder as errors, and once more without when the one that it met is
 * harmless: GDAL has but one switch for them all.
 * @param undo what the first try may have left.
 */
export async function withJpegWarnings<Result>(work: () => Promise<Result>, undo: () => Promise<void> = () => Promise.resolve()): Promise<Result> {
  gdal.config.set(WARNINGS_ARE_ERRORS, 'YES');
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ViewpointError && HARMLESS.test(error.message))) throw error;
    await undo();
    gdal.config.set(WARNINGS_ARE_ERRORS, 'NO');
    return await work();
  }
}
