import { rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ignoreMissing } from './ignore-missing.js';
import { isRemoved, removedName } from './scratch.js';

export interface ScratchRemoval {
  /**
   * Removes scratch folders by their names, and the viewpoint's folder if nothing else is in it. They are marked as removed
   * when this resolves; giving back what they hold may take the file system seconds, and goes on behind it until `settled`.
   */
  remove(viewpointFolder: string, names: readonly string[]): Promise<void>;
  /** Resolves when nothing is being removed any more. */
  settled(): Promise<void>;
}

export function createScratchRemoval(): ScratchRemoval {
  const underWay = new Set<Promise<void>>();

  /** Removes the folders, and then the viewpoint's: one that never had anything published leaves no empty folder behind. */
  function removeBehind(viewpointFolder: string, folders: readonly string[]): void {
    const removal = Promise.all(folders.map(removeTree))
      .then(() => rmdir(viewpointFolder))
      .catch(() => undefined) // what is left is the sweep's
      .finally(() => underWay.delete(removal));
    underWay.add(removal);
  }

  return {
    async remove(viewpointFolder, names) {
      const removed: string[] = [];
      for (const name of names) {
        const aside = isRemoved(name) ? name : removedName();
        removed.push(join(viewpointFolder, aside));
        if (aside !== name) await rename(join(viewpointFolder, name), join(viewpointFolder, aside)).catch(ignoreMissing(undefined));
      }
      removeBehind(viewpointFolder, removed);
    },

    async settled() {
      await Promise.all(underWay);
    },
  };
}

/** Removes a folder with everything in it, although somebody who has not noticed that it is not theirs may still write there. */
export function removeTree(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
