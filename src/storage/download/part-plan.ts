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

/** Cuts an object into parts as they are asked for. */
export interface PartPlan {
  /** Most parts that it can come to. */
  readonly most: number;
  /**
   * The next part; null when nothing is left.
   * @param bytesPerSecond that a connection brings; null while that is not known.
   */
  next(bytesPerSecond: number | null): Part | null;
}

/** Below this a further connection costs more than it brings. */
const SMALLEST_PART_BYTES = 8 * 1024 * 1024;
const ALIGNMENT_BYTES = 1024 * 1024;
/** Time that a part takes: so long that the round trip before it does not count, and so short that the file grows from its beginning. */
const PART_SECONDS = 1;

/**
 * Plans the parts of an object: one for a small object; else the beginning and the end first, where an image has its
 * headers, and then from top to bottom, as its pixels are read. A part is about as long as a connection brings in a
 * second, and all connections have as many of them: S3 limits the rate of each, so one long part at the end would hold
 * everything up. Parts begin at whole mebibytes where they are long enough. None for an empty object.
 */
export function planParts(sizeBytes: number, { partSizeBytes, connections }: PartPlanOptions): PartPlan {
  const smallestBytes = Math.min(SMALLEST_PART_BYTES, partSizeBytes);
  const unit = smallestBytes < ALIGNMENT_BYTES ? 1 : ALIGNMENT_BYTES;
  const aligned = (bytes: number, toWhole: (value: number) => number): number => toWhole(bytes / unit) * unit;
  let start = 0;
  let end = sizeBytes;
  let count = 0;
  let round = { partBytes: 0, partsLeft: 0 };

  function takeFromEnd(): Part {
    const startByte = aligned(end - round.partBytes, Math.ceil);
    const part = { startByte, sizeBytes: end - startByte };
    end = startByte;
    return part;
  }

  /** Divides the rest into rounds of a part for each connection, all of one length. */
  function beginRound(bytesPerSecond: number | null): void {
    const rest = end - start;
    const wanted = Math.min(partSizeBytes, Math.max(smallestBytes, (bytesPerSecond ?? 0) * PART_SECONDS));
    // A last round with work for some of them only would take as long as a whole one.
    const rounds = Math.max(1, Math.min(Math.ceil(rest / (wanted * connections)), Math.floor(rest / (smallestBytes * connections))));
    round = { partBytes: Math.min(partSizeBytes, Math.max(smallestBytes, aligned(rest / (rounds * connections), Math.ceil))), partsLeft: connections };
  }

  function takeFromStart(): Part {
    const rest = end - start;
    // What is less than two parts is not worth two.
    const isLast = rest < 2 * smallestBytes && rest <= partSizeBytes;
    const part = { startByte: start, sizeBytes: isLast ? rest : Math.min(round.partBytes, rest) };
    start += part.sizeBytes;
    return part;
  }

  return {
    most: Math.ceil(sizeBytes / smallestBytes),
    next(bytesPerSecond) {
      if (start === end) return null;
      if (round.partsLeft === 0) beginRound(bytesPerSecond);
      round.partsLeft--;
      const isEndWanted = count++ === 1 && end - start > round.partBytes + smallestBytes;
      return isEndWanted ? takeFromEnd() : takeFromStart();
    },
  };
}
