import { existsSync, readdirSync, readFileSync } from 'node:fs';

export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly isZombie: boolean;
}

/** Every process of this machine; none where there is no /proc. */
export function listProcesses(): ProcessEntry[] {
  if (!existsSync('/proc/self/stat')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);
}

/** proc(5): after the program's name, in parentheses, come state, parent and process group. */
export function readProcess(pid: number): ProcessEntry | undefined {
  const stat = readProcFile(pid, 'stat');
  const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return group === undefined ? undefined : { pid, parent: Number(parent), group: Number(group), isZombie: state === 'Z' };
}

/** Its program and arguments. */
export function readArguments(pid: number): string[] {
  return readProcFile(pid, 'cmdline').split('\0').slice(0, -1);
}

/** Whether it was started with this NAME=value in its environment. */
export function hasInEnvironment(pid: number, variable: string): boolean {
  return readProcFile(pid, 'environ').split('\0').includes(variable);
}

export function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself just now.
  }
}

/** Empty when the process has gone or belongs to somebody else. */
function readProcFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
