import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildStep } from './build.mjs';
import { chromiumStep } from './chromium.mjs';
import { SetUpError, describe, endCommands, report, say } from './command.mjs';
import { gdalStep } from './gdal.mjs';
import { acquireLock } from './lock.mjs';
import { packagesStep } from './packages.mjs';

/**
 * A part of the set-up. `isDone` takes milliseconds, since it is asked at every start; `run` may
 * take minutes and throws a SetUpError when it cannot succeed.
 * @typedef {{ isDone: () => boolean, run: () => Promise<void> }} Step
 */

/**
 * Runs what is still missing, under a lock shared by all set-ups of this checkout.
 * @param {{ withChromium: boolean }} options
 * @returns {Promise<boolean>} whether everything is in place now; if not, the cause has been printed
 */
export async function setUp({ withChromium }) {
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  const steps = [packagesStep(root), gdalStep(root), buildStep(root), ...(withChromium ? [chromiumStep(root)] : [])];
  if (steps.every((step) => step.isDone())) return true;

  try {
    const lock = await acquireLock(join(root, '.setup.lock'), (owner) => {
      say(`Waiting for another set-up of this folder (process ${owner}) to end …`);
    });
    const unwatch = stopWithCaller(lock.release);
    try {
      for (const step of steps) if (!step.isDone()) await step.run();
    } finally {
      unwatch();
      lock.release();
    }
    return true;
  } catch (error) {
    report(error instanceof SetUpError ? error : new SetUpError(describe(error), 'Run the command again.', { cause: error }));
    return false;
  }
}

/**
 * Ends the commands under way and the process when a signal asks for it, or when the shell that
 * started us is gone: `npm run` passes SIGTERM to that shell alone, which dies without telling us.
 * @param {() => void} release
 * @returns {() => void} stops watching
 */
function stopWithCaller(release) {
  const caller = process.ppid;
  /** @param {number} exitCode */
  const stop = (exitCode) => {
    endCommands();
    release();
    process.exit(exitCode);
  };
  const handlers = /** @type {const} */ ([['SIGHUP', () => stop(129)], ['SIGINT', () => stop(130)], ['SIGTERM', () => stop(143)]]);
  for (const [signal, handler] of handlers) process.on(signal, handler);
  const watch = setInterval(() => {
    if (process.ppid !== caller) stop(143);
  }, 500);
  return () => {
    clearInterval(watch);
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}
