import { cpus, type CpuInfo } from 'node:os';

/** So many cores must be idle; of a machine with a single one, half of it. */
const WANTED_CORES = 0.75;

/** Answers whether cores of the machine have had nothing to do since the last question; the first answer is for the time since it was made. */
export function createIdleCoresWatch(cores: () => readonly Pick<CpuInfo, 'times'>[] = cpus): () => boolean {
  let last = sumsOf(cores());
  return () => {
    const now = sumsOf(cores());
    const [idleMs, allMs] = [now.idleMs - last.idleMs, now.allMs - last.allMs];
    last = now;
    return allMs > 0 && (idleMs / allMs) * now.count >= Math.min(WANTED_CORES, now.count / 2);
  };
}

function sumsOf(cores: readonly Pick<CpuInfo, 'times'>[]): { count: number; idleMs: number; allMs: number } {
  const times = cores.map((core) => core.times);
  const idleMs = times.reduce((sum, { idle }) => sum + idle, 0);
  const allMs = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  return { count: times.length, idleMs, allMs };
}
