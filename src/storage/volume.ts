import { mkdir, open, readdir, rename, rm, rmdir, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ARTIFACT_SUFFIXES, SCRATCH_PREFIX } from '../domain/artifacts.js';
import { isFullDisk, messageOf, ViewpointError } from '../domain/errors.js';
import type { Lease } from '../domain/viewpoint-record.js';

/** The folder of one attempt, inside the viewpoint's folder, so that the tile server's DELETE takes it along. */
export interface Scratch {
  folder: string;
  pathOf(fileName: string): string;
}

/**
 * The volume that this service shares with the tile server: a folder per viewpoint that holds the image and,
 * beside it, its artifacts. What is visible there is whole: files are made in a scratch folder and renamed.
 * Methods throw ViewpointError `volume_failed` or `disk_full`.
 */
export interface Volume {
  readonly root: string;
  /** Absolute path of a published image. */
  imagePath(viewpointId: string, fileName: string): string;
  /** Makes the attempt's own folder. */
  openScratch(lease: Lease): Promise<Scratch>;
  /** Scratch folders of other attempts on the same viewpoint; whoever holds the lease may take over what they hold. */
  otherScratches(lease: Lease): Promise<Scratch[]>;
  /**
   * Moves the attempt's image and artifacts to where the tile server looks, side files of a former image away,
   * and the image last; all of it is on disk when this resolves, and the scratch folder is gone.
   */
  publish(scratch: Scratch, viewpointId: string, fileName: string): Promise<void>;
  removeScratches(viewpointId: string): Promise<void>;
  /** Removes the viewpoint's folder with everything in it. */
  removeViewpoint(viewpointId: string): Promise<void>;
  freeBytes(): Promise<number>;
  /** @throws when nothing can be written to the volume. */
  checkWritable(): Promise<void>;
}

export function createVolume(root: string): Volume {
  const folderOf = (viewpointId: string) => join(root, viewpointId);

  async function scratchNames(viewpointId: string): Promise<string[]> {
    const names = await readdir(folderOf(viewpointId)).catch(ignoreMissing<string[]>([]));
    return names.filter((name) => name.startsWith(SCRATCH_PREFIX));
  }

  return {
    root,

    imagePath: (viewpointId, fileName) => join(folderOf(viewpointId), fileName),

    openScratch: (lease) =>
      explained('make a folder for the attempt', async () => {
        const scratch = scratchAt(join(folderOf(lease.viewpointId), scratchName(lease)));
        await mkdir(scratch.folder, { recursive: true });
        return scratch;
      }),

    async otherScratches(lease) {
      const names = await scratchNames(lease.viewpointId);
      return names.filter((name) => name !== scratchName(lease)).map((name) => scratchAt(join(folderOf(lease.viewpointId), name)));
    },

    publish: (scratch, viewpointId, fileName) =>
      explained('publish the artifacts', async () => {
        const folder = folderOf(viewpointId);
        const made = new Set(await readdir(scratch.folder));
        const artifacts = Object.values(ARTIFACT_SUFFIXES).map((suffix) => fileName + suffix);
        for (const name of [...artifacts, fileName]) {
          if (made.has(name)) await syncToDisk(scratch.pathOf(name));
        }
        for (const name of [...artifacts, fileName]) {
          if (made.has(name)) await rename(scratch.pathOf(name), join(folder, name));
          else await rm(join(folder, name), { force: true });
        }
        await syncToDisk(folder);
        await rm(scratch.folder, { recursive: true, force: true });
      }),

    async removeScratches(viewpointId) {
      for (const name of await scratchNames(viewpointId)) await rm(join(folderOf(viewpointId), name), { recursive: true, force: true });
      // A viewpoint that never had anything published leaves no empty folder behind.
      await rmdir(folderOf(viewpointId)).catch(() => undefined);
    },

    removeViewpoint: (viewpointId) => rm(folderOf(viewpointId), { recursive: true, force: true }),

    freeBytes: () =>
      explained('measure the free space', async () => {
        const { bavail, bsize } = await statfs(root);
        return bavail * bsize;
      }),

    checkWritable: () =>
      explained('write to it', async () => {
        await mkdir(root, { recursive: true });
        const path = join(root, `${SCRATCH_PREFIX}write-check-${process.pid}`);
        await writeFile(path, '');
        await rm(path, { force: true });
      }),
  };

  async function explained<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw volumeError(root, what, error);
    }
  }
}

function scratchName(lease: Lease): string {
  return `${SCRATCH_PREFIX}${lease.attempt}-${lease.owner}`;
}

function scratchAt(folder: string): Scratch {
  return { folder, pathOf: (fileName) => join(folder, fileName) };
}

async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A file system error as one that says what to do. */
export function volumeError(root: string, what: string, error: unknown): ViewpointError {
  if (isFullDisk(error)) {
    return new ViewpointError('disk_full', `The volume ${root} has no room to ${what}. Delete viewpoints or enlarge the volume.`, { cause: error });
  }
  return new ViewpointError('volume_failed', `The volume ${root} does not let this service ${what}: ${messageOf(error)}`, { cause: error });
}

function ignoreMissing<Value>(instead: Value): (error: unknown) => Value {
  return (error) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return instead;
    throw error;
  };
}
