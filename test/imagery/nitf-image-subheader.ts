import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { nitfHeaderLength } from '../../src/domain/nitf/file-header.js';

/** Places of fields in an image subheader, in bytes (MIL-STD-2500C, table A-3). */
export const NROWS = 333;
export const PVTYPE = 349;
export const ABPP = 368;
const ICORDS = 371;
const CORNERS_LENGTH = 60;
const COMMENT_LENGTH = 80;

/** The place of IC, which stands behind the coordinates and comments that there are. */
export function compressionPlace(subheader: Buffer): number {
  const textAt = (start: number) => subheader.toString('latin1', start, start + 1);
  const comments = ICORDS + 1 + (textAt(ICORDS) === ' ' ? 0 : CORNERS_LENGTH);
  return comments + 1 + Number(textAt(comments)) * COMMENT_LENGTH;
}

/** Overwrites parts of the first image subheader of a NITF 2.1 file, which follows the file header. */
export function changeImageSubheader(path: string, change: (subheader: Buffer) => void): void {
  const bytes = readFileSync(path);
  change(bytes.subarray(nitfHeaderLength(bytes) ?? assert.fail(`${path} is no NITF 2.1`)));
  writeFileSync(path, bytes);
}
