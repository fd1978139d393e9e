import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What earlier set-ups found out, kept inside node_modules so that it goes with it.
 * @typedef {object} Stamp
 * @property {string} [lockfile] SHA-256 of the package-lock.json that node_modules was installed from
 * @property {Record<string, { file: string, kind: string, version: string }>} [gdal] per Node ABI: the
 *   binary that was seen to load (see fingerprint), where it came from, GDAL's version
 * @property {{ path: string, file: string }} [chromium] the browser that was seen to start
 */

/** @param {string} root */
const stampPath = (root) => join(root, 'node_modules', '.viewpoint-setup.json');

/** @param {string} root @returns {Stamp} empty when there is none or it cannot be read */
export function readStamp(root) {
  try {
    return JSON.parse(readFileSync(stampPath(root), 'utf8'));
  } catch {
    return {};
  }
}

/** @param {string} root @param {Stamp} changes laid over what the stamp says */
export function updateStamp(root, changes) {
  writeFileSync(stampPath(root), JSON.stringify({ ...readStamp(root), ...changes }, undefined, 2) + '\n');
}

/**
 * @param {string} path
 * @returns {string | undefined} changes whenever the file is replaced; undefined when there is none
 */
export function fingerprint(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats && `${stats.size} ${stats.mtimeMs}`;
}
