import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const sections = readFileSync(`${root}SECURITY.md`, 'utf8').split(/^## /m).slice(1);
const rowsOf = (section: string) => section.split('\n').filter((line) => line.startsWith('| ')).slice(2);

/** The test that a row of the threat tables names; null when it names none, or one that does not exist. */
function provenBy(row: string): string | null {
  const [, path = '', name = ''] = /`([a-z0-9/-]+\.test\.ts)`: "(.+)" \|$/.exec(row) ?? [];
  if (path === '' || !existsSync(`${root}test/${path}`)) return null;
  const source = readFileSync(`${root}test/${path}`, 'utf8');
  // Where the name holds an apostrophe, the source writes it with a backslash or in other quotes.
  const written = [`'${name.replaceAll("'", "\\'")}'`, `"${name}"`, `\`${name}\``];
  return written.some((text) => source.includes(`test(${text}`)) ? name : null;
}

test('the four who are not trusted each have a table of threats', () => {
  const titles = sections.filter((section) => rowsOf(section).length > 0).map((section) => section.split('\n')[0]);
  assert.deepEqual(titles, ['Hostile image', 'Hostile message', 'Hostile caller', 'Curious operator']);
});

test('every threat names a test that exists', () => {
  const rows = sections.flatMap(rowsOf);
  assert.ok(rows.length >= 30);
  assert.deepEqual(rows.filter((row) => provenBy(row) === null), []);
});

test('a row whose test does not exist is found', () => {
  assert.equal(provenBy('| a | b | `e2e/no-such-file.test.ts`: "x" |'), null);
  assert.equal(provenBy('| a | b | `e2e/queue.test.ts`: "no such test" |'), null);
  assert.equal(provenBy('| a | b | none |'), null);
});
