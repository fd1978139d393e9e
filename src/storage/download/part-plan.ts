/** A run of an object's bytes that one connection brings. */
export interface Part {
  readonly startByte: number;
  readonly sizeBytes: number;
}

export interface PartPlanOptions {
  /** Longest part. */
  readonly partSizeBytes: number;
}

/** Cuts an object into parts as they are asked for. */
export interface PartPlan {
  /** Most parts that it can come to. */
  readonly most: number;
  /**
   * The next part; null when nothing is left.
   * @param connections among which the rest is divided.
   * @param bytesPerSecond that a connection brings; null while that is not known.
   */
  next(connections: number, bytesPerSecond: number | null): Part | null;
}

/** Below this a further connection costs more than it brings. */
const SMALLEST_PART_BYTES = 8 * 1024 * 1024;
const ALIGNMENT_BYTES = 1024 * 1024;
/** Time that a part takes: so long that the round trip before it does not count, and so short that the file grows from its beginning. */
const PART_SECONDS = 0.25;

/**
 * Plans the parts of an object: one for a small object; else the beginning and the end first, where an image has its
 * headers, and then from top to bottom, as its pixels are read. A part is as long as a connection brings in a
 * quarter of a second, but no longer than keeps all connections busy to the end: S3 limits the rate of each, so one long part at the
 * end would hold everything up. Parts begin at whole mebibytes where they are long enough. None for an empty object.
 */
export function planParts(sizeBytes: number, { partSizeBytes }: PartPlanOptions): PartPlan {
  const smallestBytes = Math.min(SMALLEST_PART_BYTES, partSizeBytes);
  const unit = smallestBytes < ALIGNMENT_BYTES ? 1 : ALIGNMENT_BYTES;
  const aligned = (bytes: number, round: (value: number) => number): number => round(bytes / unit) * unit;
  let start = 0;
  let end = sizeBytes;
  let count = 0;

  function takeFromEnd(): Part {
    const startByte = aligned(end - smallestBytes, Math.ceil);
    const part = { startByte, sizeBytes: end - startByte };
    end = startByte;
    return part;
  }

  function takeFromStart(connections: number, bytesPerSecond: number | null): Part {
    const rest = end - start;
    const wanted = Math.min((bytesPerSecond ?? 0) * PART_SECONDS, rest / connections, partSizeBytes);
    const whole = Math.max(smallestBytes, aligned(wanted, Math.floor));
    // What is less than a part is not worth one of its own.
    const isLast = rest - whole < smallestBytes && rest <= partSizeBytes;
    const part = { startByte: start, sizeBytes: isLast ? rest : Math.min(whole, rest) };
    start += part.sizeBytes;
    return part;
  }

  return {
    most: Math.ceil(sizeBytes / smallestBytes),
    next(connections, bytesPerSecond) {
      if (start === end) return null;
      const isEndWanted = count++ === 1 && end - start > 2 * smallestBytes;
      return isEndWanted ? takeFromEnd() : takeFromStart(connections, bytesPerSecond);
    },
  };
}
