import { explainVariable, VARIABLE_NAMES } from '../src/config/variables.js';

const BEGIN = '<!-- variables: written by `npm run openapi` -->';
const END = '<!-- end of variables -->';

/** The README with its table of environment variables as the configuration's schema has them. */
export function withSettingsTable(readme: string): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error('README.md has lost the two comments between which the table of settings stands.');
  return `${readme.slice(0, begin)}${BEGIN}\n${settingsTable()}\n${readme.slice(end)}`;
}

function settingsTable(): string {
  const rows = VARIABLE_NAMES.map((name) => {
    const { defaultText, description } = explainVariable(name);
    return `| \`${name}\` | ${defaultText === null ? '' : `\`${defaultText}\``} | ${description} |`;
  });
  return ['| variable | default | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}
