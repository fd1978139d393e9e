import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** The set-up of `npm test` finds or installs a browser and names it in CHROMIUM_PATH; these are for a test file run by hand. */
const USUAL_PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Without what a browser does on the network of its own accord. */
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @throws Error when there is no Chromium. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? USUAL_PATHS.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('There is no Chromium here: install one, or name it in CHROMIUM_PATH.');
  return await chromium.launch({ executablePath, args: ARGUMENTS });
}
