import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { hasInEnvironment, killProcess, listProcesses, readArguments, readProcess } from './processes.js';

const GRACE_MILLISECONDS = 3_000;
const POLL_MILLISECONDS = 50;
const WATCH_MILLISECONDS = 1_000;

export interface ProcessWatch {
  /**
   * Ends the processes that outlived the tests which started them, after a short grace for those on
   * their way out. Returns what was wrong, for people: these, and the files that took too long.
   */
  end(): Promise<string[]>;
}

/**
 * Watches the processes of a test run; call it before the first one starts. A test file's process is
 * killed after `fileLimitMilliseconds`, since node:test's own limits differ: Node 20 ends the file,
 * Node 24 only the test, and what keeps the file's process alive stays. Does nothing without /proc.
 *
 * A process belongs to the run if it inherited a mark from our environment or, when it was given an
 * environment of its own, if it is in our process group and has lost its parent.
 */
export function watchProcesses(files: readonly string[], fileLimitMilliseconds: number): ProcessWatch {
  const mark = randomUUID();
  process.env.TEST_RUN_MARK = mark;
  const isMarked = (pid: number): boolean => hasInEnvironment(pid, `TEST_RUN_MARK=${mark}`);
  const ownGroup = readProcess(process.pid)?.group;
  const before = new Set(listProcesses().map(({ pid }) => pid));
  const firstSeen = new Map<number, number>();
  const problems: string[] = [];

  const listNew = (): ReturnType<typeof listProcesses> => listProcesses().filter(({ pid, isZombie }) => !before.has(pid) && !isZombie);

  const killLateFiles = (): void => {
    for (const { pid, parent } of listNew()) {
      const file = parent === process.pid ? readArguments(pid).find((argument) => files.includes(argument)) : undefined;
      if (file === undefined) continue;
      const since = firstSeen.get(pid) ?? performance.now();
      firstSeen.set(pid, since);
      if (performance.now() - since < fileLimitMilliseconds) continue;
      problems.push(`Killed after ${fileLimitMilliseconds / 1000} s: ${file}`);
      killProcess(pid);
    }
  };

  const findLeftovers = (): number[] =>
    listNew()
      .filter(({ pid, parent, group }) => isMarked(pid) || (group === ownGroup && parent === 1))
      .map(({ pid }) => pid);

  const timer = setInterval(killLateFiles, WATCH_MILLISECONDS).unref();
  return {
    async end() {
      clearInterval(timer);
      const deadline = performance.now() + GRACE_MILLISECONDS;
      while (findLeftovers().length > 0 && performance.now() < deadline) await delay(POLL_MILLISECONDS);
      for (const pid of findLeftovers()) {
        problems.push(`A test left a process behind: ${pid} ${readArguments(pid).join(' ')}`);
        killProcess(pid);
      }
      return problems;
    },
  };
}
