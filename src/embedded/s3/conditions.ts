import type { IncomingHttpHeaders } from 'node:http';
import type { ObjectRecord } from './object-store.js';
import { S3Error } from './s3-error.js';

/**
 * Whether a read is to be answered with the object or with 304, in the order of precedence of RFC 9110 section 13.2.2.
 * Throws `PreconditionFailed`.
 */
export function checkReadConditions(headers: IncomingHttpHeaders, record: ObjectRecord): 'modified' | 'not-modified' {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined) {
    if (!matchesETag(ifMatch, record.eTag)) throw failed('If-Match');
  } else {
    const unmodifiedSince = parseDate(headers['if-unmodified-since']);
    if (unmodifiedSince !== undefined && lastModifiedSeconds(record) > unmodifiedSince) throw failed('If-Unmodified-Since');
  }
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined) return matchesETag(ifNoneMatch, record.eTag) ? 'not-modified' : 'modified';
  const modifiedSince = parseDate(headers['if-modified-since']);
  return modifiedSince !== undefined && lastModifiedSeconds(record) <= modifiedSince ? 'not-modified' : 'modified';
}

/**
 * Conditions of a write: `If-None-Match: *` (there must be no object) and `If-Match` (there must be this one).
 * Throws `PreconditionFailed`, `NoSuchKey` for an If-Match without object, and `NotImplemented` for any other If-None-Match.
 */
export function checkWriteConditions(headers: IncomingHttpHeaders, current: ObjectRecord | undefined): void {
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch !== '*') throw new S3Error('NotImplemented', { details: { Header: 'If-None-Match' } });
    if (current !== undefined) throw failed('If-None-Match');
  }
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined) {
    if (current === undefined) throw new S3Error('NoSuchKey');
    if (!matchesETag(ifMatch, current.eTag)) throw failed('If-Match');
  }
}

function failed(condition: string): S3Error {
  return new S3Error('PreconditionFailed', { details: { Condition: condition } });
}

/** S3 takes entity tags with and without their quotes. */
function matchesETag(header: string, eTag: string): boolean {
  return header.split(',').some((candidate) => {
    const tag = candidate.trim();
    return tag === '*' || tag.replace(/^(?:W\/)?"(.*)"$/, '$1') === eTag;
  });
}

/** HTTP dates have no fractions of a second. */
function lastModifiedSeconds(record: ObjectRecord): number {
  return Math.floor(Date.parse(record.lastModified) / 1000);
}

function parseDate(header: string | undefined): number | undefined {
  const milliseconds = header === undefined ? Number.NaN : Date.parse(header);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}
