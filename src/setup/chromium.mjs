import { existsSync } from 'node:fs';
import { canInstallPackages, installPackages } from './apt.mjs';
import { SetUpError, describe, findProgram, runCommand, say } from './command.mjs';
import { fingerprint, readStamp, updateStamp } from './stamp.mjs';

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const applications = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

/**
 * A Chromium or Chrome for the browser tests: $CHROMIUM_PATH, one that is installed, or Debian's
 * package. The stamp keeps its path, which the test runner hands to the tests as CHROMIUM_PATH.
 * @param {string} root
 * @returns {import('./set-up.mjs').Step}
 */
export function chromiumStep(root) {
  return {
    isDone() {
      const known = readStamp(root).chromium;
      const wanted = process.env.CHROMIUM_PATH;
      return known !== undefined && (!wanted || wanted === known.path) && fingerprint(known.path) === known.file;
    },
    async run() {
      const path = (await firstThatStarts(candidates(), root)) ?? (await installed(root));
      updateStamp(root, { chromium: { path, file: fingerprint(path) ?? '' } });
    },
  };
}

function candidates() {
  if (process.env.CHROMIUM_PATH) return [process.env.CHROMIUM_PATH];
  const found = programs.map(findProgram).filter((path) => path !== undefined);
  return [...found, ...applications.filter((path) => existsSync(path))];
}

/** @param {string[]} paths @param {string} root */
async function firstThatStarts(paths, root) {
  for (const path of paths) {
    try {
      // Some distributions' chromium-browser only says how to install a browser.
      await runCommand(path, ['--version'], { cwd: root, limitSeconds: 30 });
      return path;
    } catch {
      say(`${path} does not start.`);
    }
  }
  return undefined;
}

/** @param {string} root */
async function installed(root) {
  let reason = 'There is no Chromium or Chrome here, and apt-get cannot install one without a password.';
  let cause;
  if (process.env.CHROMIUM_PATH) {
    reason = `CHROMIUM_PATH is ${process.env.CHROMIUM_PATH}, which does not start.`;
  } else if (canInstallPackages()) {
    say('Installing Chromium for the browser tests (apt-get install chromium), about a minute …');
    try {
      await installPackages(['chromium'], root);
      const path = await firstThatStarts(candidates(), root);
      if (path) return path;
      reason = 'apt-get installed chromium, but it does not start.';
    } catch (error) {
      reason = `There is no Chromium here, and ${describe(error)}.`;
      cause = error;
    }
  }
  throw new SetUpError(reason, 'install Chromium or Chrome, or set CHROMIUM_PATH to the program, and run the command again.', { cause });
}
