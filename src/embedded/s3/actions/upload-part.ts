import { checksumHeader } from '../checksum.js';
import { receiveBody } from '../receive-body.js';
import { S3Error } from '../s3-error.js';
import type { S3Action } from '../s3-request.js';

const MAX_PARTS = 10_000;

export const uploadPart: S3Action = async (request, { uploads }) => {
  if (request.headers['x-amz-copy-source'] !== undefined) throw new S3Error('NotImplemented', { details: { Header: 'x-amz-copy-source' } });
  const uploadId = request.query.get('uploadId') ?? '';
  const upload = uploads.find(uploadId, request.bucket, request.key);
  const partNumber = Number(request.query.get('partNumber'));
  if (!Number.isInteger(partNumber) || partNumber < 1 || partNumber > MAX_PARTS) {
    throw new S3Error('InvalidArgument', { message: `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive` });
  }
  const file = upload.bucket.newDataFile();
  const received = await receiveBody(request, file.path, upload.checksum?.algorithm);
  const segment = { file: file.name, sizeBytes: received.sizeBytes };
  try {
    // The upload may have been completed or aborted while the bytes came in.
    uploads.find(uploadId, request.bucket, request.key);
    if (upload.checksum !== undefined && received.checksum?.algorithm !== upload.checksum.algorithm) {
      throw new S3Error('InvalidRequest', { message: `The upload was created using the ${upload.checksum.algorithm} checksum algorithm.` });
    }
  } catch (error) {
    upload.bucket.discard([segment]);
    throw error;
  }
  const former = upload.parts.get(partNumber);
  upload.parts.set(partNumber, { ...segment, md5: received.md5, ...(upload.checksum && received.checksum && { checksum: received.checksum.value }) });
  if (former !== undefined) upload.bucket.discard([former]);
  return {
    status: 200,
    headers: { ETag: `"${received.md5}"`, ...(received.checksum && { [checksumHeader(received.checksum.algorithm)]: received.checksum.value }) },
  };
};
