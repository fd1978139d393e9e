import { randomBytes } from 'node:crypto';
import type { ChecksumAlgorithm, ChecksumType } from './checksum.js';
import type { Bucket, Segment } from './object-store.js';
import { S3Error } from './s3-error.js';

export interface UploadedPart extends Segment {
  /** MD5 of the part, in hexadecimal digits. */
  readonly md5: string;
  /** In base64, of the upload's algorithm. */
  readonly checksum?: string;
}

export interface MultipartUpload {
  readonly id: string;
  readonly bucket: Bucket;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly checksum?: { readonly algorithm: ChecksumAlgorithm; readonly type: ChecksumType };
  readonly parts: Map<number, UploadedPart>;
}

/** Uploads under way. They live in memory: a restart drops them, and the store then removes their bytes. */
export interface MultipartUploads {
  begin(upload: Omit<MultipartUpload, 'id' | 'parts'>): MultipartUpload;
  /** Throws `NoSuchUpload`. */
  find(id: string, bucket: string, key: string): MultipartUpload;
  end(upload: MultipartUpload): void;
}

export function createMultipartUploads(): MultipartUploads {
  const uploads = new Map<string, MultipartUpload>();
  return {
    begin: (fields) => {
      const upload: MultipartUpload = { ...fields, id: randomBytes(24).toString('base64url'), parts: new Map() };
      uploads.set(upload.id, upload);
      return upload;
    },
    find: (id, bucket, key) => {
      const upload = uploads.get(id);
      if (upload?.bucket.name !== bucket || upload.key !== key) throw new S3Error('NoSuchUpload', { details: { UploadId: id } });
      return upload;
    },
    end: (upload) => void uploads.delete(upload.id),
  };
}
