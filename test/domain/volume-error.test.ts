import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { volumeError } from '../../src/domain/volume-error.js';

const fileError = (code: string) => Object.assign(new Error(`${code}: it does not work, write`), { code });

test('a disk or a quota without room is told from a disk that fails, and what was wanted is named', () => {
  for (const code of ['ENOSPC', 'EDQUOT']) {
    const full = volumeError('The file /a/b cannot be made', fileError(code));
    assert.deepEqual([full.code, full.message, full.retryable], ['disk_full', 'The file /a/b cannot be made for want of room. Delete viewpoints or enlarge the volume.', true]);
  }
  for (const code of ['EIO', 'EROFS', 'EACCES']) {
    const cause = fileError(code);
    const failed = volumeError('The file /a/b cannot be made', cause);
    assert.deepEqual([failed.code, failed.message, failed.cause], ['volume_failed', `The file /a/b cannot be made: ${code}: it does not work, write`, cause]);
  }
});

test('the error of a real file system keeps its reason', async () => {
  const error: unknown = await readFile('/').catch((reason: unknown) => reason);
  const failed = volumeError('The file / cannot be read', error);
  assert.equal(failed.code, 'volume_failed');
  assert.match(failed.message, /^The file \/ cannot be read: EISDIR/);
});
