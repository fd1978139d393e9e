import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { createDigest } from '../../../domain/checksum/digest.js';
import { announcedChecksum, type StoredChecksum } from '../checksum.js';
import { checkWriteConditions } from '../conditions.js';
import type { MultipartUpload, UploadedPart } from '../multipart-uploads.js';
import { encryptionHeaders, eTagFor } from '../object-headers.js';
import type { ObjectRecord } from '../object-store.js';
import { readDocument } from '../read-document.js';
import { xmlAnswer } from '../s3-answer.js';
import { S3Error } from '../s3-error.js';
import type { S3Action } from '../s3-request.js';
import { childText, element, type ParsedElement } from '../xml.js';

const MIN_PART_BYTES = 5 * 1024 * 1024;

/** The parts named in the body become the object, without being copied: each stays a file of its own. */
export const completeMultipartUpload: S3Action = async (request, { uploads }) => {
  const uploadId = request.query.get('uploadId') ?? '';
  uploads.find(uploadId, request.bucket, request.key);
  const document = await readDocument(request, { checkChecksum: false });
  const upload = uploads.find(uploadId, request.bucket, request.key);
  const parts = namedParts(upload, document);
  const record = assembledRecord(upload, parts);
  const checksum = await assembledChecksum(upload, parts, record);
  checkAnnouncedChecksum(request.headers, checksum);

  // Nothing below waits, so nobody else can complete or abort the upload, or send a part again, in between.
  uploads.find(uploadId, request.bucket, request.key);
  const current = new Set(upload.parts.values());
  if (!parts.every((part) => current.has(part))) throw new S3Error('InvalidPart');
  checkWriteConditions(request.headers, upload.bucket.get(request.key));
  uploads.end(upload);
  upload.bucket.commit({ ...record, ...(checksum && { checksum }) });
  upload.bucket.discard([...upload.parts.values()].filter((part) => !parts.includes(part)));

  return xmlAnswer(
    element('CompleteMultipartUploadResult', [
      element('Location', `/${request.bucket}/${request.key}`),
      element('Bucket', request.bucket),
      element('Key', request.key),
      element('ETag', `"${record.eTag}"`),
      ...(checksum ? [element(`Checksum${checksum.algorithm}`, checksum.value), element('ChecksumType', checksum.type)] : []),
    ]),
    encryptionHeaders(upload.headers),
  );
};

function namedParts(upload: MultipartUpload, document: ParsedElement): UploadedPart[] {
  const named = document.children.filter((child) => child.name === 'Part');
  if (document.name !== 'CompleteMultipartUpload' || named.length === 0) throw new S3Error('MalformedXML');
  let lastNumber = 0;
  const parts = named.map((child) => {
    const partNumber = Number(childText(child, 'PartNumber'));
    if (!Number.isInteger(partNumber) || partNumber <= lastNumber) throw new S3Error('InvalidPartOrder');
    lastNumber = partNumber;
    const part = upload.parts.get(partNumber);
    const eTag = childText(child, 'ETag')?.replaceAll('"', '');
    const checksum = upload.checksum && childText(child, `Checksum${upload.checksum.algorithm}`);
    if (part?.md5 !== eTag || part === undefined || (checksum !== undefined && checksum !== part.checksum)) {
      throw new S3Error('InvalidPart', { details: { PartNumber: String(partNumber) } });
    }
    return part;
  });
  if (parts.slice(0, -1).some((part) => part.sizeBytes < MIN_PART_BYTES)) {
    throw new S3Error('EntityTooSmall', { details: { MinSizeAllowed: String(MIN_PART_BYTES) } });
  }
  return parts;
}

/** Its entity tag is the MD5 of the parts' MD5s, with their number behind it. */
function assembledRecord(upload: MultipartUpload, parts: readonly UploadedPart[]): ObjectRecord {
  const md5 = createHash('md5');
  for (const part of parts) md5.update(part.md5, 'hex');
  return {
    key: upload.key,
    sizeBytes: parts.reduce((sum, part) => sum + part.sizeBytes, 0),
    eTag: eTagFor(`${md5.digest('hex')}-${parts.length}`, upload.headers),
    lastModified: new Date().toISOString(),
    headers: upload.headers,
    segments: parts.map(({ file, sizeBytes }) => ({ file, sizeBytes })),
  };
}

async function assembledChecksum(upload: MultipartUpload, parts: readonly UploadedPart[], record: ObjectRecord): Promise<StoredChecksum | undefined> {
  if (upload.checksum === undefined) return undefined;
  const { algorithm, type } = upload.checksum;
  const checksum = createDigest(algorithm);
  if (type === 'COMPOSITE') {
    for (const part of parts) checksum.update(Buffer.from(part.checksum ?? '', 'base64'));
    return { algorithm, type, value: `${checksum.digest().toString('base64')}-${parts.length}` };
  }
  const body = upload.bucket.openBody(record, undefined);
  try {
    for await (const chunk of body.read()) checksum.update(chunk);
  } finally {
    body.release();
  }
  return { algorithm, type, value: checksum.digest().toString('base64') };
}

/** Here the header speaks of the object, not of the request's body. */
function checkAnnouncedChecksum(headers: IncomingHttpHeaders, checksum: StoredChecksum | undefined): void {
  const announced = announcedChecksum(headers);
  if (announced?.value === undefined || announced.algorithm !== checksum?.algorithm) return;
  // A composite may be named with or without its "-N".
  if (announced.value !== checksum.value && announced.value !== checksum.value.replace(/-\d+$/, '')) throw new S3Error('BadDigest');
}
