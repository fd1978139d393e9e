import { randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { mkdir, open, readdir, rename, rm, rmdir, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ARTIFACT_SUFFIXES, isScratchName, SCRATCH_PREFIX } from '../domain/artifacts.js';
import { isFullDisk, messageOf, ViewpointError } from '../domain/errors.js';
import type { Lease } from '../domain/viewpoint-record.js';
import { VIEWPOINT_ID_PATTERN } from '../domain/viewpoint.js';

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
  /** Makes the attempt's own folder, and goes on behind that, until `settled`, with removals that a dead process began beside it. */
  openScratch(lease: Lease): Promise<Scratch>;
  /** Scratch folders of other attempts on the same viewpoint; whoever holds the lease may take over what they hold. */
  otherScratches(lease: Lease): Promise<Scratch[]>;
  /**
   * Moves the attempt's image and artifacts to where the tile server looks, side files of a former image away,
   * and the image last; all of it is on disk when this resolves, and the scratch folder is gone.
   *
   * Everything visible changes by renames out of and into the scratch folder. Whoever takes the viewpoint over empties
   * that folder before it publishes itself, so an attempt that sleeps past its lease, even between two renames, finds
   * nothing left to move when it wakes.
   * @param confirm called when all that takes long is done, right before the first rename; throws when the attempt must not publish.
   */
  publish(scratch: Scratch, viewpointId: string, fileName: string, confirm: () => Promise<void>): Promise<void>;
  /** Removes the folders of other attempts; what those have not published by then, they never will. */
  revoke(scratches: readonly Scratch[]): Promise<void>;
  /** Removes the attempt's own folder, as `removeScratches` does. */
  removeScratch(lease: Lease): Promise<void>;
  /**
   * Removes scratch folders by their names, and the viewpoint's folder if nothing else is in it. They are out of sight when
   * this resolves; giving back what they hold may take the file system seconds, and goes on behind it until `settled`.
   */
  removeScratches(viewpointId: string, names: readonly string[]): Promise<void>;
  /** Resolves when nothing is being removed any more. */
  settled(): Promise<void>;
  /** Names of the scratch folders of all attempts on the viewpoint, but for those that are being removed. */
  scratchNames(viewpointId: string): Promise<string[]>;
  /** Names of the scratch folders in which nothing was written since then, in epoch milliseconds, and of all whose removal came to no end. */
  quietScratches(viewpointId: string, sinceMs: number): Promise<string[]>;
  /** Ids of the viewpoints that have a folder. */
  viewpointIds(): Promise<string[]>;
  /** Removes the viewpoint's folder with everything in it. */
  removeViewpoint(viewpointId: string): Promise<void>;
  freeBytes(): Promise<number>;
  /** Whether the volume takes no more than a little; tells why something else that writes there has failed. */
  isFull(scratch: Scratch): Promise<boolean>;
  /** @throws when nothing can be written to the volume. */
  checkWritable(): Promise<void>;
  /** @throws as `checkWritable`, and ViewpointError `disk_full` when fewer bytes are free. */
  checkRoom(bytes: number): Promise<void>;
}

const VIEWPOINT_ID = new RegExp(VIEWPOINT_ID_PATTERN);
/** In the scratch folder, names of published files that the new publication has no successor for. */
const FORMER_PREFIX = '.former-';
/** Scratch folders on their way out; no attempt has a folder of such a name, since its number comes first. */
const REMOVED_MARK = 'removed-';
/** As much as shows that a disk is full on which GDAL failed: it gives room back neither sooner nor in smaller pieces. */
const ROOM_CHECK_BYTES = 1024 * 1024;

export function createVolume(root: string): Volume {
  const folderOf = (viewpointId: string) => join(root, viewpointId);

  const removals = new Set<Promise<void>>();

  async function allScratchNames(viewpointId: string): Promise<string[]> {
    const entries = await readdir(folderOf(viewpointId), { withFileTypes: true }).catch(ignoreMissing<Dirent[]>([]));
    return entries.filter((entry) => entry.isDirectory() && isScratchName(entry.name)).map(({ name }) => name);
  }

  async function scratchNames(viewpointId: string): Promise<string[]> {
    return (await allScratchNames(viewpointId)).filter((name) => !isRemoved(name));
  }

  /** Removes the folders, and then the viewpoint's: one that never had anything published leaves no empty folder behind. */
  function removeBehind(viewpointId: string, folders: readonly string[]): void {
    const removal = Promise.all(folders.map(removeTree))
      .then(() => rmdir(folderOf(viewpointId)))
      .catch(() => undefined) // what is left is the sweep's
      .finally(() => removals.delete(removal));
    removals.add(removal);
  }

  return {
    root,

    imagePath: (viewpointId, fileName) => join(folderOf(viewpointId), fileName),

    openScratch: (lease) =>
      explained('make a folder for the attempt', async () => {
        const scratch = scratchAt(join(folderOf(lease.viewpointId), scratchName(lease)));
        await mkdir(scratch.folder, { recursive: true });
        const removed = (await allScratchNames(lease.viewpointId)).filter(isRemoved);
        if (removed.length > 0) removeBehind(lease.viewpointId, removed.map((name) => join(folderOf(lease.viewpointId), name)));
        return scratch;
      }),

    async otherScratches(lease) {
      const names = await scratchNames(lease.viewpointId);
      return names.filter((name) => name !== scratchName(lease)).map((name) => scratchAt(join(folderOf(lease.viewpointId), name)));
    },

    publish: (scratch, viewpointId, fileName, confirm) =>
      explained('publish the artifacts', async () => {
        const folder = folderOf(viewpointId);
        const made = new Set(await readdir(scratch.folder));
        const names = [...Object.values(ARTIFACT_SUFFIXES).map((suffix) => fileName + suffix), fileName];
        await Promise.all(names.filter((name) => made.has(name)).map((name) => syncToDisk(scratch.pathOf(name))));
        await passingOn(confirm);
        for (const name of names) {
          if (made.has(name)) await rename(scratch.pathOf(name), join(folder, name));
          else await rename(join(folder, name), scratch.pathOf(`${FORMER_PREFIX}${name}`)).catch(ignoreMissing(undefined));
        }
        await syncToDisk(folder);
        await removeTree(scratch.folder);
      }),

    revoke: (scratches) =>
      explained('remove what former attempts left', async () => {
        await Promise.all(scratches.map(({ folder }) => removeTree(folder)));
      }),

    async removeScratch(lease) {
      await this.removeScratches(lease.viewpointId, [scratchName(lease)]);
    },

    removeScratches: (viewpointId, names) =>
      explained('remove what an attempt left', async () => {
        const folder = folderOf(viewpointId);
        const removed: string[] = [];
        for (const name of names) {
          const aside = join(folder, isRemoved(name) ? name : `${SCRATCH_PREFIX}${REMOVED_MARK}${randomUUID()}`);
          removed.push(aside);
          if (!isRemoved(name)) await rename(join(folder, name), aside).catch(ignoreMissing(undefined));
        }
        removeBehind(viewpointId, removed);
      }),

    async settled() {
      await Promise.all(removals);
    },

    scratchNames: (viewpointId) => explained('look for what attempts left', () => scratchNames(viewpointId)),

    quietScratches: (viewpointId, sinceMs) =>
      explained('look for what attempts left', async () => {
        const quiet: string[] = [];
        for (const name of await allScratchNames(viewpointId)) {
          if (isRemoved(name) || (await lastWriteMs(join(folderOf(viewpointId), name))) <= sinceMs) quiet.push(name);
        }
        return quiet;
      }),

    viewpointIds: () =>
      explained('list its folders', async () => {
        const entries = await readdir(root, { withFileTypes: true });
        return entries.filter((entry) => entry.isDirectory() && VIEWPOINT_ID.test(entry.name)).map(({ name }) => name);
      }),

    removeViewpoint: (viewpointId) => explained('remove the viewpoint', () => removeTree(folderOf(viewpointId))),

    freeBytes: () =>
      explained('measure the free space', async () => {
        const { bavail, bsize } = await statfs(root);
        return bavail * bsize;
      }),

    async isFull(scratch) {
      const path = scratch.pathOf('.room-check');
      try {
        await writeFile(path, Buffer.alloc(ROOM_CHECK_BYTES, 1), { flush: true });
        return false;
      } catch (error) {
        return isFullDisk(error);
      } finally {
        await rm(path, { force: true }).catch(() => undefined);
      }
    },

    async checkRoom(bytes) {
      await this.checkWritable();
      const free = await this.freeBytes();
      if (free < bytes) throw new ViewpointError('disk_full', `The volume ${root} has ${free} bytes left. Delete viewpoints or enlarge the volume.`);
    },

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
      if (error instanceof PassedOn) throw error.cause;
      throw error instanceof ViewpointError ? error : volumeError(root, what, error);
    }
  }
}

/** Wraps what the caller's own function throws, which is no fault of the volume's. */
class PassedOn extends Error {}

async function passingOn(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new PassedOn('', { cause: error });
  }
}

/** Removes a folder with everything in it, although somebody who has not noticed that it is not theirs may still write there. */
function removeTree(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

/** The owner's dots become underscores, as `SCRATCH_PREFIX` must have the path's last one: a host's name may end in the code of a map series. */
function scratchName(lease: Lease): string {
  return `${SCRATCH_PREFIX}${lease.attempt}-${lease.owner.replaceAll('.', '_')}`;
}

/** Whether the folder is on its way out: nobody's any more, whoever finds it may remove it. The mark follows the prefix, whichever version's that is. */
export function isRemoved(scratch: string): boolean {
  return scratch.slice(scratch.indexOf('-') + 1).startsWith(REMOVED_MARK);
}

/** When anything in the folder was last written, in epoch milliseconds. */
async function lastWriteMs(folder: string): Promise<number> {
  const paths = [folder, ...(await readdir(folder).catch(ignoreMissing<string[]>([]))).map((name) => join(folder, name))];
  const times = await Promise.all(paths.map(async (path) => (await stat(path).catch(ignoreMissing(null)))?.mtimeMs ?? 0));
  return Math.max(...times);
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
