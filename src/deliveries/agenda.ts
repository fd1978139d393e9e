/** Runs something per key when its time has come: one run per key, so many at a time, the earliest first. */
export interface Agenda {
  /** Asks for a run at a time, in epoch milliseconds; an earlier one that is asked for already stays. */
  add(key: string, at: number): void;
  /** Begins no more runs; resolves when those under way have ended. */
  stop(): Promise<void>;
}

export interface AgendaDeps {
  now: () => number;
  concurrency: number;
  /** Answers when the key wants its next run, in epoch milliseconds, or 0 for never; must not throw. */
  run: (key: string) => Promise<number>;
}

/** Timers of Node.js take no longer waits than some weeks, and clocks are set. */
const LONGEST_SLEEP_MS = 60_000;

export function createAgenda({ now, concurrency, run }: AgendaDeps): Agenda {
  const wanted = new Map<string, number>();
  const running = new Map<string, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let wakesAt = Infinity;
  let isStopped = false;

  function add(key: string, at: number): void {
    if (isStopped) return;
    wanted.set(key, Math.min(at, wanted.get(key) ?? Infinity));
    if (at < wakesAt) startDue();
  }

  function startDue(): void {
    clearTimeout(timer);
    wakesAt = Infinity;
    if (isStopped) return;
    const startable = [...wanted].filter(([key]) => !running.has(key)).sort(([, left], [, right]) => left - right);
    for (const [key, at] of startable) {
      if (running.size >= concurrency) return; // the end of a run starts the next
      if (at > now()) {
        wakesAt = at;
        timer = setTimeout(startDue, Math.min(LONGEST_SLEEP_MS, at - now()));
        return;
      }
      wanted.delete(key);
      running.set(key, runOnce(key));
    }
  }

  async function runOnce(key: string): Promise<void> {
    const next = await run(key);
    running.delete(key);
    if (next > 0) add(key, next);
    else startDue();
  }

  return {
    add,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await Promise.all(running.values());
    },
  };
}
