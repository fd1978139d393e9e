import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describeApi } from './describe-api.js';

/** Writes openapi.json; with `--check`, fails instead when the file is not what the routes say. */
const path = fileURLToPath(new URL('../../openapi/openapi.json', import.meta.url));
const described = `${JSON.stringify(await describeApi(), null, 2)}\n`;

if (!process.argv.includes('--check')) {
  await writeFile(path, described);
} else if ((await readFile(path, 'utf8').catch(() => '')) !== described) {
  console.error('openapi/openapi.json is not what the routes say. Run `npm run openapi` and commit the file.');
  process.exitCode = 1;
}
