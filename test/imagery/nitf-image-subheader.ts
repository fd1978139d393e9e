import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { nitfHeaderLength } from '../../src/domain/nitf/file-header.js';

/** Behind 333 bytes, of which 1 is ENCRYP (MIL-STD-2500C, table A-3, field NROWS). */
export const NROWS = 333;

/**
 * Overwrites fields of the first image subheader of a NITF 2.1 file, which follows the file header.
 * @param fields pairs of the field's offset in the subheader, in bytes (MIL-STD-2500C, table A-3), and its new content;
 * instead of an offset, the content that the field has now.
 */
export function setImageFields(path: string, fields: readonly (readonly [at: number | string, content: string])[]): void {
  const bytes = readFileSync(path);
  const start = nitfHeaderLength(bytes);
  assert.ok(start !== null, `${path} is no NITF 2.1`);
  for (const [at, content] of fields) {
    const place = typeof at === 'number' ? start + at : bytes.indexOf(at, start + NROWS);
    assert.ok(place >= start, `no field holds ${at}`);
    bytes.write(content, place, 'latin1');
  }
  writeFileSync(path, bytes);
}
