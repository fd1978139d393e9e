import type { ByteRange } from './object-store.js';
import { S3Error } from './s3-error.js';

/**
 * The bytes that a Range header selects of `sizeBytes` (RFC 9110 section 14.1.2), or undefined for the whole object: no header,
 * another unit, several ranges or bad syntax. Throws `InvalidRange` when no byte is selected.
 */
export function parseRange(header: string | undefined, sizeBytes: number): ByteRange | undefined {
  const match = header === undefined ? null : /^bytes=\s*(\d{0,15})\s*-\s*(\d{0,15})\s*$/.exec(header);
  if (header === undefined || match === null) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  if (first === '') {
    const length = Math.min(Number(last), sizeBytes);
    if (length === 0) throw unsatisfiable(header, sizeBytes);
    return { start: sizeBytes - length, end: sizeBytes - 1 };
  }
  const start = Number(first);
  const end = last === '' ? Number.POSITIVE_INFINITY : Number(last);
  if (end < start) return undefined;
  if (start >= sizeBytes) throw unsatisfiable(header, sizeBytes);
  return { start, end: Math.min(end, sizeBytes - 1) };
}

function unsatisfiable(header: string, sizeBytes: number): S3Error {
  return new S3Error('InvalidRange', {
    details: { RangeRequested: header, ActualObjectSize: String(sizeBytes) },
    headers: { 'Content-Range': `bytes */${sizeBytes}` },
  });
}
