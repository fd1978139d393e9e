import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';

/** The tests are built to dist/test; their sources and the README stand beside dist. */
const ROOT = new URL('../../', import.meta.url);
const README = readFileSync(new URL('README.md', ROOT), 'utf8');

interface Proof {
  path: string;
  title: string;
}

function proofs(): Proof[] {
  const [, table = ''] = /<!-- proofs[^]*?-->([^]*?)<!-- end of proofs -->/.exec(README) ?? [];
  return [...table.matchAll(/\]\((test\/[^)]+)\): “([^”]+)”/g)].map(([, path = '', title = '']) => ({ path, title }));
}

/** The titles of the tests of a file, as they are written: with the expressions in them. */
function titlesOf(path: string): string[] {
  const source = readFileSync(new URL(path, ROOT), 'utf8');
  return [...source.matchAll(/^\s*test\((?:'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`)/gm)].map(([, plain, template]) => plain ?? template ?? '');
}

test('every test that the README names as a proof exists', () => {
  const rows = (/<!-- proofs[^]*?-->([^]*?)<!-- end of proofs -->/.exec(README)?.[1] ?? '').split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---') && !line.endsWith('| proved by |'));
  const named = proofs();
  assert.ok(rows.length > 20);
  assert.equal(named.length, rows.length, 'one proof per row');
  for (const { path, title } of named) {
    assert.ok(existsSync(fileURLToPath(new URL(path, ROOT))), path);
    assert.ok(titlesOf(path).some((each) => each.includes(title)), `${path} has no test "${title}"`);
  }
});

test('every file that the README links to exists', () => {
  const links = [...README.matchAll(/\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
  assert.ok(links.length > 0);
  assert.deepEqual(links.filter((target) => !existsSync(fileURLToPath(new URL(target, ROOT)))), []);
});
