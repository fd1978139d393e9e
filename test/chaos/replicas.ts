import { listProcesses } from '../run/processes.js';
import { request } from '../support/http.js';
import { startServer, type End, type RunningProgram } from '../support/program.js';

/** One place in the fleet, in which one process follows another. */
export interface Replica {
  /** Name of the process that is there now. */
  name(): string;
  pid(): number;
  url(): string;
  isUp(): boolean;
  isSuspended(): boolean;
  kill(): void;
  suspend(): void;
  resume(): void;
  /** Pids of its GDAL children. */
  children(): number[];
  /** The jobs that run there now; none when it does not answer. */
  running(): Promise<RunningJob[]>;
  signal(signal: NodeJS.Signals): void;
}

export interface RunningJob {
  viewpointId: string;
  step: string;
}

export interface Fleet {
  readonly replicas: readonly Replica[];
  /** Replicas that run and answer. */
  up(): Replica[];
  whenUp(): Promise<void>;
  /** Resolves when a replica has come up or goes on. */
  whenChanged(): Promise<void>;
  /** Ends all; resolves with how the process of each place ended. */
  stop(): Promise<void>;
  /** The kills so far. */
  readonly kills: readonly ReplicaKill[];
  /** What is left of the processes that have ended. */
  readonly ends: readonly ProcessEnd[];
}

export interface ReplicaKill {
  /** Of the process. */
  name: string;
  atMs: number;
}

export interface ProcessEnd {
  name: string;
  /** Whether it was to end. */
  isWanted: boolean;
  end: End;
}

/** A replica that has not stopped after this is killed, which shows as an end of its own. */
const STOP_LIMIT_MS = 20_000;

/** Starts so many replicas, and each anew when it is killed. `variablesOf` makes the environment of the process of that name. */
export async function startFleet(count: number, variablesOf: (name: string) => Record<string, string>): Promise<Fleet> {
  const ends: ProcessEnd[] = [];
  const kills: ReplicaKill[] = [];
  let isStopping = false;
  const upListeners = new Set<() => void>();
  const places = Array.from({ length: count }, (_, index) => createPlace(String.fromCharCode(97 + index)));

  function createPlace(letter: string) {
    let generation = 0;
    let name = letter;
    let program: (RunningProgram & { url: string }) | null = null;
    let isKilled = false;
    let isSuspended = false;
    let ended: Promise<void> = Promise.resolve();

    async function start(): Promise<void> {
      name = `${letter}${generation++}`;
      isKilled = false;
      isSuspended = false;
      const ownName = name;
      try {
        program = await startServer(variablesOf(ownName));
      } catch (error) {
        ends.push({ name: ownName, isWanted: isStopping, end: { code: null, signal: null, stdout: '', stderr: String(error) } });
        if (!isStopping) ended = start();
        return;
      }
      if (isStopping) program.kill('SIGTERM');
      ended = program.end.then((end) => {
        ends.push({ name: ownName, isWanted: isKilled || isStopping, end });
        program = null;
        if (!isStopping) ended = start();
      });
      for (const notify of [...upListeners]) notify();
    }

    const replica: Replica = {
      name: () => name,
      pid: () => program?.pid ?? 0,
      url: () => program?.url ?? '',
      isUp: () => program !== null && !isKilled && !isSuspended,
      isSuspended: () => isSuspended,
      kill() {
        // Without a process there is nothing to kill; the next one must not count as killed.
        if (program === null || isKilled) return;
        isKilled = true;
        kills.push({ name, atMs: Date.now() });
        program.kill('SIGKILL');
      },
      suspend() {
        if (program === null) return;
        isSuspended = true;
        program.kill('SIGSTOP');
      },
      resume() {
        isSuspended = false;
        program?.kill('SIGCONT');
        for (const notify of [...upListeners]) notify();
      },
      signal: (signal) => program?.kill(signal),
      children: () => listProcesses().filter(({ parent, isZombie }) => program !== null && parent === program.pid && !isZombie).map(({ pid }) => pid),
      async running() {
        try {
          const { json } = await request(`${program?.url ?? 'http://127.0.0.1:9'}/executor`, { signal: AbortSignal.timeout(1000) });
          return (json as { running: { viewpoint_id: string; step: string }[] }).running.map(({ viewpoint_id, step }) => ({ viewpointId: viewpoint_id, step }));
        } catch {
          return [];
        }
      },
    };
    return {
      replica,
      start: () => (ended = start()),
      kill: () => program?.kill('SIGKILL'),
      async stop(): Promise<void> {
        program?.kill('SIGCONT');
        program?.kill('SIGTERM');
        const tooLate = setTimeout(() => program?.kill('SIGKILL'), STOP_LIMIT_MS);
        do await ended;
        while (program !== null);
        clearTimeout(tooLate);
      },
    };
  }

  const whenChanged = () => new Promise<void>((resolve) => {
    upListeners.add(function once() {
      upListeners.delete(once);
      resolve();
    });
  });

  // Should the harness itself end early, nothing of it stays behind.
  const killAll = () => places.forEach((place) => place.kill());
  process.once('exit', killAll);
  await Promise.all(places.map((place) => place.start()));
  const replicas = places.map(({ replica }) => replica);
  return {
    replicas,
    ends,
    kills,
    up: () => replicas.filter((replica) => replica.isUp()),
    async whenUp() {
      while (!replicas.some((replica) => replica.isUp())) await whenChanged();
    },
    whenChanged,
    async stop() {
      isStopping = true;
      await Promise.all(places.map((place) => place.stop()));
      process.off('exit', killAll);
    },
  };
}
