import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { CommandError, SetUpError, describe, runCommand, say } from './command.mjs';
import { compileBundled, compileShared, download } from './gdal-binding.mjs';
import { fingerprint, readStamp, updateStamp } from './stamp.mjs';

/**
 * Which GDAL the native part brings: the system's library, or the one that gdal-async bundles.
 * @typedef {'shared' | 'bundled'} Kind
 */

/**
 * The ways to a native part, the quickest first.
 * @type {{ name: string, kind: Kind, obtain: (packageFolder: string) => Promise<void> }[]}
 */
const ways = [
  { name: 'prebuilt binary', kind: 'bundled', obtain: download },
  { name: "compile against the system's GDAL", kind: 'shared', obtain: compileShared },
  { name: 'compile of the bundled GDAL', kind: 'bundled', obtain: compileBundled },
];

/**
 * gdal-async's native part, seen to load into this Node. VIEWPOINT_GDAL=shared or =bundled asks for
 * one kind, so that both can be tested on one machine.
 * @param {string} root
 * @returns {import('./set-up.mjs').Step}
 */
export function gdalStep(root) {
  const abi = `node-v${process.versions.modules}-${process.platform}-${process.arch}`;
  const packageFolder = join(root, 'node_modules', 'gdal-async');
  const binding = join(packageFolder, 'lib', 'binding', abi, 'gdal.node');
  const wanted = process.env.VIEWPOINT_GDAL ?? '';
  const discard = () => rmSync(dirname(binding), { recursive: true, force: true });

  /** Loads what is there, in a process of its own since a bad binary may crash it. */
  async function accept() {
    const { version, bundled } = await load(root);
    const kind = bundled ? 'bundled' : 'shared';
    if (wanted !== '' && kind !== wanted) throw new Error(`${kind}, where VIEWPOINT_GDAL asks for ${wanted}`);
    const file = fingerprint(binding) ?? '';
    updateStamp(root, { gdal: { ...readStamp(root).gdal, [abi]: { file, kind, version } } });
    say(`GDAL ${version} loads (${kind === 'shared' ? "the system's" : "gdal-async's own"}).`);
  }

  /** @param {string} path a kept binary */
  async function acceptCopy(path) {
    if (!existsSync(path)) return false;
    try {
      copyIntoPlace(path, binding);
      await accept();
      return true;
    } catch {
      discard();
      return false;
    }
  }

  return {
    isDone() {
      const known = readStamp(root).gdal?.[abi];
      return known !== undefined && (wanted === '' || wanted === known.kind) && fingerprint(binding) === known.file;
    },

    async run() {
      if (!['', 'shared', 'bundled'].includes(wanted)) {
        throw new SetUpError(`VIEWPOINT_GDAL is ${wanted}.`, 'set it to shared or bundled, or not at all.');
      }
      const allowed = ways.filter((way) => wanted === '' || way.kind === wanted);
      if (existsSync(binding) && (await accept().then(() => true, () => false))) return;
      for (const { kind } of allowed) if (await acceptCopy(keptPath(packageFolder, abi, kind))) return;

      const failures = [];
      for (const { name, kind, obtain } of allowed) {
        try {
          discard();
          await obtain(packageFolder);
          await accept();
          keep(binding, keptPath(packageFolder, abi, kind));
          return;
        } catch (error) {
          discard();
          failures.push({ name, error });
          say(`GDAL: no ${name}: ${error instanceof CommandError ? error.summary : describe(error)}`);
        }
      }
      throw new SetUpError(
        ["gdal-async's native part, the link to GDAL, could not be had in any way.", ...failures.map(({ name, error }) => `${name}: ${describe(error)}`)].join('\n  '),
        'let this machine reach github.com (for the prebuilt binary), or install GDAL with its development files, a C++ compiler, make ' +
          'and Python (Debian, Ubuntu: apt-get install libgdal-dev g++ make python3; Fedora: dnf install gdal-devel gcc-c++ make python3; ' +
          'macOS: brew install gdal), then run the command again.',
        { cause: failures.at(-1)?.error });
    },
  };
}

/** @param {string} root @returns {Promise<{ version: string, bundled: boolean }>} */
async function load(root) {
  const script = 'const gdal = require("gdal-async"); gdal.drivers.get("GTiff"); console.log(JSON.stringify({ version: gdal.version, bundled: gdal.bundled }));';
  const lines = await runCommand(process.execPath, ['-e', script], { cwd: root, limitSeconds: 60 });
  return JSON.parse(lines.at(-1) ?? '');
}

/**
 * Where a native part that took long to get is kept for other checkouts and for after `npm ci`, which
 * empties node_modules. One that does not fit (another libgdal since) fails to load and is replaced.
 * @param {string} packageFolder @param {string} abi @param {Kind} kind
 */
function keptPath(packageFolder, abi, kind) {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'viewpoint-worker', `gdal-async-${version}-${abi}-${kind}.node`);
}

/** @param {string} binding @param {string} path */
function keep(binding, path) {
  try {
    copyIntoPlace(binding, path);
  } catch {
    // A home that cannot be written to costs the next checkout a minute, nothing more.
  }
}

/** @param {string} from @param {string} to */
function copyIntoPlace(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, `${to}.part`);
  renameSync(`${to}.part`, to);
}
