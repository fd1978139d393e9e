import { readdirSync, readFileSync } from 'node:fs';

const SAMPLE_INTERVAL_MS = 50;
const TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux that Node supports

export interface TreePeaks {
  /** Most memory of the process itself, its share of shared pages included, in 2^20 bytes. */
  ownMegabytes: number;
  /** Most memory of the process and all below it together; a page that several share counts once. */
  treeMegabytes: number;
}

/** Watches the memory of a process and all below it, by their proportional set sizes (smaps_rollup of /proc). */
export function watchMemory(pid: number): { stop(): TreePeaks } {
  const peaks: TreePeaks = { ownMegabytes: 0, treeMegabytes: 0 };
  const look = () => {
    const own = proportionalMegabytes(pid);
    const tree = descendantsOf(pid).reduce((sum, child) => sum + proportionalMegabytes(child), own);
    peaks.ownMegabytes = Math.max(peaks.ownMegabytes, own);
    peaks.treeMegabytes = Math.max(peaks.treeMegabytes, tree);
  };
  const timer = setInterval(look, SAMPLE_INTERVAL_MS);
  return {
    stop() {
      look();
      clearInterval(timer);
      return peaks;
    },
  };
}

/** CPU time so far of a process and all below it, those that have ended included, in seconds. */
export function cpuSecondsOf(pid: number): number {
  return [pid, ...descendantsOf(pid)].reduce((sum, each) => sum + ticksOf(each), 0) / TICKS_PER_SECOND;
}

function ticksOf(pid: number): number {
  // After the name, which may hold spaces: state is field 3; utime, stime, cutime and cstime are 14 to 17 (proc(5)).
  const fields = readProc(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
}

function proportionalMegabytes(pid: number): number {
  const [, kilobytes = '0'] = /^Pss:\s+(\d+) kB/m.exec(readProc(pid, 'smaps_rollup')) ?? [];
  return Number(kilobytes) / 1024;
}

function descendantsOf(pid: number): number[] {
  const children = threadsOf(pid).flatMap((thread) => readProc(pid, `task/${thread}/children`).split(' ').filter(Boolean).map(Number));
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return []; // it has ended
  }
}

function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return ''; // it has ended
  }
}
