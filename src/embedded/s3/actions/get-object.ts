import { checkReadConditions } from '../conditions.js';
import { objectHeaders } from '../object-headers.js';
import { parseRange } from '../range.js';
import { S3Error } from '../s3-error.js';
import type { S3Action } from '../s3-request.js';

/** 200 with the object, 206 with a range of it, or 304. */
export const getObject: S3Action = (request, { store }) => {
  const bucket = store.bucket(request.bucket);
  const record = bucket.get(request.key);
  if (record === undefined) throw new S3Error('NoSuchKey', { details: { Key: request.key } });
  const withChecksum = request.headers['x-amz-checksum-mode']?.toString().toUpperCase() === 'ENABLED';
  if (checkReadConditions(request.headers, record) === 'not-modified') {
    return { status: 304, headers: objectHeaders(record, { withChecksum: false }) };
  }
  const range = parseRange(request.headers.range, record.sizeBytes);
  if (range === undefined) {
    return { status: 200, headers: objectHeaders(record, { withChecksum }), body: bucket.openBody(record, undefined) };
  }
  return {
    status: 206,
    // The checksum is of the whole object and would not fit the part.
    headers: { ...objectHeaders(record, { withChecksum: false }), 'Content-Range': `bytes ${range.start}-${range.end}/${record.sizeBytes}` },
    body: bucket.openBody(record, range),
  };
};
