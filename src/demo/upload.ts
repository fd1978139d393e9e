import { createReadStream } from 'node:fs';
import { AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, UploadPartCommand, type CompletedPart, type S3Client } from '@aws-sdk/client-s3';
import { putFile } from '../composition/sample-objects.js';

export interface Upload {
  bucket: string;
  key: string;
  path: string;
  sizeBytes: number;
  signal: AbortSignal;
  onProgress: (bytesDone: number) => void;
}

const MEBIBYTE = 1024 * 1024;
/** Amazon S3 User Guide, "Amazon S3 multipart upload limits". */
const MOST_PARTS = 10_000;
const PART_BYTES = 64 * MEBIBYTE;

/** Uploads a file of any size, streamed: in parts when it is larger than one. */
export async function uploadFile(s3: S3Client, upload: Upload): Promise<void> {
  const { bucket, key, path, sizeBytes, onProgress, signal } = upload;
  signal.throwIfAborted();
  if (sizeBytes > PART_BYTES) await uploadInParts(s3, upload);
  else await putFile(s3, bucket, key, path);
  onProgress(sizeBytes);
}

async function uploadInParts(s3: S3Client, { bucket, key, path, sizeBytes, signal, onProgress }: Upload): Promise<void> {
  const object = { Bucket: bucket, Key: key };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ ...object, ChecksumAlgorithm: 'CRC32' }));
  const partBytes = partSizeBytes(sizeBytes);
  const parts: CompletedPart[] = [];
  try {
    for (let start = 0; start < sizeBytes; start += partBytes) {
      const length = Math.min(partBytes, sizeBytes - start);
      const partNumber = parts.length + 1;
      const { ETag, ChecksumCRC32 } = await s3.send(
        new UploadPartCommand({
          ...object,
          UploadId,
          PartNumber: partNumber,
          Body: createReadStream(path, { start, end: start + length - 1 }),
          ContentLength: length,
          ChecksumAlgorithm: 'CRC32',
        }),
        { abortSignal: signal },
      );
      parts.push({ PartNumber: partNumber, ETag, ChecksumCRC32 });
      onProgress(start + length);
    }
    await s3.send(new CompleteMultipartUploadCommand({ ...object, UploadId, MultipartUpload: { Parts: parts } }));
  } catch (error) {
    await s3.send(new AbortMultipartUploadCommand({ ...object, UploadId })).catch(() => undefined);
    throw error;
  }
}

/** Whole mebibytes, so large that the parts do not become too many. */
export function partSizeBytes(sizeBytes: number): number {
  return Math.max(PART_BYTES, Math.ceil(sizeBytes / MOST_PARTS / MEBIBYTE) * MEBIBYTE);
}
