import { open, type FileHandle } from 'node:fs/promises';
import { repeat } from '../../domain/repeat.js';
import { volumeError } from '../../domain/volume-error.js';

/** Long enough for what is brought to the disk to be worth a call. */
const INTERVAL_MS = 150;

export interface WriteBack {
  /** Ends it. @throws ViewpointError `disk_full` or `volume_failed` when bytes could not be brought to the disk: the kernel tells of that once. */
  stop(): Promise<void>;
}

/**
 * Brings a file to the disk while somebody else makes it and writes it, so that little is left to wait for in the end.
 * Without it the kernel would begin when the file is long done.
 */
export function startWriteBack(path: string): WriteBack {
  let file: FileHandle | undefined;
  let failure: unknown;
  const repetition = repeat(INTERVAL_MS, async () => {
    try {
      file ??= await open(path, 'r');
      await file.datasync();
    } catch (error) {
      const isYetToCome = file === undefined && (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (!isYetToCome) failure ??= error;
    }
    return failure === undefined ? INTERVAL_MS : Infinity;
  });

  return {
    async stop() {
      await repetition.stop();
      await file?.close();
      if (failure !== undefined) throw volumeError(`The file ${path} cannot be brought to the disk`, failure);
    },
  };
}
