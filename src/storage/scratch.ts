import { randomUUID } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isScratchName, SCRATCH_PREFIX } from '../domain/artifacts.js';
import type { Lease } from '../domain/viewpoint-record.js';
import { ignoreMissing } from './ignore-missing.js';

/** The folder of one attempt, inside the viewpoint's folder, so that the tile server's DELETE takes it along. */
export interface Scratch {
  folder: string;
  pathOf(fileName: string): string;
}

/** Scratch folders on their way out; no attempt has a folder of such a name, since its number comes first. */
const REMOVED_MARK = 'removed-';

export function scratchAt(folder: string): Scratch {
  return { folder, pathOf: (fileName) => join(folder, fileName) };
}

/** The owner's dots become underscores, as `SCRATCH_PREFIX` must have the path's last one: a host's name may end in the code of a map series. */
export function scratchName(lease: Lease): string {
  return `${SCRATCH_PREFIX}${lease.attempt}-${lease.owner.replaceAll('.', '_')}`;
}

/** A new name for a scratch folder on its way out. */
export function removedName(): string {
  return `${SCRATCH_PREFIX}${REMOVED_MARK}${randomUUID()}`;
}

/** Names of the scratch folders in a viewpoint's folder, but for those on their way out. */
export async function scratchNames(viewpointFolder: string): Promise<string[]> {
  return (await allScratchNames(viewpointFolder)).filter((name) => !isRemoved(name));
}

/** Names of the scratch folders on their way out in a viewpoint's folder. */
export async function removedScratchNames(viewpointFolder: string): Promise<string[]> {
  return (await allScratchNames(viewpointFolder)).filter(isRemoved);
}

/** Names of the scratch folders in a viewpoint's folder in which nothing was written since then, in epoch milliseconds, and of all on their way out. */
export async function quietScratchNames(viewpointFolder: string, sinceMs: number): Promise<string[]> {
  const quiet: string[] = [];
  for (const name of await allScratchNames(viewpointFolder)) {
    if (isRemoved(name) || (await lastWriteMs(join(viewpointFolder, name))) <= sinceMs) quiet.push(name);
  }
  return quiet;
}

async function allScratchNames(viewpointFolder: string): Promise<string[]> {
  const entries = await readdir(viewpointFolder, { withFileTypes: true }).catch(ignoreMissing<Dirent[]>([]));
  return entries.filter((entry) => entry.isDirectory() && isScratchName(entry.name)).map(({ name }) => name);
}

/** Whether the folder is on its way out: nobody's any more, whoever finds it may remove it. The mark follows the prefix, whichever version's that is. */
export function isRemoved(scratch: string): boolean {
  return scratch.slice(scratch.indexOf('-') + 1).startsWith(REMOVED_MARK);
}

/** When anything in the folder was last written, in epoch milliseconds. */
async function lastWriteMs(folder: string): Promise<number> {
  const paths = [folder, ...(await readdir(folder).catch(ignoreMissing<string[]>([]))).map((name) => join(folder, name))];
  const times = await Promise.all(paths.map(async (path) => (await stat(path).catch(ignoreMissing(null)))?.mtimeMs ?? 0));
  return Math.max(...times);
}
