import { dirname } from 'node:path';
import gdal from 'gdal-async';
import { messageOf, ViewpointError, type ErrorCode } from '../../domain/errors.js';
import { ALLOWED_DRIVERS } from '../drivers.js';

/**
 * Opens an image with the allowed drivers alone and refuses one that would make GDAL read any other file.
 * @throws ViewpointError `not_an_image`, `image_corrupt`, `unsupported_compression`, `no_image_segment`,
 * `unsupported_image`, `forbidden_reference`.
 */
export async function openRaster(path: string): Promise<gdal.Dataset> {
  const dataset = await openWithAllowedDrivers(path);
  try {
    refuseForeignOverviews(dataset);
    refuseForeignFiles(dataset, path);
    refuseBandless(dataset);
    return dataset;
  } catch (error) {
    dataset.close();
    throw error;
  }
}

async function openWithAllowedDrivers(path: string): Promise<gdal.Dataset> {
  const complaints: string[] = [];
  for (const name of ALLOWED_DRIVERS) {
    const driver = driverNamed(name);
    if (driver === undefined) continue;
    try {
      return await driver.openAsync(path, 'r');
    } catch (error) {
      // A driver that does not know the format fails without a message.
      const complaint = messageOf(error).replaceAll(`${path}: `, '').replaceAll(path, 'the image');
      if (complaint !== '') complaints.push(`${name}: ${complaint}`);
    }
  }
  throw openError(complaints);
}

function openError(complaints: string[]): ViewpointError {
  if (complaints.length === 0) {
    return new ViewpointError('not_an_image', 'The file is not in any image format that this service reads. Check that the object key names an image.');
  }
  const details = complaints.join('; ');
  return new ViewpointError(openErrorCode(details), `The image cannot be opened: ${details}`);
}

function openErrorCode(details: string): ErrorCode {
  return /missing codec|compression|codec/i.test(details) ? 'unsupported_compression' : 'image_corrupt';
}

function driverNamed(name: string): gdal.Driver | undefined {
  try {
    return gdal.drivers.get(name);
  } catch {
    return undefined; // GDAL was built without it, or it is skipped
  }
}

/** An image may name any file or URL as its overviews (metadata domain OVERVIEWS), and GDAL would read it. */
export function refuseForeignOverviews(dataset: gdal.Dataset): void {
  const entries = Object.entries(dataset.getMetadata('OVERVIEWS') as Record<string, string>);
  if (entries.length === 0) return;
  throw new ViewpointError(
    'forbidden_reference',
    `The image names another file as its overviews (${entries.map(([key, value]) => `${key}=${value}`).join(', ')}). Remove that metadata item and upload the image again.`,
  );
}

/** Some formats name the file that holds their pixels; only what lies beside the image is its own. */
function refuseForeignFiles(dataset: gdal.Dataset, path: string): void {
  const foreign = dataset.getFileList().find((file) => dirname(file) !== dirname(path));
  if (foreign === undefined) return;
  throw new ViewpointError('forbidden_reference', 'The image takes its pixels from another file, which is not allowed. Upload an image that holds its own.');
}

function refuseBandless(dataset: gdal.Dataset): void {
  if (dataset.bands.count() > 0) return;
  if (dataset.driver.description === 'NITF') {
    throw new ViewpointError('no_image_segment', 'The NITF file holds no image segment, so there is nothing to show.');
  }
  throw new ViewpointError('unsupported_image', `The ${dataset.driver.description} file is a container without a raster of its own. Extract one of its datasets and upload that.`);
}
