/** Decides how many connections a download uses, from how fast its bytes come. */
export interface ConnectionGrowth {
  /** How many to begin with. */
  readonly first: number;
  /** Takes note of bytes that came while all connections were in use; the number of connections to add now, most often 0. */
  received(bytes: number): number;
}

export interface ConnectionGrowths {
  /**
   * For one download.
   * @param most connections, at least 1.
   * @param isBusy whether this process has had all it can do since it was last asked: then more connections would only keep others from being answered.
   */
  begin(most: number, isBusy: () => boolean): ConnectionGrowth;
}

const FEWEST_CONNECTIONS = 4;
/** Time over which a rate is taken. */
const WINDOW_MS = 100;
/** A store such as S3 limits each connection to less than this; above it the machine is what limits. */
const UNLIMITED_BYTES_PER_SECOND = 110_000_000;
/** Twice the connections must bring so much more, or the network is full. */
const WORTHWHILE_GAIN = 1.25;
/** Windows after which more connections are tried again when the last ones brought nothing. */
const REST_WINDOWS = 45;

/**
 * Begins with a few connections and doubles them as long as each is slow and the last doubling has paid: many are
 * needed where the store limits each, and cost memory and processor time for nothing where it does not. The next
 * download begins with as many as have paid, or with half of those that it turned out not to need.
 * @param now a clock, in milliseconds.
 */
export function createConnectionGrowths(now: () => number): ConnectionGrowths {
  let worthwhile = FEWEST_CONNECTIONS;

  return {
    begin(most, isBusy) {
      const wanted = worthwhile;
      const first = Math.min(wanted, most);
      let connections = first;
      let windowStart = now();
      let windowBytes = 0;
      let windowsToRest = 0;
      let beforeGrowth: { connections: number; bytesPerSecond: number } | null = null;

      /** A small object says nothing of more connections than it has parts. */
      function learn(count: number): void {
        if (first === wanted) worthwhile = count;
      }

      function afterWindow(bytesPerSecond: number): number {
        if (windowsToRest > 0) {
          windowsToRest--;
          return 0;
        }
        if (beforeGrowth !== null) {
          const hasPaid = bytesPerSecond >= WORTHWHILE_GAIN * beforeGrowth.bytesPerSecond;
          learn(hasPaid ? connections : beforeGrowth.connections);
          beforeGrowth = null;
          if (!hasPaid) {
            windowsToRest = REST_WINDOWS;
            return 0;
          }
        }
        if (bytesPerSecond / connections >= UNLIMITED_BYTES_PER_SECOND || isBusy()) {
          if (connections === first) learn(Math.max(FEWEST_CONNECTIONS, Math.ceil(first / 2)));
          return 0;
        }
        const added = Math.min(connections, most - connections);
        if (added === 0) return 0;
        beforeGrowth = { connections, bytesPerSecond };
        connections += added;
        // New connections need a while to come up to speed.
        windowsToRest = 1;
        return added;
      }

      return {
        first,
        received(bytes) {
          windowBytes += bytes;
          const elapsedMs = now() - windowStart;
          if (elapsedMs < WINDOW_MS) return 0;
          const bytesPerSecond = (windowBytes / elapsedMs) * 1000;
          windowStart += elapsedMs;
          windowBytes = 0;
          return afterWindow(bytesPerSecond);
        },
      };
    },
  };
}
