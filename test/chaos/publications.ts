import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SCRATCH_PREFIX } from '../../src/domain/artifacts.js';

/** A file, whatever it is called: its inode and, since inodes are used again, the time of its birth. */
export type FileIdentity = string;

/** Tells which attempt made the files that are published: a rename leaves a file's identity as it is. */
export interface Publications {
  /** Number of the attempt in whose scratch folder the file was last seen. */
  attemptOf(file: FileIdentity): number | undefined;
  stop(): Promise<void>;
}

const LOOK_INTERVAL_MS = 40;

/** Looks into the scratch folders of the viewpoints that are processed, again and again. */
export function watchScratches(volume: string, processed: () => Iterable<string>): Publications {
  const attempts = new Map<FileIdentity, number>();
  let isStopped = false;

  async function look(viewpointId: string): Promise<void> {
    const names = await readdir(join(volume, viewpointId)).catch(() => []);
    for (const attempt of names.filter((name) => name.startsWith(SCRATCH_PREFIX))) {
      const folder = join(volume, viewpointId, attempt);
      for (const name of await readdir(folder).catch(() => [])) {
        const found = await stat(join(folder, name)).catch(() => null);
        if (found !== null) attempts.set(identityOf(found), Number.parseInt(attempt.slice(SCRATCH_PREFIX.length), 10));
      }
    }
  }

  async function watch(): Promise<void> {
    while (!isStopped) {
      for (const viewpointId of processed()) await look(viewpointId);
      await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MS));
    }
  }

  const watching = watch();
  return {
    attemptOf: (file) => attempts.get(file),
    async stop() {
      isStopped = true;
      await watching;
    },
  };
}

/** The published files of a viewpoint, by name. */
export async function publishedFiles(volume: string, viewpointId: string): Promise<Map<string, FileIdentity>> {
  const folder = join(volume, viewpointId);
  const files = new Map<string, FileIdentity>();
  for (const name of await readdir(folder).catch(() => [])) {
    const found = await stat(join(folder, name)).catch(() => null);
    if (found?.isFile() === true) files.set(name, identityOf(found));
  }
  return files;
}

function identityOf({ ino, birthtimeMs }: { ino: number; birthtimeMs: number }): FileIdentity {
  return `${ino} of ${birthtimeMs}`;
}
