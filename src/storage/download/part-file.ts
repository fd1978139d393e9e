import { open, rename, rm } from 'node:fs/promises';
import { isFullDisk, messageOf, ViewpointError } from '../../domain/errors.js';

/** The file that a download grows in, beside where it will be. Methods throw ViewpointError `disk_full` or `volume_failed`. */
export interface PartFile {
  /** Writes all buffers, one behind the other, from `startByte` on. */
  write(buffers: Buffer[], startByte: number): Promise<void>;
  /** Bytes read into `buffer` from `startByte` on, fewer than fit only at the end. */
  read(buffer: Buffer, startByte: number): Promise<number>;
  /** Begins to bring to the disk what is written so far, so that less is left to wait for in the end. */
  beginSync(): void;
  /** Brings everything to the disk and gives the file its name. */
  publish(): Promise<void>;
  /** Removes the file. */
  discard(): Promise<void>;
}

/** Makes `<path>.part` with its full length, taking the place of one that a crash left. */
export async function createPartFile(path: string, sizeBytes: number): Promise<PartFile> {
  const partPath = `${path}.part`;
  const handle = await explained(path, () => open(partPath, 'w+'));
  let syncing: Promise<void> | undefined;
  let syncFailure: Error | undefined;
  const syncOnce = async (): Promise<void> => {
    try {
      await handle.datasync();
    } catch (error) {
      // The kernel reports a failed write-back once: a later sync of the same file would succeed.
      syncFailure ??= error as Error;
    }
    syncing = undefined;
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
      }),
    read: (buffer, startByte) => explained(path, async () => (await handle.read(buffer, 0, buffer.length, startByte)).bytesRead),
    beginSync: () => {
      syncing ??= syncOnce();
    },
    publish: () =>
      explained(path, async () => {
        await syncing;
        await syncOnce();
        if (syncFailure !== undefined) throw syncFailure;
        await handle.close();
        await rename(partPath, path);
      }),
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
    if (isFullDisk(error)) {
      throw new ViewpointError('disk_full', `There is no room for ${path}. Delete viewpoints or enlarge the volume.`, { cause: error });
    }
    throw new ViewpointError('volume_failed', `The file ${path} cannot be made: ${messageOf(error)}`, { cause: error });
  }
}
