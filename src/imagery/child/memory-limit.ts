import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const PRLIMIT = '/usr/bin/prlimit';

/**
 * Bounds what this process may allocate from here on, in bytes (RLIMIT_DATA, getrlimit(2)); unbounded where there is
 * no prlimit. What it holds already comes on top, since that is not the image's affair: some versions of Node reserve
 * half a gigabyte for code, all of which the kernel counts. Core dumps, which would hold the image, are off.
 */
export function limitMemory(limitBytes: number): void {
  if (!existsSync(PRLIMIT)) return;
  const [, heldKilobytes = '0'] = /^VmData:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  execFileSync(PRLIMIT, [`--pid=${process.pid}`, `--data=${Math.round(Number(heldKilobytes) * 1024 + limitBytes)}`, '--core=0'], { stdio: 'ignore' });
}
