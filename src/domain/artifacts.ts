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

/**
 * Folder names of attempts start with this, so no image may. GDAL takes two letters behind the last dot of a NITF's
 * whole path for the code of a map series (MIL-STD-2411-1, section 5.1.4), which for a key without an extension is this
 * dot: no code starts with "s".
 */
export const SCRATCH_PREFIX = '.scratch-';
/** What they started with in former versions, whose replicas may still run on the same volume, or have left some. */
const FORMER_SCRATCH_PREFIX = '.attempt-';

export function isScratchName(name: string): boolean {
  return scratchPrefixOf(name) !== undefined;
}

function scratchPrefixOf(name: string): string | undefined {
  return [SCRATCH_PREFIX, FORMER_SCRATCH_PREFIX].find((prefix) => name.startsWith(prefix));
}

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
  const prefix = scratchPrefixOf(name);
  if (prefix !== undefined) return `names that start with "${prefix}" are taken by the service`;
  const suffix = Object.values(ARTIFACT_SUFFIXES).find((taken) => name.toLowerCase().endsWith(taken));
  return suffix === undefined ? undefined : `names that end in "${suffix}" are taken by the files that the service writes`;
}
