/** What a transfer must keep up with. */
export interface WatchdogOptions {
  /** Longest wait for the next bytes, the answer's first included; also the time over which the rate is taken. */
  readonly stallTimeoutMs: number;
  /** Slowest rate put up with, over each `stallTimeoutMs` of waiting. */
  readonly minimumBytesPerSecond: number;
}

/** A transfer that came to nothing for a reason that may pass: a stall, a drip, an answer that is not what was asked for. */
export class TransferFault extends Error {
  override readonly name = 'TransferFault';
}

/**
 * Watches over one request. Only waiting for the network counts: the time in which the caller writes to the disk does not.
 */
export interface Watchdog {
  /** Aborted when the transfer stalls or drips, with a `TransferFault`, or when the caller's signal is, with its reason. */
  readonly signal: AbortSignal;
  /** The promise's outcome, or the signal's reason as soon as that is aborted, whether or not the promise heeds it. */
  wait<T>(pending: Promise<T>): Promise<T>;
  received(bytes: number): void;
  /** Abandons the request where it is not finished. */
  abandon(): void;
  /** Lets go of the caller's signal. To be called in the end. */
  release(): void;
}

export function createWatchdog(callerSignal: AbortSignal, options: WatchdogOptions): Watchdog {
  const controller = new AbortController();
  const onCallerAbort = (): void => controller.abort(callerSignal.reason);
  callerSignal.addEventListener('abort', onCallerAbort, { once: true });
  if (callerSignal.aborted) onCallerAbort();
  let waitedMs = 0;
  let windowBytes = 0;

  const checkRate = (): void => {
    if (waitedMs < options.stallTimeoutMs) return;
    const bytesPerSecond = (windowBytes / waitedMs) * 1000;
    waitedMs = 0;
    windowBytes = 0;
    if (bytesPerSecond >= options.minimumBytesPerSecond) return;
    controller.abort(new TransferFault(`S3 sent ${Math.round(bytesPerSecond)} bytes per second, less than the ${options.minimumBytesPerSecond} demanded`));
  };

  return {
    signal: controller.signal,
    wait: async (pending) => {
      const start = performance.now();
      const stall = setTimeout(() => {
        controller.abort(new TransferFault(`S3 sent nothing for ${options.stallTimeoutMs / 1000} s`));
      }, options.stallTimeoutMs);
      try {
        return await outcomeOrAbort(pending, controller.signal);
      } finally {
        clearTimeout(stall);
        waitedMs += performance.now() - start;
      }
    },
    received: (bytes) => {
      windowBytes += bytes;
      checkRate();
    },
    abandon: () => controller.abort(),
    release: () => callerSignal.removeEventListener('abort', onCallerAbort),
  };
}

async function outcomeOrAbort<T>(pending: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort: (() => void) | undefined;
  try {
    return await new Promise<T>((resolve, reject) => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever the caller gave as its reason
      onAbort = () => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
      pending.then(resolve, reject);
    });
  } finally {
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
  }
}
