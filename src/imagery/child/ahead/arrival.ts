import { isThere, type Arrived } from '../../../domain/arrived.js';
import { deferred } from '../../../domain/deferred.js';

/** Follows how much of an image is there that is still being downloaded. */
export interface Arrival {
  /** What is there now; null for all of it, when the file has its name. */
  update(arrived: Arrived | null): void;
  /** Resolves when the bytes from `start` up to, not including, `end` are there, or the whole file is. */
  readonly until: (start: number, end: number) => Promise<void>;
  /** Resolves when the whole file is there and has its name. */
  whole(): Promise<void>;
}

export function createArrival(): Arrival {
  let latest: Arrived | null = { prefixBytes: 0, suffixStart: Infinity, sizeBytes: Infinity };
  let changed = deferred<undefined>();

  const untilTrue = async (isEnough: (arrived: Arrived) => boolean): Promise<void> => {
    while (latest !== null && !isEnough(latest)) await changed.promise;
  };
  return {
    update(arrived) {
      latest = arrived;
      changed.resolve(undefined);
      changed = deferred<undefined>();
    },
    until: (start, end) => untilTrue((arrived) => isThere(arrived, start, end)),
    whole: () => untilTrue(() => false),
  };
}
