import { startDecoderChild, type DecoderChild, type DecoderChildOptions, type RunOptions } from './decoder-child.js';
import type { OperationName, Operations } from './protocol.js';

/** Operations after which a child is replaced, lest what its decoders leak adds up. */
const OPERATIONS_PER_CHILD = 200;
/** Time for which more children stay than are expected to be needed. */
const SURPLUS_MS = 60_000;

export interface DecoderPool {
  /**
   * Carries out an operation in a child process of its own.
   * @throws ViewpointError of the operation; `decoder_unavailable`, `decoder_crashed`, `decoder_killed`, `decoder_timeout`; the signal's reason after an abort.
   */
  run<Name extends OperationName>(operation: Name, request: Operations[Name]['request'], options: RunOptions): Promise<Operations[Name]['reply']>;
  /** Says that operations will come soon, until what it answers is called: a child for them loads GDAL meanwhile. */
  expect(): () => void;
  /** Makes sure that decoders work: a free child, if there is one, loads GDAL. @throws when it does not within the time. */
  check(timeoutMs: number, signal: AbortSignal): Promise<void>;
  /** Kills all children, busy ones too. */
  close(): Promise<void>;
}

export interface DecoderPoolOptions extends DecoderChildOptions {
  /** Most children kept warm, since one takes up to a second to load GDAL: as many as jobs are expected, and one for the next. */
  warmChildren: number;
  /** Called for each child process that is started. */
  onStart?: () => void;
}

/**
 * A pool of GDAL child processes: as many as there are operations at a time. One stays warm when idle, and more while
 * more are expected, since each takes some 50 MB.
 */
export function createDecoderPool(options: DecoderPoolOptions): DecoderPool {
  const idle: DecoderChild[] = [];
  const busy = new Set<DecoderChild>();
  let isClosed = false;
  let expected = 0;
  let surplusTimer: NodeJS.Timeout | undefined;
  const wanted = () => Math.min(options.warmChildren, Math.max(1, expected));

  function startChild(): DecoderChild {
    options.onStart?.();
    return startDecoderChild(options);
  }

  function keepWarm(): void {
    while (!isClosed && idle.length + busy.size < wanted()) idle.push(startChild());
  }

  function dropSurplusLater(): void {
    if (isClosed || surplusTimer !== undefined || idle.length + busy.size <= wanted()) return;
    surplusTimer = setTimeout(() => {
      surplusTimer = undefined;
      // From the front: the last ones are those in use.
      while (idle.length > 0 && idle.length + busy.size > wanted()) void idle.shift()?.kill();
    }, SURPLUS_MS).unref();
  }

  function take(): DecoderChild {
    if (isClosed) throw new Error('the decoder pool is closed');
    let child = idle.pop();
    while (child !== undefined && !child.isAlive) child = idle.pop();
    child ??= startChild();
    busy.add(child);
    return child;
  }

  async function giveBack(child: DecoderChild): Promise<void> {
    busy.delete(child);
    const isFit = child.isAlive && child.operationsDone < OPERATIONS_PER_CHILD;
    if (!isClosed && isFit && idle.length < options.warmChildren) idle.push(child);
    else await child.kill();
    keepWarm();
    dropSurplusLater();
  }

  keepWarm();

  return {
    async run(operation, request, runOptions) {
      const child = take();
      try {
        return await child.run(operation, request, runOptions);
      } finally {
        await giveBack(child);
      }
    },
    expect() {
      expected++;
      keepWarm();
      return () => {
        expected--;
        dropSurplusLater();
      };
    },
    async check(timeoutMs, signal) {
      // Busy children have shown that they start, and a further one would cost the memory of one more.
      if (idle.length === 0 && [...busy].some((child) => child.isReady)) return;
      await this.run('probe', {}, { signal, timeoutMs });
    },
    async close() {
      isClosed = true;
      clearTimeout(surplusTimer);
      await Promise.all([...idle.splice(0), ...busy].map((child) => child.kill()));
    },
  };
}
