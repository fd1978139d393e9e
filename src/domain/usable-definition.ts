import { imageFileName } from './artifacts.js';
import { ViewpointError } from './errors.js';
import type { ViewpointDefinition } from './viewpoint.js';

/**
 * Refuses a definition that must not or cannot be processed, whoever asks for it and whatever the row says by now.
 * @param allowedBuckets null: any bucket.
 * @throws ViewpointError `bucket_not_allowed`, `unusable_object_key`.
 */
export function refuseUnusable({ bucket_name, object_key }: ViewpointDefinition, allowedBuckets: readonly string[] | null): void {
  imageFileName(object_key);
  if (allowedBuckets === null || allowedBuckets.includes(bucket_name)) return;
  throw new ViewpointError('bucket_not_allowed', `Images from the bucket "${bucket_name}" are not allowed. ALLOWED_BUCKETS names those that are.`);
}
