import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { volumeError } from '../domain/volume-error.js';

/** Somebody else may remove a folder that is empty as yet while the one in it is being made. */
const MOST_TRIES = 10;

/**
 * Makes a folder and what its path lacks, one after the other: Node's own recursive way goes round for ever, and holds
 * a thread of its pool meanwhile, where a file system says that a folder just asked for is missing, as /proc does.
 * @throws ViewpointError `volume_failed` or `disk_full`, with the file system's error as its cause.
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeWithParents(folder);
  } catch (error) {
    throw volumeError(`The folder ${folder} cannot be made`, error);
  }
}

async function makeWithParents(folder: string, triesLeft = MOST_TRIES): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (await isFolder(folder)) return;
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || triesLeft === 0 || dirname(folder) === folder) throw error;
    await makeWithParents(dirname(folder));
    await makeWithParents(folder, triesLeft - 1);
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() === true;
}
