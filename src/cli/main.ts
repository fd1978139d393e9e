#!/usr/bin/env node
import { findLocalImage } from '../composition/local-image.js';
import { INTERRUPTED, stopSignal } from '../composition/stop-signal.js';
import { readVersion } from '../composition/version.js';
import { ConfigError } from '../config/config.js';
import { toViewpointError, ViewpointError } from '../domain/errors.js';
import { parseCommandLine, USAGE, UsageError, type InspectOptions, type ProcessOptions } from './command-line.js';
import { inspectImage } from './inspect-image.js';
import { processImage } from './process-image.js';
import { createProgressBar } from './progress-bar.js';
import { describeInspected, describeProcessed } from './report.js';

/** Exit codes; the usage names them too. */
const IMAGE_UNUSABLE = 1;
const WRONG_USAGE = 2;
const MAY_PASS = 3;

/** Entry of the command line; `--help` tells what it does. @returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const wantsJson = args.includes('--json');
  const stop = stopSignal();
  try {
    const commandLine = parseCommandLine(args);
    if (commandLine.command === 'help') console.log(USAGE);
    else if (commandLine.command === 'version') console.log(readVersion());
    else await carryOut(commandLine, stop);
    return 0;
  } catch (error) {
    if (!stop.aborted) return fail(error, wantsJson);
    fail(new ViewpointError('cancelled', 'Interrupted: nothing was left behind.', { cause: error }), wantsJson);
    return INTERRUPTED;
  }
}

async function carryOut(options: ProcessOptions | InspectOptions, signal: AbortSignal): Promise<void> {
  const source = await findImage(options.image);
  const progress = createProgressBar(process.stderr, options.quiet || (options.json && !process.stderr.isTTY));
  try {
    if (options.command === 'process') {
      const result = await processImage(options, source, progress, signal);
      progress.end();
      console.log(options.json ? JSON.stringify({ status: 'READY', ...result }) : describeProcessed(result).trimStart());
    } else {
      const result = await inspectImage(source, progress, signal);
      progress.end();
      console.log(options.json ? JSON.stringify(result) : describeInspected(result));
    }
  } finally {
    progress.end();
  }
}

async function findImage(given: string) {
  try {
    return await findLocalImage(given, process.cwd());
  } catch (error) {
    if (error instanceof ViewpointError) throw error;
    // It says what is wrong with the file in words for people.
    throw new ViewpointError('not_an_image', error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Says what went wrong, as a sentence or as JSON, and answers the exit code. */
function fail(thrown: unknown, wantsJson: boolean): number {
  const isUsage = thrown instanceof UsageError || thrown instanceof ConfigError;
  const error = isUsage ? new ViewpointError('invalid_request', thrown.message, { cause: thrown }) : toViewpointError(thrown);
  if (wantsJson) console.log(JSON.stringify({ status: 'FAILED', error: { code: error.code, message: error.message, retryable: error.retryable } }));
  else console.error(isUsage ? `${error.message}\n\nviewpoint-worker --help shows how it is used.` : `${error.message} (${error.code})`);
  if (isUsage) return WRONG_USAGE;
  return error.retryable ? MAY_PASS : IMAGE_UNUSABLE;
}

process.exitCode = await main(process.argv.slice(2));
