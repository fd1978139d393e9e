import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, rmdir, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { makeFolder } from '../../src/storage/make-folder.js';

async function temporary(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'viewpoint-folder-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

test('a folder is made with what its path lacks, and one that is there stays as it is, behind a link too', async (t) => {
  const root = await temporary(t);
  const folder = join(root, 'a', 'b', 'c');
  await makeFolder(folder);
  assert.ok((await stat(folder)).isDirectory());
  await writeFile(join(folder, 'kept'), '');
  await makeFolder(folder);
  await symlink(folder, join(root, 'link'));
  await makeFolder(join(root, 'link'));
  assert.deepEqual(await readdir(folder), ['kept']);
  await makeFolder('/');
});

test('a folder that several make at once is there for all of them', async (t) => {
  const folder = join(await temporary(t), 'a', 'b', 'c', 'd');
  await Promise.all(Array.from({ length: 16 }, () => makeFolder(folder)));
  assert.ok((await stat(folder)).isDirectory());
});

test('a folder is made although others remove the empty ones on the way to it', async (t) => {
  const root = await temporary(t);
  for (let round = 0; round < 50; round++) {
    const folder = join(root, `id-${round}`, 'scratch');
    await mkdir(dirname(folder));
    await Promise.all([makeFolder(folder), rmdir(dirname(folder)).catch(() => undefined)]);
    assert.ok((await stat(folder)).isDirectory());
  }
});

test('a file in the way is named, with the reason', async (t) => {
  const root = await temporary(t);
  const file = join(root, 'file');
  await writeFile(file, '');
  await symlink(join(root, 'gone'), join(root, 'dangling'));
  for (const [path, reason] of [[file, 'EEXIST'], [join(file, 'x'), 'ENOTDIR'], [join(file, 'x', 'y'), 'ENOTDIR'], [join(root, 'dangling'), 'EEXIST']] as const) {
    await assert.rejects(makeFolder(path), { code: 'volume_failed', message: new RegExp(`^The folder ${path} cannot be made: ${reason}`) });
  }
});

test('where a file system denies what it was just asked for, that is said', { skip: process.platform !== 'linux' && 'there is no /proc' }, async () => {
  for (const path of ['/proc/no-such', '/proc/no-such/folder/at/all']) {
    await assert.rejects(makeFolder(path), { code: 'volume_failed', message: new RegExp(`^The folder ${path} cannot be made: ENOENT`) });
  }
});
