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
 * @param {{ withBuild: boolean, withChromium: boolean }} options
 * @returns {Promise<boolean>} whether everything is in place now; if not, the cause has been printed
 */
export async function setUp({ withBuild, withChromium }) {
  const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
  const steps = [
    packagesStep(root),
    gdalStep(root),
    ...(withBuild ? [buildStep(root)] : []),
    ...(withChromium ? [chromiumStep(root)] : []),
  ];
  if (steps.every((step) => step.isDone())) return true;

  let release = () => {};
  stopWithCaller(() => release());
  try {
    ({ release } = await acquireLock(join(root, '.setup.lock'), (owner) => {
      say(`Waiting for another set-up of this folder to end (process ${owner || 'unknown'}) …`);
    }));
    for (const step of steps) if (!step.isDone()) await step.run();
    return true;
  } catch (error) {
    report(error instanceof SetUpError ? error : new SetUpError(describe(error), 'see the cause above; the command can be run again at any time.', { cause: error }));
    return false;
  } finally {
    release();
  }
}

/**
 * Ends the commands under way and this process when a signal asks for it, or when npm's shell that
 * started us is gone: npm passes SIGTERM to that shell alone, which dies without telling us.
 * @param {() => void} release
 */
function stopWithCaller(release) {
  const caller = process.ppid;
  /** @param {number} exitCode */
  const stop = (exitCode) => {
    endCommands();
    release();
    process.exit(exitCode);
  };
  process.on('SIGHUP', () => stop(129)).on('SIGINT', () => stop(130)).on('SIGTERM', () => stop(143));
  if (process.env.npm_lifecycle_event === undefined) return;
  setInterval(() => {
    if (process.ppid !== caller) stop(143);
  }, 500).unref();
}
