import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, SetUpError, describe, runCommand, say } from './command.mjs';
import { readStamp, updateStamp } from './stamp.mjs';

/**
 * The packages of package-lock.json in node_modules, without their install scripts: the one that
 * matters, gdal-async's, would compile for half an hour where its binary cannot be downloaded, and
 * has a step of its own.
 * @param {string} root
 * @returns {import('./set-up.mjs').Step}
 */
export function packagesStep(root) {
  const lockfile = () => createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  return {
    isDone: () => readStamp(root).lockfile === lockfile() && existsSync(join(root, 'node_modules', '.package-lock.json')),
    async run() {
      if (!matchesLockfile(root)) await install(root);
      updateStamp(root, { lockfile: lockfile() });
    },
  };
}

/**
 * Whether node_modules already holds what the lockfile lists, as after a developer's own `npm install`.
 * npm writes what it installed into node_modules/.package-lock.json.
 * @param {string} root
 */
function matchesLockfile(root) {
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const present = installed[path];
    // npm leaves out optional packages that are for another platform.
    if (!present) return entry.optional === true || entry.devOptional === true;
    return present.version === entry.version && present.integrity === entry.integrity;
  });
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean, devOptional?: boolean }>}
 */
function packagesOf(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

/** @param {string} root */
async function install(root) {
  say('Installing the packages (npm ci), about half a minute …');
  // The npm that runs us, if one does: it need not be the first in PATH.
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const [file = 'npm', ...before] = npm;
  const toGiveUpSooner = ['--fetch-timeout=60000', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=10000'];
  const args = [...before, 'ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', ...toGiveUpSooner];
  try {
    await runCommand(file, args, { cwd: root, limitSeconds: 900 });
  } catch (error) {
    const reasons = error instanceof CommandError ? error.lines.filter((line) => /^npm (error|ERR!) \S/.test(line)).slice(0, 5) : [];
    throw new SetUpError(
      ['The packages could not be installed.', ...(reasons.length > 0 ? reasons : [describe(error)])].join('\n  '),
      'see that npm reaches its registry (npm ping) and that this folder is writable, then run the command again. ' +
        'If package.json was edited by hand, run npm install first.',
      { cause: error });
  }
}
