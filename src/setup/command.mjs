import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

/** A set-up that cannot go on: what happened, and what the reader can do about it. */
export class SetUpError extends Error {
  /**
   * @param {string} message
   * @param {string} remedy
   * @param {{ cause?: unknown }} [options]
   */
  constructor(message, remedy, options) {
    super(message, options);
    this.name = 'SetUpError';
    this.remedy = remedy;
  }
}

const shownLines = 10;

/** A command that failed, was killed or took too long; `message` ends with the last lines of its output. */
export class CommandError extends Error {
  /**
   * @param {string} message
   * @param {string[]} lines everything that the command printed
   */
  constructor(message, lines) {
    super([message, ...lines.slice(-shownLines).map((line) => `    ${line}`)].join('\n'));
    this.name = 'CommandError';
    this.summary = message;
    this.lines = lines;
  }
}

/**
 * Prints one line of progress. Everything goes to standard error: standard output is the program's own.
 * @param {string} text
 */
export function say(text) {
  console.error(`[set-up] ${text}`);
}

/** @param {unknown} error */
export function describe(error) {
  return error instanceof Error ? error.message : String(error);
}

/** @param {SetUpError} error */
export function report(error) {
  say(`FAILED: ${error.message}`);
  console.error(`  What to do: ${error.remedy}`);
  if (error.cause instanceof CommandError && error.cause.lines.length > shownLines) {
    const path = join(mkdtempSync(join(tmpdir(), 'viewpoint-set-up-')), 'output.log');
    writeFileSync(path, error.cause.lines.join('\n') + '\n');
    console.error(`  Full output: ${path}`);
  }
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** Ends every command under way, with the processes that these started. */
export function endCommands() {
  for (const child of running) killGroup(child);
}

/** @param {import('node:child_process').ChildProcess} child */
function killGroup(child) {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}

/**
 * Runs a command to its end with this Node first in its PATH, no standard input and its output held
 * back: a failure shows it.
 * @param {string} file
 * @param {string[]} args
 * @param {{ cwd: string, limitSeconds: number, env?: Record<string, string | undefined>, onLine?: (line: string) => void }} options
 *   `env` is laid over the present environment; an undefined value removes a variable
 * @returns {Promise<string[]>} the lines that it printed
 * @throws {CommandError}
 */
export function runCommand(file, args, { cwd, limitSeconds, env = {}, onLine }) {
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`;
  // A process group of its own, so that a limit or a signal ends the compilers below it as well.
  const child = spawn(file, args, { cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, PATH: path, ...env } });
  running.add(child);
  /** @type {string[]} */
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      onLine?.(line);
    });
  }
  return new Promise((resolve, reject) => {
    let tookTooLong = false;
    const timer = setTimeout(() => {
      tookTooLong = true;
      killGroup(child);
    }, limitSeconds * 1000);
    child.on('error', (error) => {
      clearTimeout(timer);
      running.delete(child);
      reject(new CommandError(`${file} could not be started: ${error.message}`, lines));
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      running.delete(child);
      if (code === 0) resolve(lines);
      else if (tookTooLong) reject(new CommandError(`no end within ${limitSeconds} s: ${file} ${args.join(' ')}`, lines));
      else reject(new CommandError(`ended with ${signal ?? `code ${code}`}: ${file} ${args.join(' ')}`, lines));
    });
  });
}

/**
 * @param {string} name a program
 * @returns {string | undefined} its path, if PATH leads to it
 */
export function findProgram(name) {
  const result = spawnSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', name], { encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : undefined;
}
