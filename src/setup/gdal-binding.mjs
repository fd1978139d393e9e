import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { canInstallPackages, installPackages } from './apt.mjs';
import { describe, findProgram, runCommand, say } from './command.mjs';

// What a run of node-pre-gyp takes from npm's configuration is set here alone, so that the outcome
// does not hang on how the set-up was started.
const neutral = { npm_config_build_from_source: undefined, npm_config_fallback_to_build: undefined, npm_config_shared_gdal: undefined };

/** @param {string} packageFolder */
const nodePreGyp = (packageFolder) => join(packageFolder, 'node_modules', '@mapbox', 'node-pre-gyp', 'bin', 'node-pre-gyp');

/**
 * Downloads the binary that gdal-async's authors built for this Node and platform.
 * @param {string} packageFolder node_modules/gdal-async
 * @throws {Error} when there is none, or it did not arrive within a minute
 */
export async function download(packageFolder) {
  say('GDAL: looking for a prebuilt binary, at most a minute …');
  const options = { cwd: packageFolder, env: neutral };
  const revealed = await runCommand(process.execPath, [nodePreGyp(packageFolder), 'reveal', 'hosted_tarball', '--loglevel=silent'], { ...options, limitSeconds: 20 });
  await probe(revealed.at(-1) ?? '');
  await runCommand(process.execPath, [nodePreGyp(packageFolder), 'install', '--update-binary'], { ...options, limitSeconds: 60 });
}

/**
 * Asks for the header first: on a network that swallows packets this fails in seconds, not a minute.
 * @param {string} url
 */
async function probe(url) {
  // Node's fetch does not go through a proxy by itself; node-pre-gyp does.
  if (process.env.HTTP_PROXY || process.env.http_proxy || process.env.npm_config_proxy) return;
  let status;
  try {
    ({ status } = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(8_000) }));
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Error(`${new URL(url).host} does not answer (${describe(cause)})`, { cause: error });
  }
  if (status === 404) throw new Error('its authors built none for this Node and platform');
}

/**
 * Compiles against the system's GDAL, which apt-get brings where it can.
 * @param {string} packageFolder node_modules/gdal-async
 */
export async function compileShared(packageFolder) {
  const missing = missingPackages({ 'gdal-config': 'libgdal-dev', ...compilers });
  await install(missing, packageFolder);
  const [version] = await runCommand('gdal-config', ['--version'], { cwd: packageFolder, limitSeconds: 20 });
  await compile(packageFolder, `GDAL: compiling gdal-async against GDAL ${version}, about ${minutes(2.5)} …`, 'true', 60);
}

/**
 * Compiles the GDAL that gdal-async bundles.
 * @param {string} packageFolder node_modules/gdal-async
 */
export async function compileBundled(packageFolder) {
  await install(missingPackages(compilers), packageFolder);
  await compile(packageFolder, `GDAL: compiling the whole of GDAL, about ${minutes(60)} …`, 'false', 2600);
}

/** Program → the Debian package that has it. */
const compilers = { 'g++': 'g++', make: 'make', python3: 'python3' };

/** @param {Record<string, string>} programs */
function missingPackages(programs) {
  return Object.entries(programs).filter(([program]) => !findProgram(program)).map(([, name]) => name);
}

/** @param {string[]} names @param {string} cwd */
async function install(names, cwd) {
  if (names.length === 0) return;
  if (!canInstallPackages()) throw new Error(`${names.join(', ')} missing, and apt-get cannot install without a password here`);
  say(`GDAL: installing ${names.join(', ')} by apt-get, one to two minutes …`);
  await installPackages(names, cwd);
}

/** @param {number} coreMinutes */
function minutes(coreMinutes) {
  const count = Math.ceil((coreMinutes * 2) / cpus().length) / 2;
  return count === 1 ? '1 minute' : `${count} minutes`;
}

/**
 * @param {string} packageFolder
 * @param {string} label
 * @param {'true' | 'false'} shared
 * @param {number} fileCount how many files there are to compile, for the progress
 */
async function compile(packageFolder, label, shared, fileCount) {
  say(label);
  await runCommand(process.execPath, [nodePreGyp(packageFolder), 'install', '--build-from-source', '-j', 'max'], {
    cwd: packageFolder,
    limitSeconds: 4 * 3600,
    env: { ...neutral, npm_config_shared_gdal: shared, npm_config_nodedir: headersFolder() },
    onLine: createProgress(fileCount),
  });
}

/**
 * @returns {string | undefined} where this very Node's C++ headers are; undefined leaves it to node-gyp
 *   to download them. The folder that npm is set to may be that of another Node.
 */
function headersFolder() {
  const folders = [process.env.npm_config_nodedir, dirname(dirname(realpathSync(process.execPath)))];
  return folders.find((folder) => {
    const header = join(folder ?? '', 'include', 'node', 'node_version.h');
    if (!folder || !existsSync(header)) return false;
    const text = readFileSync(header, 'utf8');
    const [major, minor, patch] = ['MAJOR', 'MINOR', 'PATCH'].map((part) => new RegExp(`#define NODE_${part}_VERSION (\\d+)`).exec(text)?.[1]);
    return `${major}.${minor}.${patch}` === process.versions.node;
  });
}

/**
 * Says every tenth of the way, from make's line per compiled file.
 * @param {number} fileCount
 * @returns {(line: string) => void}
 */
function createProgress(fileCount) {
  let compiled = 0;
  let said = 0;
  return (line) => {
    if (!/^\s*(CC|CXX)\(target\)/.test(line)) return;
    compiled += 1;
    const tenths = Math.min(9, Math.floor((compiled / fileCount) * 10));
    if (tenths <= said) return;
    said = tenths;
    say(`GDAL: ${tenths}0 % compiled`);
  };
}
