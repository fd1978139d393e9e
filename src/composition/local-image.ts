import { access, constants, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { ARTIFACT_SUFFIXES } from '../domain/artifacts.js';
import { ViewpointError } from '../domain/errors.js';

/** Suffixes of the files that GDAL keeps beside an image, which the service takes from the bucket too. */
export const SIDE_FILE_SUFFIXES = [ARTIFACT_SUFFIXES.overviews, ARTIFACT_SUFFIXES.statisticsSidecar] as const;

export interface LocalImage {
  path: string;
  fileName: string;
  sizeBytes: number;
  /** What lies beside the image. */
  sideFiles: { suffix: string; path: string; sizeBytes: number }[];
}

/**
 * Looks at the file that the caller named, in the caller's folder unless the path is absolute.
 * @throws Error that says what is wrong with it.
 */
export async function findLocalImage(given: string, callerFolder: string): Promise<LocalImage> {
  const path = resolve(callerFolder, given);
  const sizeBytes = await sizeOfFile(path);
  if (sizeBytes === null) throw new Error(`There is no file ${path}.`);
  if (sizeBytes === 0) throw new ViewpointError('empty_file', `${path} is empty (0 bytes), so there is no image in it.`);
  const sideFiles = [];
  for (const suffix of SIDE_FILE_SUFFIXES) {
    const sideSize = await sizeOfFile(path + suffix);
    if (sideSize !== null) sideFiles.push({ suffix, path: path + suffix, sizeBytes: sideSize });
  }
  return { path, fileName: basename(path), sizeBytes, sideFiles };
}

/** Size in bytes of a file that can be read; null when there is none. */
async function sizeOfFile(path: string): Promise<number | null> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new Error(`${path} is a folder; an image file is wanted.`);
    if (!found.isFile()) throw new Error(`${path} is not a regular file; an image file is wanted.`);
    await access(path, constants.R_OK);
    return found.size;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null;
    if (code === 'EACCES' || code === 'EPERM') throw new ViewpointError('access_denied', `${path} may not be read by this user (${code}).`, { cause: error });
    throw error;
  }
}
