import { open, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ARTIFACT_SUFFIXES, SCRATCH_PREFIX } from '../domain/artifacts.js';
import { ViewpointError } from '../domain/errors.js';
import type { Lease } from '../domain/viewpoint-record.js';
import { VIEWPOINT_ID_PATTERN } from '../domain/viewpoint.js';
import { isFullDisk, volumeError } from '../domain/volume-error.js';
import { ignoreMissing } from './ignore-missing.js';
import { makeFolder } from './make-folder.js';
import { createScratchRemoval, removeTree } from './scratch-removal.js';
import { quietScratchNames, removedScratchNames, scratchAt, scratchName, scratchNames, type Scratch } from './scratch.js';

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
/** As much as shows that a disk is full on which GDAL failed: it gives room back neither sooner nor in smaller pieces. */
const ROOM_CHECK_BYTES = 1024 * 1024;
/** One name for all replicas, so that the next check of any of them removes what a killed one left. */
const WRITE_CHECK = `${SCRATCH_PREFIX}write-check`;

export function createVolume(root: string): Volume {
  const folderOf = (viewpointId: string) => join(root, viewpointId);
  const removal = createScratchRemoval();

  return {
    root,

    imagePath: (viewpointId, fileName) => join(folderOf(viewpointId), fileName),

    openScratch: (lease) =>
      explained(`A folder for the attempt cannot be made on the volume ${root}`, async () => {
        const folder = folderOf(lease.viewpointId);
        const scratch = scratchAt(join(folder, scratchName(lease)));
        await makeFolder(scratch.folder);
        const removed = await removedScratchNames(folder);
        if (removed.length > 0) await removal.remove(folder, removed);
        return scratch;
      }),

    async otherScratches(lease) {
      const folder = folderOf(lease.viewpointId);
      const names = await scratchNames(folder);
      return names.filter((name) => name !== scratchName(lease)).map((name) => scratchAt(join(folder, name)));
    },

    publish: (scratch, viewpointId, fileName, confirm) =>
      explained(`The artifacts cannot be published on the volume ${root}`, async () => {
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
      explained(`What former attempts left cannot be removed from the volume ${root}`, async () => {
        await Promise.all(scratches.map(({ folder }) => removeTree(folder)));
      }),

    async removeScratch(lease) {
      await this.removeScratches(lease.viewpointId, [scratchName(lease)]);
    },

    removeScratches: (viewpointId, names) => explained(`What an attempt left cannot be removed from the volume ${root}`, () => removal.remove(folderOf(viewpointId), names)),

    settled: () => removal.settled(),

    scratchNames: (viewpointId) => explained(`What attempts left cannot be looked for on the volume ${root}`, () => scratchNames(folderOf(viewpointId))),

    quietScratches: (viewpointId, sinceMs) => explained(`What attempts left cannot be looked for on the volume ${root}`, () => quietScratchNames(folderOf(viewpointId), sinceMs)),

    viewpointIds: () =>
      explained(`The folders of the volume ${root} cannot be listed`, async () => {
        const entries = await readdir(root, { withFileTypes: true });
        return entries.filter((entry) => entry.isDirectory() && VIEWPOINT_ID.test(entry.name)).map(({ name }) => name);
      }),

    removeViewpoint: (viewpointId) => explained(`The viewpoint cannot be removed from the volume ${root}`, () => removeTree(folderOf(viewpointId))),

    freeBytes: () =>
      explained(`The free space of the volume ${root} cannot be measured`, async () => {
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
      explained(`The volume ${root} cannot be written to`, async () => {
        await makeFolder(root);
        const path = join(root, WRITE_CHECK);
        await writeFile(path, '');
        await rm(path, { force: true });
      }),
  };

  async function explained<Result>(fault: string, work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof PassedOn) throw error.cause;
      throw error instanceof ViewpointError ? error : volumeError(fault, error);
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

async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
