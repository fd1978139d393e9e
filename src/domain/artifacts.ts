import { ViewpointError } from './errors.js';

/** What the service leaves beside the image on the volume, by the suffix on the image's file name. */
export const ARTIFACT_SUFFIXES = {
  overviews: '.ovr',
  statisticsSidecar: '.aux.xml',
  metadata: '.metadata',
  bounds: '.bounds',
  footprint: '.geojson',
  statistics: '.stats',
  outline: '.footprint',
  stac: '.stac',
} as const;

export type ArtifactName = keyof typeof ARTIFACT_SUFFIXES;

/** Folder names of attempts start with this, so no image may. */
export const SCRATCH_PREFIX = '.attempt-';

const LONGEST_FILE_NAME_BYTES = 255;
const ROOM_FOR_SUFFIXES_BYTES = 16;

/**
 * The image's file name on the volume: the part of the object key behind its last slash.
 * @throws ViewpointError `unusable_object_key` when that part cannot name a file of its own beside the artifacts.
 */
export function imageFileName(objectKey: string): string {
  const name = objectKey.slice(objectKey.lastIndexOf('/') + 1);
  const reason = whyUnusable(name);
  if (reason !== undefined) {
    throw new ViewpointError(
      'unusable_object_key',
      `The object key "${objectKey}" cannot be used: ${reason}. Copy the object to a key that ends in a plain file name.`,
    );
  }
  return name;
}

function whyUnusable(name: string): string | undefined {
  if (name === '') return 'it ends in a slash and so names no file';
  if (name === '.' || name === '..') return `its last part "${name}" is a folder`;
  if (name.includes('\0')) return 'it holds a NUL character';
  if (Buffer.byteLength(name) > LONGEST_FILE_NAME_BYTES - ROOM_FOR_SUFFIXES_BYTES) {
    return `its last part is longer than ${LONGEST_FILE_NAME_BYTES - ROOM_FOR_SUFFIXES_BYTES} bytes`;
  }
  if (name.startsWith(SCRATCH_PREFIX)) return `names that start with "${SCRATCH_PREFIX}" are taken by the service`;
  const suffix = Object.values(ARTIFACT_SUFFIXES).find((taken) => name.toLowerCase().endsWith(taken));
  return suffix === undefined ? undefined : `names that end in "${suffix}" are taken by the files that the service writes`;
}
