import { basename, dirname } from 'node:path';
import gdal from 'gdal-async';
import { messageOf, ViewpointError, type ErrorCode } from '../../domain/errors.js';
import { ALLOWED_DRIVERS } from '../drivers.js';
import { containedRasters, openFirstRaster } from './container.js';
import { nitfSegments } from './nitf-segments.js';
import { knownFormat } from './known-formats.js';
import { inBackground, type Opener } from './opener.js';
import { explained } from './read-errors.js';

/** An image that is open, and what else the file holds. */
export interface OpenImage {
  readonly dataset: gdal.Dataset;
  /** True when it is not what the file's plain path stands for, but another image inside the file. */
  readonly isInside: boolean;
  /** The file's other images, one description each. */
  readonly otherImages: string[];
}

/**
 * Opens an image with the allowed drivers alone and refuses one that would make GDAL read any other file. Of a file
 * that holds several it opens the first one that shows a scene.
 * @throws ViewpointError `not_an_image`, `image_corrupt`, `unsupported_compression`, `no_image_segment`,
 * `unsupported_image`, `forbidden_reference`.
 */
export async function openRaster(path: string, open: Opener = inBackground): Promise<gdal.Dataset> {
  return (await openImage(path, open)).dataset;
}

/** As `openRaster`, which see; tells of the file's other images as well. */
export async function openImage(path: string, open: Opener = inBackground): Promise<OpenImage> {
  const image = await choose(path, await openPlain(path, open), open);
  try {
    refuseForeignOverviews(image.dataset);
    refuseForeignFiles(image.dataset, path);
    return image;
  } catch (error) {
    image.dataset.close();
    throw error;
  }
}

/** What stands for the whole file; for a NITF whose first segment cannot be opened, the error. */
async function openPlain(path: string, open: Opener): Promise<gdal.Dataset | ViewpointError> {
  const complaints: { driver: string; reason: string }[] = [];
  for (const name of ALLOWED_DRIVERS) {
    const driver = driverNamed(name);
    if (driver === undefined) continue;
    try {
      return await open(driver, path);
    } catch (error) {
      // A driver that does not know the format fails without a message.
      const reason = messageOf(error).replaceAll(`${path}: `, '').replaceAll(path, 'the image');
      if (reason !== '') complaints.push({ driver: name, reason: explained(reason) });
    }
  }
  const known = complaints.length === 0 ? await knownFormat(path) : null;
  if (known !== null) throw new ViewpointError('unsupported_image', `The file is ${known}. Upload the image as a single file, best as a GeoTIFF.`);
  const error = openError(complaints.map(({ driver, reason }) => `${driver}: ${reason}`));
  if (complaints.some(({ driver }) => driver === 'NITF')) return error;
  throw error;
}

async function choose(path: string, plain: gdal.Dataset | ViewpointError, open: Opener): Promise<OpenImage> {
  if (plain instanceof ViewpointError) return chooseSegment(path, null, plain, open);
  try {
    const isNitf = plain.driver.description === 'NITF';
    if (plain.bands.count() === 0) {
      if (isNitf) throw new ViewpointError('no_image_segment', 'The NITF file holds no image segment, so there is nothing to show.');
      return await chooseContained(path, plain, open);
    }
    const holdsSeveral = Object.keys(plain.getMetadata('SUBDATASETS') as object).length > 0;
    if (isNitf && holdsSeveral) return await chooseSegment(path, plain, null, open);
    return { dataset: plain, isInside: false, otherImages: containedRasters(plain, path).map(({ description }) => description) };
  } catch (error) {
    plain.close();
    throw error;
  }
}

/** The first segment that shows a scene, else the first that can be read. */
async function chooseSegment(path: string, plain: gdal.Dataset | null, openingError: ViewpointError | null, open: Opener): Promise<OpenImage> {
  const segments = await nitfSegments(path);
  // Where none can be read, reading the first one tells why.
  const chosen = segments.find(({ isScene }) => isScene) ?? segments.find(({ isReadable }) => isReadable) ?? (plain === null ? undefined : segments[0]);
  if (chosen === undefined) throw openingError ?? new ViewpointError('no_image_segment', 'The NITF file holds no image segment that can be read.');
  const otherImages = segments.filter((segment) => segment !== chosen).map(({ description }) => description);
  // By its plain path the first segment keeps the side files that everybody else looks for.
  if (plain !== null && chosen === segments[0]) return { dataset: plain, isInside: false, otherImages };
  const dataset = await open(gdal.drivers.get('NITF'), chosen.name);
  plain?.close();
  return { dataset, isInside: true, otherImages };
}

async function chooseContained(path: string, container: gdal.Dataset, open: Opener): Promise<OpenImage> {
  const rasters = containedRasters(container, path);
  const dataset = await openFirstRaster(rasters, path, open);
  const format = container.driver.description;
  if (dataset === null) {
    throw new ViewpointError('unsupported_image', `The ${format} file ${basename(path)} is a container and holds no raster that can be shown. Extract one of its datasets as a GeoTIFF and upload that.`);
  }
  container.close();
  const others = rasters.filter(({ name }) => name !== dataset.description);
  return { dataset, isInside: true, otherImages: others.map(({ description }) => description) };
}

function openError(complaints: string[]): ViewpointError {
  if (complaints.length === 0) {
    return new ViewpointError('not_an_image', 'The file is not in any image format that this service reads. Check that the object key names an image.');
  }
  const details = complaints.join('; ');
  const isPart = PART_IN_ANOTHER_FILE.test(details);
  const code = isPart ? 'unsupported_image' : openErrorCode(details);
  const reason = isPart ? ', since part of it is in another file' : '';
  const advice = code === 'unsupported_image' ? ' Upload the image as a GeoTIFF.' : '';
  return new ViewpointError(code, `The image cannot be opened${reason}: ${details}${advice}`);
}

/** Of SIGDEM, whose CRS may be in a .prj, and MFF, with a file for each band. */
const PART_IN_ANOTHER_FILE = /SIGDEM unable to find projection|MFF header file read successfully, but no bands/;

function openErrorCode(details: string): ErrorCode {
  if (/missing codec|compression|codec/i.test(details)) return 'unsupported_compression';
  return /\b(unsupported|not supported)\b/i.test(details) ? 'unsupported_image' : 'image_corrupt';
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
