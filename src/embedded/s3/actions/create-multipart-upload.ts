import { parseChecksumAlgorithm, type ChecksumAlgorithm, type ChecksumType } from '../checksum.js';
import { encryptionHeaders, headersToKeep } from '../object-headers.js';
import { xmlAnswer } from '../s3-answer.js';
import { S3Error } from '../s3-error.js';
import type { S3Action } from '../s3-request.js';
import { element } from '../xml.js';

export const createMultipartUpload: S3Action = (request, { store, uploads }) => {
  const checksum = wantedChecksum(request.headers['x-amz-checksum-algorithm'], request.headers['x-amz-checksum-type']);
  const headers = headersToKeep(request.headers);
  const upload = uploads.begin({ bucket: store.bucket(request.bucket), key: request.key, headers, ...(checksum && { checksum }) });
  return xmlAnswer(
    element('InitiateMultipartUploadResult', [element('Bucket', request.bucket), element('Key', request.key), element('UploadId', upload.id)]),
    {
      ...encryptionHeaders(headers),
      ...(checksum && { 'x-amz-checksum-algorithm': checksum.algorithm, 'x-amz-checksum-type': checksum.type }),
    },
  );
};

/** Amazon S3 User Guide, "Checking object integrity": a SHA exists as composite only, CRC64NVME as full-object only; composite is the default. */
function wantedChecksum(
  algorithmHeader: string | string[] | undefined,
  typeHeader: string | string[] | undefined,
): { algorithm: ChecksumAlgorithm; type: ChecksumType } | undefined {
  if (typeof algorithmHeader !== 'string') return undefined;
  const algorithm = parseChecksumAlgorithm(algorithmHeader);
  const onlyType: ChecksumType | undefined = algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : algorithm.startsWith('SHA') ? 'COMPOSITE' : undefined;
  if (typeHeader !== undefined && typeHeader !== 'FULL_OBJECT' && typeHeader !== 'COMPOSITE') throw new S3Error('InvalidRequest');
  if (onlyType !== undefined && typeHeader !== undefined && typeHeader !== onlyType) {
    throw new S3Error('InvalidRequest', { message: `The ${typeHeader} checksum type cannot be used with the ${algorithm} checksum algorithm.` });
  }
  return { algorithm, type: typeHeader ?? onlyType ?? 'COMPOSITE' };
}
