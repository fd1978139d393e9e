// Makes a fresh checkout ready to run, and is done at once when it already is:
//
//   node src/setup/setup.mjs [--test] [--no-build]
//
// `--test` also sees to a Chromium for the browser tests, `--no-build` stops before the compile of our
// own code: an image's layer of dependencies stays valid while that changes. This first file uses nothing that an old
// Node lacks, so that an old Node can say what is wrong with it.
//
// CommonJS packages that we use require ES modules, which Node.js does by itself from 20.19 and 22.12 on.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const isSupported = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;

if (process.platform === 'win32') {
  console.error('[set-up] Windows is not supported: run this inside WSL, or build the Docker image.');
  process.exit(1);
}
if (!isSupported) {
  console.error(
    '[set-up] Node.js ' + process.versions.node + ' is too old: this needs Node.js 20.19, 22.12 or newer.\n' +
    '  What to do: install a current release (https://nodejs.org, or nvm, fnm, volta) and run the command again.');
  process.exit(1);
}

import('./set-up.mjs')
  .then(({ setUp }) => setUp({ withBuild: !process.argv.includes('--no-build'), withChromium: process.argv.includes('--test') }))
  .then((succeeded) => process.exit(succeeded ? 0 : 1));
