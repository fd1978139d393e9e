import { open, rename, rm } from 'node:fs/promises';
import { volumeError } from '../../domain/volume-error.js';

/** The file that a download grows in, beside where it will be. Methods throw ViewpointError `disk_full` or `volume_failed`. */
export interface PartFile {
  /** Writes all buffers, one behind the other, from `startByte` on. */
  write(buffers: Buffer[], startByte: number): Promise<void>;
  /** Bytes read into `buffer` from `startByte` on, fewer than fit only at the end. */
  read(buffer: Buffer, startByte: number): Promise<number>;
  /** Gives the file its name, by which it can be read; `onDisk` settles later. */
  finish(): Promise<WrittenFile>;
  /** Removes the file, which must not be finished. */
  discard(): Promise<void>;
}

/** A file with all its bytes, which may still be on their way to the disk. */
export interface WrittenFile {
  /** Resolves when everything is on the disk. Rejects as the methods of a part file do, and then the file is gone. A rejection that nobody heeds does no harm. */
  readonly onDisk: Promise<void>;
}

/** Bytes after which what is written begins to be brought to the disk, so that less is left to wait for in the end. */
const SYNC_INTERVAL_BYTES = 32 * 1024 * 1024;

/** Where a file is while it is being downloaded. */
export function partPathOf(path: string): string {
  return `${path}.part`;
}

/** Makes the file at `partPathOf(path)` with its full length, taking the place of one that a crash left. */
export async function createPartFile(path: string, sizeBytes: number): Promise<PartFile> {
  const partPath = partPathOf(path);
  const handle = await explained(path, () => open(partPath, 'w+'));
  let syncing: Promise<void> | undefined;
  let syncFailure: Error | undefined;
  let unsyncedBytes = 0;
  const syncOnce = async (): Promise<void> => {
    unsyncedBytes = 0;
    try {
      await handle.datasync();
    } catch (error) {
      // The kernel reports a failed write-back once: a later sync of the same file would succeed.
      syncFailure ??= error as Error;
    }
    syncing = undefined;
  };
  const bringToDisk = async (): Promise<void> => {
    try {
      await explained(path, async () => {
        await syncing;
        await syncOnce();
        await handle.close();
        if (syncFailure !== undefined) throw syncFailure;
      });
    } catch (error) {
      await rm(path, { force: true }).catch(() => undefined);
      throw error;
    }
  };
  const file: PartFile = {
    write: (buffers, startByte) =>
      explained(path, async () => {
        let position = startByte;
        let rest: Buffer[] = buffers;
        while (rest.length > 0) {
          const { bytesWritten } = await handle.writev(rest, position);
          position += bytesWritten;
          rest = dropBytes(rest, bytesWritten);
        }
        unsyncedBytes += position - startByte;
        if (unsyncedBytes >= SYNC_INTERVAL_BYTES) syncing ??= syncOnce();
      }),
    read: (buffer, startByte) => explained(path, async () => (await handle.read(buffer, 0, buffer.length, startByte)).bytesRead),
    finish: async () => {
      await explained(path, () => rename(partPath, path));
      const onDisk = bringToDisk();
      onDisk.catch(() => undefined);
      return { onDisk };
    },
    discard: async () => {
      await syncing;
      await handle.close().catch(() => undefined);
      await rm(partPath, { force: true });
    },
  };
  try {
    await explained(path, () => handle.truncate(sizeBytes));
  } catch (error) {
    await file.discard();
    throw error;
  }
  return file;
}

/** The kernel may take less than it is given, above all when the disk is nearly full. */
function dropBytes(buffers: Buffer[], bytes: number): Buffer[] {
  let remaining = bytes;
  let index = 0;
  for (const buffer of buffers) {
    if (remaining < buffer.length) break;
    remaining -= buffer.length;
    index++;
  }
  const rest = buffers.slice(index);
  const [first] = rest;
  if (first !== undefined) rest[0] = first.subarray(remaining);
  return rest;
}

async function explained<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw volumeError(`The file ${path} cannot be made`, error);
  }
}
