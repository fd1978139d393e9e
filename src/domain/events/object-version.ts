/** Which state of an object an event is about, as far as its sender tells. */
export interface ObjectVersion {
  /** Hexadecimal; orders the events of one key. */
  sequencer: string | null;
  /** null in a bucket without versions. */
  versionId: string | null;
  eTag: string | null;
}

export type VersionOrder = 'same' | 'newer' | 'older';

/**
 * Whether an event is about the version that was seen already, a newer or an older one. Sequencers decide where both
 * have one, the shorter filled up with zeros on the right (Amazon S3 User Guide, "Event message structure"). Without
 * them events come in the order in which they are sent.
 */
export function versionOrder(seen: ObjectVersion, next: ObjectVersion): VersionOrder {
  if (seen.versionId !== null && seen.versionId === next.versionId) return 'same';
  if (seen.sequencer !== null && next.sequencer !== null) {
    const digits = Math.max(seen.sequencer.length, next.sequencer.length);
    const [before, after] = [seen.sequencer, next.sequencer].map((sequencer) => sequencer.toUpperCase().padEnd(digits, '0')) as [string, string];
    if (before === after) return 'same';
    return after > before ? 'newer' : 'older';
  }
  const isSameContent = seen.eTag !== null && seen.eTag === next.eTag && seen.versionId === next.versionId;
  return isSameContent ? 'same' : 'newer';
}

/** The version as the row keeps it. */
export function versionText({ sequencer, versionId, eTag }: ObjectVersion): string {
  return JSON.stringify({ sequencer, version_id: versionId, etag: eTag });
}

/** The version that a row keeps; null when it keeps none that can be read. */
export function versionIn(text: string | null): ObjectVersion | null {
  try {
    const { sequencer, version_id, etag } = JSON.parse(text ?? '') as Record<string, unknown>;
    return { sequencer: textOrNull(sequencer), versionId: textOrNull(version_id), eTag: textOrNull(etag) };
  } catch {
    return null;
  }
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
