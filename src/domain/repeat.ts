/** Work that is done again and again. */
export interface Repetition {
  /** Begins no further run; resolves when none is under way. */
  stop(): Promise<void>;
}

/**
 * Does the work, one run at a time: first after `firstMs`, then each time so long after the end of the run before as
 * that answers, in milliseconds; never again after Infinity. The work handles its own failures, which alone knows what
 * they mean for the next run; `stopping` is aborted by `stop`.
 */
export function repeat(firstMs: number, work: (stopping: AbortSignal) => Promise<number>): Repetition {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    schedule(await work(stopping.signal));
  }

  function schedule(pauseMs: number): void {
    if (stopping.signal.aborted || pauseMs === Infinity) return;
    timer = setTimeout(() => {
      underWay = run();
    }, pauseMs);
  }

  schedule(firstMs);

  return {
    async stop() {
      stopping.abort(new Error('stopped'));
      clearTimeout(timer);
      await underWay;
    },
  };
}
