import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ViewpointError } from '../domain/errors.js';
import { childEnvironment } from './child-environment.js';
import type { ChildMessage, ChildRequest, OperationName, Operations } from './protocol.js';

const ENTRY = fileURLToPath(new URL('./child/main.js', import.meta.url));
const PRLIMIT = '/usr/bin/prlimit';
const HEAP_MEGABYTES = 256;
const KEPT_STDERR_CHARACTERS = 2000;

export interface DecoderChildOptions {
  /** Limit on the child's data (heap and anonymous mappings), in bytes. */
  memoryLimitBytes: number;
  environment: Readonly<Record<string, string | undefined>>;
}

export interface RunOptions {
  signal: AbortSignal;
  /** The child is killed when the operation takes longer. */
  timeoutMs: number;
  onProgress?: (fraction: number) => void;
}

export interface DecoderChild {
  readonly pid: number | undefined;
  readonly isAlive: boolean;
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
  let stderr = '';
  let operationsDone = 0;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-KEPT_STDERR_CHARACTERS)));
  child.on('error', () => undefined); // a failed start also ends in `exit`; a failed send shows as one
  exited.catch(() => undefined);

  const isAlive = () => child.exitCode === null && child.signalCode === null && child.connected;

  return {
    pid: child.pid,
    get isAlive() {
      return isAlive();
    },
    get operationsDone() {
      return operationsDone;
    },
    async run(operation, request, { signal, timeoutMs, onProgress }) {
      signal.throwIfAborted();
      stderr = '';
      const stop = new AbortController();
      const timeout = setTimeout(() => stop.abort(timeoutError(timeoutMs)), timeoutMs);
      const stopped = AbortSignal.any([signal, stop.signal]);
      const kill = () => child.kill('SIGKILL');
      stopped.addEventListener('abort', kill, { once: true });
      try {
        const reply = await exchange(child, { operation, request }, exited, onProgress);
        operationsDone++;
        return reply as Operations[typeof operation]['reply'];
      } catch (error) {
        stopped.throwIfAborted();
        throw error instanceof ChildExit ? crashError(error, stderr) : error;
      } finally {
        clearTimeout(timeout);
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

function forkLimited({ memoryLimitBytes, environment }: DecoderChildOptions): ChildProcess {
  const nodeOptions = [`--max-old-space-size=${HEAP_MEGABYTES}`];
  const stdio: ('ignore' | 'pipe' | 'ipc')[] = ['ignore', 'ignore', 'pipe', 'ipc'];
  // Messages may hold bytes, which JSON has no form for.
  const common = { env: childEnvironment(environment), stdio, serialization: 'advanced' } as const;
  if (!existsSync(PRLIMIT)) return fork(ENTRY, { execArgv: nodeOptions, ...common });
  const limits = [`--data=${Math.round(memoryLimitBytes)}`, '--core=0'];
  return fork(ENTRY, { execPath: PRLIMIT, execArgv: [...limits, '--', process.execPath, ...nodeOptions], ...common });
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

function exchange(
  child: ChildProcess,
  request: ChildRequest,
  exited: Promise<[number | null, NodeJS.Signals | null]>,
  onProgress: ((fraction: number) => void) | undefined,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      child.off('message', onMessage);
      finish();
    };
    const onMessage = (raw: unknown) => {
      const message = raw as ChildMessage;
      if (message.kind === 'progress') onProgress?.(message.fraction);
      else if (message.kind === 'done') settle(() => resolve(message.reply));
      else settle(() => reject(new ViewpointError(message.code, message.message)));
    };
    child.on('message', onMessage);
    void exited.then(
      ([code, exitSignal]) => settle(() => reject(new ChildExit(code, exitSignal))),
      (error: unknown) => settle(() => reject(error instanceof Error ? error : new Error(String(error)))),
    );
    if (child.connected) child.send(request);
  });
}

function timeoutError(timeoutMs: number): ViewpointError {
  return new ViewpointError('decoder_timeout', `The image decoder was stopped since it took longer than ${Math.round(timeoutMs / 1000)} s, the limit for an image of this size.`);
}

/** SIGKILL that we did not send comes from outside, most often for lack of memory: worth another try. */
function crashError({ exitCode, exitSignal, message }: ChildExit, stderr: string): ViewpointError {
  const said = stderr.trim() === '' ? '' : ` It said: ${stderr.trim()}`;
  if (exitSignal === 'SIGKILL') {
    return new ViewpointError('decoder_killed', `The image decoder was killed from outside, probably since the machine ran out of memory.${said}`);
  }
  return new ViewpointError('decoder_crashed', `The image decoder crashed on this image (${exitSignal ?? `exit code ${exitCode ?? 'none'}`}).${said}`, { cause: message });
}

