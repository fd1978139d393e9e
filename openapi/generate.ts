import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapiTypeScript, { astToString } from 'openapi-typescript';
import { describeApi } from './describe-api.js';
import { withSettingsTable } from './settings-table.js';

/** Writes openapi.json, its types and the README's table of settings; with `--check`, fails instead when a file is not what the code says. */
const pathOf = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const read = (name: string) => readFile(pathOf(name), 'utf8').catch(() => '');

const openApi = `${JSON.stringify(await describeApi(), null, 2)}\n`;
const files: Record<string, string> = {
  'openapi/openapi.json': openApi,
  'openapi/api-types.ts': `// Types of the API for a client such as openapi-fetch, written by \`npm run openapi\`.\n${astToString(await openapiTypeScript(openApi))}`,
  'README.md': withSettingsTable(await read('README.md')),
};

for (const [name, content] of Object.entries(files)) {
  if (!process.argv.includes('--check')) {
    await writeFile(pathOf(name), content);
  } else if ((await read(name)) !== content) {
    console.error(`${name} is not what the code says. Run \`npm run openapi\` and commit the file.`);
    process.exitCode = 1;
  }
}
