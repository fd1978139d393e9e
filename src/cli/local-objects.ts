import { constants, createReadStream, createWriteStream } from 'node:fs';
import { copyFile, rm, stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ViewpointError } from '../domain/errors.js';
import { volumeError } from '../domain/volume-error.js';
import type { DownloadRequest, ObjectDownloader } from '../storage/s3-download.js';

const CHUNK_BYTES = 1024 * 1024;

/** Local files in the place of objects: the key is a path, and there are no buckets. */
export function createLocalObjects(): ObjectDownloader {
  return {
    async head(_bucket, path) {
      try {
        const { size, mtimeMs } = await stat(path);
        return { size, eTag: `"${size}-${mtimeMs}"` };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },

    async download(request) {
      try {
        if (!(await sharesBlocks(request))) await copy(request);
        return { onDisk: Promise.resolve() }; // a copy is soon made again
      } catch (error) {
        await rm(request.path, { force: true });
        request.signal.throwIfAborted();
        throw asViewpointError(request, error);
      }
    },
  };
}

/** Where the file system can let two files share their blocks until one is written to, there is nothing to copy. */
async function sharesBlocks({ key, path }: DownloadRequest): Promise<boolean> {
  try {
    await copyFile(key, path, constants.COPYFILE_FICLONE_FORCE);
    return true;
  } catch {
    return false;
  }
}

async function copy({ key, path, head, signal, onProgress }: DownloadRequest): Promise<void> {
  let bytesDone = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytesDone += chunk.length;
      onProgress?.({ bytesDone, bytesTotal: head.size, arrived: null });
      done(null, chunk);
    },
  });
  await pipeline(createReadStream(key, { highWaterMark: CHUNK_BYTES }), counted, createWriteStream(path), { signal });
  if (bytesDone !== head.size) throw new ViewpointError('object_changed', `The file ${key} changed while it was copied. Try again when nobody writes to it.`);
}

function asViewpointError({ key, path }: DownloadRequest, error: unknown): ViewpointError {
  if (error instanceof ViewpointError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM') return new ViewpointError('access_denied', `The file ${key} may not be read by this user.`, { cause: error });
  return volumeError(`The file ${key} cannot be copied to ${path}`, error);
}
