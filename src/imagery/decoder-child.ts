import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Arrived } from '../domain/arrived.js';
import { deferred } from '../domain/deferred.js';
import { ViewpointError } from '../domain/errors.js';
import { childEnvironment } from './child-environment.js';
import type { ChildMessage, ChildRequest, ImageSize, OperationName, Operations, ParentMessage } from './protocol.js';

const ENTRY = fileURLToPath(new URL('./child/main.js', import.meta.url));
const HEAP_MEGABYTES = 256;
/** Images lie outside of V8's heap, whose young part would only grow. */
const SEMI_SPACE_MEGABYTES = 1;
const KEPT_STDERR_CHARACTERS = 2000;
/** A busy machine may take a while to load GDAL. */
const START_LIMIT_MS = 60_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface DecoderChildOptions {
  /** What the child may allocate for an image (heap and anonymous mappings), in bytes. */
  memoryLimitBytes: number;
  environment: Readonly<Record<string, string | undefined>>;
}

export interface RunOptions {
  signal: AbortSignal;
  /** The child is killed when the operation takes longer; time for loading GDAL and for `onSized` does not count. */
  timeoutMs: number;
  onProgress?: (fraction: number) => void;
  /**
   * Told what the image will cost before the work on its pixels begins, which waits for the answer: the time limit for
   * that, in milliseconds. A rejection ends the operation with its reason.
   */
  onSized?: (size: ImageSize) => Promise<number>;
  /** Of an image that is still being downloaded; the time until it is there as a whole does not count. */
  arrivals?: Arrivals;
}

/** Tells how far a download is. */
export interface Arrivals {
  /** Calls back with what is there now, and each time when more is, with null for the whole file; until what it returns is called. */
  follow(listener: (arrived: Arrived | null) => void): () => void;
}

export interface DecoderChild {
  readonly pid: number | undefined;
  readonly isAlive: boolean;
  /** Whether GDAL is loaded. */
  readonly isReady: boolean;
  /** Operations that this child has carried out. */
  readonly operationsDone: number;
  /** Carries out one operation; the child must be free. An abort, a time-out and a crash end the child. */
  run<Name extends OperationName>(operation: Name, request: Operations[Name]['request'], options: RunOptions): Promise<Operations[Name]['reply']>;
  /** Kills the child at once and resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts a GDAL child process; it loads GDAL while its first request waits. */
export function startDecoderChild(options: DecoderChildOptions): DecoderChild {
  const child = forkLimited(options);
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const closed = once(child, 'close');
  const ready = deferred<undefined>();
  let isReady = false;
  let stderr = '';
  let operationsDone = 0;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-KEPT_STDERR_CHARACTERS)));
  child.on('error', () => undefined); // a failed start also ends in `exit`; a failed send shows as one
  child.on('message', (message) => {
    if ((message as ChildMessage).kind !== 'ready') return;
    isReady = true;
    ready.resolve(undefined);
  });
  exited.catch(() => undefined);
  closed.catch(() => undefined);

  const isAlive = () => child.exitCode === null && child.signalCode === null && child.connected;

  return {
    pid: child.pid,
    get isAlive() {
      return isAlive();
    },
    get isReady() {
      return isReady;
    },
    get operationsDone() {
      return operationsDone;
    },
    async run(operation, request, { signal, timeoutMs, onProgress, onSized, arrivals }) {
      signal.throwIfAborted();
      if (isReady) stderr = '';
      const stop = new AbortController();
      const limit = createLimit(() => isReady, (error) => stop.abort(error));
      const stopped = AbortSignal.any([signal, stop.signal]);
      const kill = () => child.kill('SIGKILL');
      stopped.addEventListener('abort', kill, { once: true });
      const whole = deferred<undefined>();
      limit.start(isReady ? timeoutMs : START_LIMIT_MS);
      void ready.promise.then(() => {
        limit.start(timeoutMs);
        if (arrivals !== undefined) void limit.hold(whole.promise);
      });

      function sized(size: ImageSize): void {
        const answered = Promise.resolve(onSized?.(size) ?? timeoutMs);
        void limit.hold(answered);
        answered.then(
          (restMs) => {
            limit.start(restMs);
            send(child, { proceed: true });
          },
          (error: unknown) => stop.abort(error),
        );
      }

      function arrived(now: Arrived | null): void {
        send(child, { arrived: now });
        if (now === null) whole.resolve(undefined);
      }

      let unfollow: (() => void) | undefined;
      try {
        const replied = exchange(child, { operation, request }, { exited, onProgress, onSized: sized });
        unfollow = arrivals?.follow(arrived);
        const reply = await replied;
        operationsDone++;
        return reply as Operations[typeof operation]['reply'];
      } catch (error) {
        stopped.throwIfAborted();
        if (!(error instanceof ChildExit)) throw error;
        await closed; // only then is all that it said here
        throw endError(error, { isReady, stderr });
      } finally {
        unfollow?.();
        limit.end();
        stopped.removeEventListener('abort', kill);
      }
    },
    async kill() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await exited;
      }
    },
  };
}

/** The time limit of one operation; `start` begins it anew, and `hold` stops it until what is waited for has ended. */
function createLimit(isReady: () => boolean, onReached: (error: ViewpointError) => void) {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  let latestMs = 0;
  let holds = 0;

  function run(): void {
    clearTimeout(timer);
    if (isOver || holds > 0) return;
    const limitMs = latestMs;
    // Longer than a timer can run is no limit worth having.
    timer = setTimeout(() => onReached(isReady() ? timeoutError(limitMs) : startError(`GDAL was not loaded within ${limitMs / 1000} s`)), Math.min(limitMs, LONGEST_TIMER_MS));
  }

  return {
    start(limitMs: number) {
      latestMs = limitMs;
      run();
    },
    async hold(awaited: Promise<unknown>) {
      holds++;
      clearTimeout(timer);
      await awaited.catch(() => undefined);
      holds--;
      run();
    },
    end() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}

function send(child: ChildProcess, message: ParentMessage): void {
  // What cannot be sent finds the child at its end, which is reported as such.
  if (child.connected) child.send(message, () => undefined);
}

function forkLimited({ memoryLimitBytes, environment }: DecoderChildOptions): ChildProcess {
  return fork(ENTRY, [String(memoryLimitBytes)], {
    env: childEnvironment(environment),
    execArgv: [`--max-old-space-size=${HEAP_MEGABYTES}`, `--max-semi-space-size=${SEMI_SPACE_MEGABYTES}`],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Messages may hold bytes, which JSON has no form for.
    serialization: 'advanced',
  });
}

/** The child ended before it answered. */
class ChildExit extends Error {
  constructor(
    readonly exitCode: number | null,
    readonly exitSignal: NodeJS.Signals | null,
  ) {
    super(`decoder ended with ${exitSignal ?? `code ${exitCode ?? 'none'}`}`);
  }
}

interface ExchangeListener {
  exited: Promise<[number | null, NodeJS.Signals | null]>;
  onProgress: ((fraction: number) => void) | undefined;
  onSized: (size: ImageSize) => void;
}

function exchange(child: ChildProcess, request: ChildRequest, { exited, onProgress, onSized }: ExchangeListener): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      child.off('message', onMessage);
      finish();
    };
    const onMessage = (raw: unknown) => {
      const message = raw as ChildMessage;
      switch (message.kind) {
        case 'ready':
          return;
        case 'progress':
          return onProgress?.(message.fraction);
        case 'sized':
          onSized(message.size);
          return;
        case 'done':
          settle(() => resolve(message.reply));
          return;
        case 'failed':
          settle(() => reject(new ViewpointError(message.code, message.message)));
          return;
      }
    };
    child.on('message', onMessage);
    void exited.then(
      ([code, exitSignal]) => settle(() => reject(new ChildExit(code, exitSignal))),
      (error: unknown) => settle(() => reject(error instanceof Error ? error : new Error(String(error)))),
    );
    send(child, request);
  });
}

function timeoutError(timeoutMs: number): ViewpointError {
  return new ViewpointError(
    'decoder_timeout',
    `The image decoder was stopped since it took longer than ${Math.round(timeoutMs / 1000)} s, the limit for an image of this size (DECODER_TIMEOUT_SECONDS, DECODER_TIMEOUT_SECONDS_PER_GIGASAMPLE).`,
  );
}

function startError(reason: string, cause?: unknown): ViewpointError {
  return new ViewpointError('decoder_unavailable', `The image decoder does not start: ${reason}. The image is not at fault; see the log.`, { cause });
}

/**
 * What the end of a child means: before GDAL was loaded it says nothing of the image; a SIGKILL that we did not send comes
 * from outside, most often for lack of memory, and is worth another try. What the child said last is for the log alone.
 */
function endError(exit: ChildExit, { isReady, stderr }: { isReady: boolean; stderr: string }): ViewpointError {
  const cause = new Error(stderr.trim() === '' ? exit.message : `${exit.message}: ${stderr.trim()}`);
  const how = exit.exitSignal ?? `exit code ${exit.exitCode ?? 'none'}`;
  if (exit.exitSignal === 'SIGKILL' || exit.exitSignal === 'SIGTERM') {
    return new ViewpointError('decoder_killed', 'The image decoder was killed from outside, probably since the machine ran out of memory.', { cause });
  }
  if (!isReady) return startError(`it ended with ${how} while it loaded GDAL`, cause);
  return new ViewpointError('decoder_crashed', `The image decoder crashed on this image (${how}).`, { cause });
}
