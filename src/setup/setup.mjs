// Makes a fresh checkout ready to run, and is done at once when it already is:
//
//   node src/setup/setup.mjs [--test] [--no-build]
//
// `--test` also sees to a Chromium for the browser tests, `--no-build` stops before the compile of our
// own code: an image's layer of dependencies stays valid while that changes. This first file uses nothing that an old
// Node lacks, so that an old Node can say what is wrong with it.
const oldestMajor = 20;

if (process.platform === 'win32') {
  console.error('[set-up] Windows is not supported: run this inside WSL, or build the Docker image.');
  process.exit(1);
}
if (Number(process.versions.node.split('.')[0]) < oldestMajor) {
  console.error(
    '[set-up] Node.js ' + process.versions.node + ' is too old: this needs Node.js ' + oldestMajor + ' or newer.\n' +
    '  What to do: install a current release (https://nodejs.org, or nvm, fnm, volta) and run the command again.');
  process.exit(1);
}

import('./set-up.mjs')
  .then(({ setUp }) => setUp({ withBuild: !process.argv.includes('--no-build'), withChromium: process.argv.includes('--test') }))
  .then((succeeded) => process.exit(succeeded ? 0 : 1));
