import type { WrittenFile } from '../storage/s3-download.js';

/** Brings one file, or finds that there is none. */
export type Bring = (signal: AbortSignal) => Promise<WrittenFile | null>;

/**
 * Brings several files at the same time; `onDisk` is that of all. The first that fails ends the others, and what it
 * threw is thrown when nothing of them goes on any more, neither a transfer nor the way to the disk.
 */
export async function bringTogether(signal: AbortSignal, files: readonly Bring[]): Promise<WrittenFile> {
  const failing = new AbortController();
  const either = AbortSignal.any([signal, failing.signal]);
  const brought = await Promise.all(
    files.map((bring) =>
      bring(either).catch((error: unknown) => {
        failing.abort(error);
        return null;
      }),
    ),
  );
  const onTheirWay = brought.flatMap((file) => (file === null ? [] : [file.onDisk]));
  const onDisk = Promise.all(onTheirWay).then(() => undefined);
  onDisk.catch(() => undefined);
  if (failing.signal.aborted) await Promise.allSettled(onTheirWay);
  failing.signal.throwIfAborted();
  return { onDisk };
}
