// Runs the test files, or with arguments those whose path contains one of them. Ends with 1 when a test
// failed, none ran, or one left a process behind.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { watchProcesses } from './run/watch-processes.js';

const FILE_TIMEOUT_MILLISECONDS = 300_000;
const CONCURRENT_FILES = 2;

function findTestFiles(parts: readonly string[]): string[] {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.js') && (parts.length === 0 || parts.some((part) => path.includes(part))))
    .sort()
    .map((path) => join(folder, path));
}

/** The set-up notes which browser it found; undefined when the tests were started without it. */
function findChromium(): string | undefined {
  try {
    const stamp: unknown = JSON.parse(readFileSync(new URL('../../node_modules/.viewpoint-setup.json', import.meta.url), 'utf8'));
    return (stamp as { chromium?: { path: string } }).chromium?.path;
  } catch {
    return undefined;
  }
}

/** Ends when all files have ended; returns what went wrong. */
async function runFiles(files: string[], signal: AbortSignal): Promise<string[]> {
  let ran = 0;
  let failed = 0;
  const stream = run({ files, concurrency: CONCURRENT_FILES, timeout: FILE_TIMEOUT_MILLISECONDS, signal });
  // A file without tests is reported as one test of the file's name.
  const isTest = (event: { name: string; details: { type?: string | undefined } }): boolean => event.details.type !== 'suite' && !files.includes(event.name);
  stream.on('test:pass', (event) => {
    if (isTest(event) && event.skip === undefined) ran += 1;
  });
  stream.on('test:fail', (event) => {
    if (isTest(event)) ran += 1;
    if (event.todo === undefined || event.todo === false) failed += 1;
  });
  for await (const text of stream.compose(new spec())) process.stdout.write(text as string);
  return [...(failed > 0 ? ['Tests failed.'] : []), ...(ran === 0 ? ['No test ran.'] : [])];
}

const chromium = findChromium();
if (chromium !== undefined) process.env.CHROMIUM_PATH ??= chromium;

const stop = new AbortController();
const problems: string[] = [];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    problems.push(`Stopped by ${signal}.`);
    stop.abort();
  });
}

const files = findTestFiles(process.argv.slice(2));
const watch = watchProcesses(files, FILE_TIMEOUT_MILLISECONDS);
problems.push(...(await runFiles(files, stop.signal)), ...(await watch.end()));
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
