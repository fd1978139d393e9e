/** A run of an object's bytes that one connection brings. */
export interface Part {
  readonly startByte: number;
  readonly sizeBytes: number;
}

export interface PartPlanOptions {
  /** Longest part. */
  readonly partSizeBytes: number;
  /** Most parts under way at a time. */
  readonly connections: number;
}

/** Below this a further connection costs more than it brings. */
const SMALLEST_PART_BYTES = 8 * 1024 * 1024;
const ALIGNMENT_BYTES = 1024 * 1024;

/**
 * Cuts an object into parts of nearly equal size: one for a small object, else as few as `partSizeBytes` allows, but enough to keep
 * all connections busy to the end. S3 limits the rate of a connection, so one long part at the end would hold everything up.
 * Parts begin at whole mebibytes where they are long enough. None for an empty object.
 */
export function planParts(sizeBytes: number, options: PartPlanOptions): Part[] {
  const atLeast = Math.ceil(sizeBytes / options.partSizeBytes);
  const worthwhile = Math.max(1, Math.floor(sizeBytes / Math.min(SMALLEST_PART_BYTES, options.partSizeBytes)));
  const wholeRounds = Math.ceil(atLeast / options.connections) * options.connections;
  const count = Math.max(atLeast, Math.min(wholeRounds, worthwhile));
  const evenBytes = Math.ceil(sizeBytes / count);
  const alignedBytes = Math.ceil(evenBytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
  const partBytes = alignedBytes <= options.partSizeBytes ? alignedBytes : evenBytes;

  const parts: Part[] = [];
  for (let startByte = 0; startByte < sizeBytes; startByte += partBytes) {
    parts.push({ startByte, sizeBytes: Math.min(partBytes, sizeBytes - startByte) });
  }
  return parts;
}
