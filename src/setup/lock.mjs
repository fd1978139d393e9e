import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const beatMilliseconds = 2_000;
const staleAfterMilliseconds = 15_000;
const pollMilliseconds = 200;

/**
 * Takes a lock between processes: a file with the owner's pid, whose modification time the owner
 * renews. It waits for a living owner. An owner counts as gone when its pid does not exist, or when
 * the file was not renewed for 15 s of our own waiting: pids mean nothing across containers and are
 * reused after a restart.
 * @param {string} path the lock file
 * @param {(owner: string) => void} onWait called once if there is an owner to wait for
 * @returns {Promise<{ release: () => void }>}
 */
export async function acquireLock(path, onWait) {
  const token = `${process.pid} ${Date.now()}`;
  let waited = false;
  let seen = { state: '', since: 0 };
  while (!tryCreate(path, token)) {
    const current = read(path);
    if (current === undefined) continue;
    const state = `${current.content} ${current.renewed}`;
    if (state !== seen.state) seen = { state, since: performance.now() };
    const owner = current.content.split(' ')[0] ?? '';
    // An empty file belongs to an owner that is just writing its pid.
    const gone = owner !== '' && !isAlive(Number(owner));
    if (gone || performance.now() - seen.since > staleAfterMilliseconds) {
      remove(path, current.content);
      continue;
    }
    if (!waited) onWait(owner);
    waited = true;
    await delay(pollMilliseconds);
  }
  const beat = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date());
    } catch {
      // Removed by hand: whoever did so wanted it gone.
    }
  }, beatMilliseconds);
  beat.unref();
  return {
    release() {
      clearInterval(beat);
      remove(path, token);
    },
  };
}

/** @param {string} path @param {string} token */
function tryCreate(path, token) {
  try {
    const file = openSync(path, 'wx');
    writeSync(file, token);
    closeSync(file);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** @param {string} path */
function read(path) {
  try {
    return { content: readFileSync(path, 'utf8'), renewed: statSync(path).mtimeMs };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/**
 * Removes the lock if it still is the one with this content. The rename makes sure that only one
 * process gets it; if another's new lock was caught instead, it is put back.
 * @param {string} path @param {string} content
 */
function remove(path, content) {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, 'utf8') !== content) linkSync(aside, path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT') && !hasCode(error, 'EEXIST')) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

/** @param {unknown} error @param {string} code */
function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
