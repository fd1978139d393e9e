import { spawnSync } from 'node:child_process';
import { CommandError, describe, findProgram, runCommand } from './command.mjs';

/**
 * @returns {string[] | undefined} how to call apt-get with the rights that it needs; undefined where
 *   there is no apt-get or it would have to ask for a password
 */
function aptCommand() {
  if (!findProgram('apt-get')) return undefined;
  if (process.getuid?.() === 0) return ['apt-get'];
  const withoutPassword = findProgram('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0;
  return withoutPassword ? ['sudo', '-n', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'] : undefined;
}

/** Whether `installPackages` stands a chance. */
export function canInstallPackages() {
  return aptCommand() !== undefined;
}

/**
 * Installs Debian or Ubuntu packages. A new machine's package lists are missing or too old, so a
 * first failure fetches them and tries again.
 * @param {string[]} names
 * @param {string} cwd
 * @throws {Error} with apt-get's own words
 */
export async function installPackages(names, cwd) {
  const [file = 'apt-get', ...before] = aptCommand() ?? [];
  const toGiveUpSooner = ['Acquire::Retries=1', 'Acquire::http::Timeout=20', 'Acquire::https::Timeout=20', 'DPkg::Lock::Timeout=300'];
  const settings = toGiveUpSooner.flatMap((setting) => ['-o', setting]);
  /** @param {string[]} args */
  const apt = (...args) =>
    runCommand(file, [...before, ...settings, ...args], { cwd, limitSeconds: 900, env: { DEBIAN_FRONTEND: 'noninteractive' } });
  const install = () => apt('install', '-y', '--no-install-recommends', ...names);
  try {
    await install().catch(() => apt('update').then(install));
  } catch (error) {
    const reason = error instanceof CommandError && error.lines.find((line) => line.startsWith('E: '));
    throw new Error(`apt-get could not install ${names.join(', ')} (${reason || describe(error)})`, { cause: error });
  }
}
