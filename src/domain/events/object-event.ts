import type { ObjectVersion } from './object-version.js';

/** Something that happened to an object in a bucket, whoever tells of it. */
export interface ObjectEvent {
  /** Only `created` means that there is something to process. */
  kind: 'created' | 'other';
  /** What the sender calls it, as `ObjectCreated:Put`. */
  name: string;
  bucketName: string;
  /** As it is in S3: encoded by nobody. */
  objectKey: string;
  version: ObjectVersion;
}

/** Text that is there and not empty, else null. */
export function presentText(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}

/** S3 names the one version of an object in a bucket without versions "null". */
export function presentVersionId(value: string | undefined): string | null {
  return value === 'null' ? null : presentText(value);
}
