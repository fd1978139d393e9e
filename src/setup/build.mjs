import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetUpError, describe, runCommand, say } from './command.mjs';
import { fingerprint } from './stamp.mjs';

const folders = ['src', 'routes', 'openapi', 'test'];
const notBuilt = new Set(['src/setup', 'test/output']);

/**
 * dist/ as the sources say: TypeScript compiled, other files (pages, fixtures, WebAssembly) copied to
 * the same place, and nothing left over from sources that are gone, such as a test that would still run.
 * @param {string} root
 * @returns {import('./set-up.mjs').Step}
 */
export function buildStep(root) {
  const stampPath = join(root, 'dist', '.build-stamp');
  /** @param {string[]} sources */
  const isComplete = (sources) => sources.flatMap(outputOf).every((output) => existsSync(join(root, 'dist', output)));
  return {
    isDone() {
      const sources = listSources(root);
      return existsSync(stampPath) && readFileSync(stampPath, 'utf8') === describeSources(root, sources) && isComplete(sources);
    },
    async run() {
      say('Building dist/ (tsc), about 10 s …');
      const sources = listSources(root);
      // Taken before tsc reads them: what is edited meanwhile counts as newer.
      const stamp = describeSources(root, sources);
      // tsc goes by its notes: it would not write a deleted output again.
      if (!isComplete(sources)) rmSync(join(root, 'dist', '.tsbuildinfo'), { force: true });
      await compile(root);
      for (const source of sources) if (!source.endsWith('.ts')) copyToDist(root, source);
      removeLeftOvers(root, sources);
      writeFileSync(stampPath, stamp);
    },
  };
}

/** @param {string} root */
async function compile(root) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  try {
    await runCommand(process.execPath, [tsc, '-p', 'tsconfig.json', '--pretty', 'false'], { cwd: root, limitSeconds: 600 });
  } catch (error) {
    throw new SetUpError(
      `The sources do not compile.\n  ${describe(error)}`,
      'correct the errors (npm run check:types lists them) and run the command again.',
      { cause: error });
  }
}

/** @param {string} root @returns {string[]} paths relative to root, sorted */
function listSources(root) {
  return folders.flatMap((folder) => listFiles(root, folder)).sort();
}

/** @param {string} root @param {string} folder @returns {string[]} */
function listFiles(root, folder) {
  if (notBuilt.has(folder) || !existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.name.startsWith('.') || entry.name === 'tsconfig.json') return [];
    return entry.isDirectory() ? listFiles(root, path) : [path];
  });
}

/** @param {string} root @param {string[]} sources */
function describeSources(root, sources) {
  return ['tsconfig.json', 'package-lock.json', ...sources].map((path) => `${path} ${fingerprint(join(root, path))}\n`).join('');
}

/** @param {string} source @returns {string[]} what must be in dist/ for it; declarations give nothing */
function outputOf(source) {
  if (source.endsWith('.d.ts')) return [];
  return source.endsWith('.ts') ? [source.replace(/\.ts$/, '.js')] : [source];
}

/** @param {string} root @param {string} source */
function copyToDist(root, source) {
  const target = join(root, 'dist', source);
  mkdirSync(dirname(target), { recursive: true });
  copyFileSync(join(root, source), target);
}

/** @param {string} root @param {string[]} sources */
function removeLeftOvers(root, sources) {
  const expected = new Set(sources.flatMap(outputOf).flatMap((output) => [output, `${output}.map`]));
  for (const folder of folders) {
    for (const file of listFiles(join(root, 'dist'), folder)) {
      if (!expected.has(file)) rmSync(join(root, 'dist', file));
    }
  }
}
