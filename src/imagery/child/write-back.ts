import { open, type FileHandle } from 'node:fs/promises';
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
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();

  async function bringToDisk(): Promise<void> {
    try {
      file ??= await open(path, 'r');
      await file.datasync();
    } catch (error) {
      const isYetToCome = file === undefined && (error as NodeJS.ErrnoException).code === 'ENOENT';
      if (!isYetToCome) failure ??= error;
    }
    schedule();
  }

  function schedule(): void {
    if (!isStopped && failure === undefined) timer = setTimeout(() => void (underWay = bringToDisk()), INTERVAL_MS);
  }

  schedule();

  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await underWay;
      await file?.close();
      if (failure !== undefined) throw volumeError(`The file ${path} cannot be brought to the disk`, failure);
    },
  };
}
