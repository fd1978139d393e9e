import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What a viewpoint left on the volume: a digest of each file by name. */
export type Artifacts = ReadonlyMap<string, string>;

const DOCUMENT = /\.(?:stac|footprint|geojson|stats|metadata|bounds)$/;

/**
 * Digests of the files in a viewpoint's folder. Documents are taken without what differs between two viewpoints of one
 * image: id, name, folder and the time at which they were made. null when there is no folder.
 */
export async function readArtifacts(volume: string, viewpointId: string, viewpointName: string): Promise<Artifacts | null> {
  const folder = join(volume, viewpointId);
  const names = await readdir(folder).catch(() => null);
  if (names === null) return null;
  const digests = new Map<string, string>();
  for (const name of names.sort()) {
    const content = await readFile(join(folder, name)).catch((error: unknown) => Buffer.from(`unreadable: ${String(error)}`));
    const plain = DOCUMENT.test(name) ? withoutIdentity(content.toString(), folder, viewpointId, viewpointName) : content;
    digests.set(name, createHash('sha256').update(plain).digest('hex').slice(0, 16));
  }
  return digests;
}

function withoutIdentity(text: string, folder: string, viewpointId: string, viewpointName: string): string {
  return text
    .replaceAll(pathToFileURL(folder).href, '<folder>')
    .replaceAll(folder, '<folder>')
    .replaceAll(viewpointName, '<name>')
    .replaceAll(viewpointId, '<id>')
    .replaceAll(/"(created|end_datetime)":\s*"[^"]*"/g, '"$1":"<time>"');
}

/** Names of the files in which two viewpoints differ. */
export function differences(left: Artifacts, right: Artifacts): string[] {
  return [...new Set([...left.keys(), ...right.keys()])].filter((name) => left.get(name) !== right.get(name));
}
