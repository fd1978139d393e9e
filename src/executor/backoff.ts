export interface BackoffOptions {
  /** Longest wait before the second try, in milliseconds; it doubles with each further one. */
  baseMs: number;
  maximumMs: number;
}

/** A wait with full jitter before try number `tries` + 1: between half and all of the doubled base. */
export function backoffMs({ baseMs, maximumMs }: BackoffOptions, tries: number): number {
  const longest = Math.min(maximumMs, baseMs * 2 ** (tries - 1));
  return Math.round(longest / 2 + (Math.random() * longest) / 2);
}
