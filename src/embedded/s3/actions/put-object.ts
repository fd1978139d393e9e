import { checksumHeaders, type StoredChecksum } from '../checksum.js';
import { checkWriteConditions } from '../conditions.js';
import { encryptionHeaders, eTagFor, headersToKeep } from '../object-headers.js';
import { receiveBody } from '../receive-body.js';
import { S3Error } from '../s3-error.js';
import type { S3Action } from '../s3-request.js';

export const putObject: S3Action = async (request, { store }) => {
  if (request.headers['x-amz-copy-source'] !== undefined) throw new S3Error('NotImplemented', { details: { Header: 'x-amz-copy-source' } });
  const bucket = store.bucket(request.bucket);
  const file = bucket.newDataFile();
  const received = await receiveBody(request, file.path);
  const segments = [{ file: file.name, sizeBytes: received.sizeBytes }];
  const headers = headersToKeep(request.headers);
  const eTag = eTagFor(received.md5, headers);
  const checksum: StoredChecksum | undefined = received.checksum && { ...received.checksum, type: 'FULL_OBJECT' };
  try {
    checkWriteConditions(request.headers, bucket.get(request.key));
    bucket.commit({
      key: request.key,
      sizeBytes: received.sizeBytes,
      eTag,
      lastModified: new Date().toISOString(),
      headers,
      ...(checksum && { checksum }),
      segments,
    });
  } catch (error) {
    bucket.discard(segments);
    throw error;
  }
  return { status: 200, headers: { ETag: `"${eTag}"`, ...checksumHeaders(checksum), ...encryptionHeaders(headers) } };
};
