import { readdirSync, readFileSync } from 'node:fs';

const SAMPLE_INTERVAL_MS = 50;
const MEGABYTE = 1024 * 1024;

/** Watches the resident memory of a process and its children, in 2^20 bytes; 0 where there is no /proc. */
export function watchMemory(pid: number): { stop(): { serviceMegabytes: number; togetherMegabytes: number } } {
  let serviceMegabytes = 0;
  let togetherMegabytes = 0;
  const timer = setInterval(() => {
    const own = residentMegabytes(pid);
    const children = childrenOf(pid).reduce((sum, child) => sum + residentMegabytes(child), 0);
    serviceMegabytes = Math.max(serviceMegabytes, own);
    togetherMegabytes = Math.max(togetherMegabytes, own + children);
  }, SAMPLE_INTERVAL_MS);
  return {
    stop() {
      clearInterval(timer);
      return { serviceMegabytes: Math.round(serviceMegabytes), togetherMegabytes: Math.round(togetherMegabytes) };
    },
  };
}

function residentMegabytes(pid: number): number {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return (Number(kilobytes ?? 0) * 1024) / MEGABYTE;
  } catch {
    return 0; // it has ended
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}
