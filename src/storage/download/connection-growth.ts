/** Decides how many connections a download uses, from how fast its bytes come. */
export interface ConnectionGrowth {
  /** How many to begin with. */
  readonly first: number;
  /** Takes note of bytes that came; the number of connections to add now, most often 0. */
  received(bytes: number): number;
}

const FIRST_CONNECTIONS = 4;
/** Time over which a rate is taken. */
const WINDOW_MS = 150;
/** A store such as S3 limits each connection to less than this; above it the machine is what limits. */
const UNLIMITED_BYTES_PER_SECOND = 110_000_000;
/** Twice the connections must bring so much more, or the network is full. */
const WORTHWHILE_GAIN = 1.25;
/** Windows after which more connections are tried again when the last ones brought nothing. */
const REST_WINDOWS = 30;

/**
 * Begins with a few connections and doubles them as long as each is slow and the last doubling has paid: many are
 * needed where the store limits each, and cost processor time for nothing where it does not.
 * @param most connections, at least 1.
 * @param now a clock, in milliseconds.
 * @param isBusy whether this process has had all it can do since it was last asked: then more connections would only keep others from being answered.
 */
export function createConnectionGrowth(most: number, now: () => number, isBusy: () => boolean): ConnectionGrowth {
  const first = Math.min(FIRST_CONNECTIONS, most);
  let connections = first;
  let windowStart = now();
  let windowBytes = 0;
  let windowsToRest = 0;
  let rateBeforeGrowth: number | null = null;

  function afterWindow(bytesPerSecond: number): number {
    if (windowsToRest > 0) {
      windowsToRest--;
      return 0;
    }
    if (rateBeforeGrowth !== null && bytesPerSecond < WORTHWHILE_GAIN * rateBeforeGrowth) {
      windowsToRest = REST_WINDOWS;
      rateBeforeGrowth = null;
      return 0;
    }
    if (bytesPerSecond / connections >= UNLIMITED_BYTES_PER_SECOND || isBusy()) return 0;
    const added = Math.min(connections, most - connections);
    connections += added;
    rateBeforeGrowth = bytesPerSecond;
    // New connections need a while to come up to speed.
    windowsToRest = 1;
    return added;
  }

  return {
    first,
    received(bytes) {
      windowBytes += bytes;
      if (connections >= most) return 0;
      const elapsedMs = now() - windowStart;
      if (elapsedMs < WINDOW_MS) return 0;
      const bytesPerSecond = (windowBytes / elapsedMs) * 1000;
      windowStart += elapsedMs;
      windowBytes = 0;
      return afterWindow(bytesPerSecond);
    },
  };
}
