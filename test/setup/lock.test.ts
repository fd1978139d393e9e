import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const lockModule = new URL('../../../src/setup/lock.mjs', import.meta.url).href;

/** Runs a script, with `acquireLock` and the lock's path at hand, in a process of its own; resolves to its exit code. */
async function runWithLock(path: string, script: string): Promise<number | null> {
  const head = `import { acquireLock } from ${JSON.stringify(lockModule)}; import fs from 'node:fs'; const path = ${JSON.stringify(path)};`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', `${head}\n${script}`], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lock-test-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('processes that want the lock at the same time hold it one after the other', () =>
  withFolder(async (folder) => {
    const path = join(folder, 'lock');
    // mkdir fails if another process is between it and rmdir.
    const script = `
      for (let turn = 0; turn < 5; turn += 1) {
        const lock = await acquireLock(path, () => {});
        fs.mkdirSync(path + '.inside');
        await new Promise((resolve) => fs.stat(path, resolve));
        fs.rmdirSync(path + '.inside');
        fs.appendFileSync(path + '.turns', 'x');
        lock.release();
      }`;
    const codes = await Promise.all([1, 2, 3].map(() => runWithLock(path, script)));
    assert.deepEqual(codes, [0, 0, 0]);
    assert.equal(await readFile(`${path}.turns`, 'utf8'), 'x'.repeat(15));
    await assert.rejects(access(path), { code: 'ENOENT' });
  }));

test('a lock whose owner was killed is taken over without waiting', () =>
  withFolder(async (folder) => {
    const path = join(folder, 'lock');
    await runWithLock(path, `await acquireLock(path, () => {}); process.kill(process.pid, 'SIGKILL');`);
    await access(path);
    const code = await runWithLock(path, `const lock = await acquireLock(path, () => process.exit(7)); lock.release();`);
    assert.equal(code, 0);
    await assert.rejects(access(path), { code: 'ENOENT' });
  }));

test('releasing a lock that another process has taken over leaves the new one in place', () =>
  withFolder(async (folder) => {
    const path = join(folder, 'lock');
    const { acquireLock } = (await import(lockModule)) as { acquireLock: (path: string, onWait: () => void) => Promise<{ release: () => void }> };
    const lock = await acquireLock(path, () => undefined);
    await writeFile(path, '1 taken over');
    lock.release();
    assert.equal(await readFile(path, 'utf8'), '1 taken over');
  }));
