import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ViewpointError } from '../domain/errors.js';

/** The room that one job has been promised for what it writes into one folder. */
export interface Reservation {
  /**
   * Promises room for so many bytes beyond what lies in the folder now, in place of an earlier promise. Where it is
   * other jobs that hold the room, waits until they have ended or need less.
   * @param likelyBytes more than `bytes` where more will probably be needed later; kept from other jobs, not insisted on.
   * @throws ViewpointError `disk_full` when there is no room and no job that would leave any; the signal's reason.
   */
  reserve(bytes: number, signal: AbortSignal, likelyBytes?: number): Promise<void>;
  release(): void;
}

export interface DiskRoom {
  reservationFor(folder: string): Reservation;
}

interface Promised {
  folder: string;
  /** Size that the folder may grow to. */
  bytes: number;
  isWaiting: boolean;
}

/** Room also comes by what others delete, of which nobody tells. */
const LOOK_AGAIN_MS = 5000;

/**
 * Shares the free space of the volume among the jobs of this process: a job begins to write only when its file fits
 * beside all that the running ones are yet to write. Of other replicas' jobs it knows what they have written.
 */
export function createDiskRoom(deps: { root: string; freeBytes: () => Promise<number> }): DiskRoom {
  const all = new Set<Promised>();
  let changed = new AbortController();
  /** One look at a time, so that two jobs do not find the same room. */
  let turn: Promise<unknown> = Promise.resolve();

  function tellWaiting(): void {
    changed.abort();
    changed = new AbortController();
  }

  async function outstanding(promised: readonly Promised[]): Promise<number> {
    const rests = promised.map(async ({ bytes, folder }) => Math.max(0, bytes - (await usedBytes(folder))));
    return (await Promise.all(rests)).reduce((sum, rest) => sum + rest, 0);
  }

  /** Whether the room was there and is now promised; else the job waits. Throws when waiting would be in vain. */
  async function tryReserve(own: Promised, bytes: number, likelyBytes: number): Promise<boolean> {
    const others = [...all].filter((promised) => promised !== own && promised.bytes > 0);
    const [free, taken] = [await deps.freeBytes(), await outstanding(others)];
    if (free - taken >= bytes) {
      own.bytes = (await usedBytes(own.folder)) + likelyBytes;
      return true;
    }
    if (free >= bytes && others.some(({ isWaiting }) => !isWaiting)) {
      const isNew = !own.isWaiting;
      own.isWaiting = true;
      if (isNew) tellWaiting(); // a job that waits too may have waited for this one
      return false;
    }
    const ofOthers = taken > 0 ? `, of which ${taken} are promised to other jobs,` : '';
    throw new ViewpointError('disk_full', `The volume ${deps.root} has ${free} bytes left${ofOthers} and the image needs ${bytes} more. Delete viewpoints or enlarge the volume.`);
  }

  return {
    reservationFor(folder) {
      const own: Promised = { folder, bytes: 0, isWaiting: false };
      all.add(own);
      return {
        async reserve(bytes, signal, likelyBytes = bytes) {
          try {
            for (;;) {
              signal.throwIfAborted();
              const { signal: change } = changed;
              const look = turn.then(() => tryReserve(own, bytes, likelyBytes));
              turn = look.catch(() => undefined);
              if (await look) return;
              await delay(LOOK_AGAIN_MS, undefined, { signal: AbortSignal.any([signal, change]) }).catch(() => undefined);
            }
          } finally {
            own.isWaiting = false;
          }
        },
        release() {
          if (all.delete(own)) tellWaiting();
        },
      };
    },
  };
}

/** Bytes that the files in a folder take on the disk, which for one that is preallocated are those written so far. */
async function usedBytes(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = names.map(async (name) => (await stat(join(folder, name)).catch(() => null))?.blocks ?? 0);
  return (await Promise.all(sizes)).reduce((sum, blocks) => sum + blocks * STAT_BLOCK_BYTES, 0);
}

/** What stat(2) counts `st_blocks` in. */
const STAT_BLOCK_BYTES = 512;
