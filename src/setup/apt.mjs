import { spawnSync } from 'node:child_process';
import { findProgram, runCommand } from './command.mjs';

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
 * @throws {import('./command.mjs').CommandError}
 */
export async function installPackages(names, cwd) {
  const [file, ...before] = aptCommand() ?? ['apt-get'];
  const quickToFail = ['-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=20', '-o', 'Acquire::https::Timeout=20', '-o', 'DPkg::Lock::Timeout=300'];
  const options = { cwd, limitSeconds: 900, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  const install = () => runCommand(file ?? 'apt-get', [...before, ...quickToFail, 'install', '-y', '--no-install-recommends', ...names], options);
  try {
    await install();
  } catch {
    await runCommand(file ?? 'apt-get', [...before, ...quickToFail, 'update'], options);
    await install();
  }
}
