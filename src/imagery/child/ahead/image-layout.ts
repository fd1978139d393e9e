/** A run of a file's bytes: from `start` up to, not including, `end`. */
export interface ByteSpan {
  readonly start: number;
  readonly end: number;
}

/** Where in its file an image's pixels lie. */
export interface ImageLayout {
  readonly width: number;
  readonly height: number;
  /** All that has to be there before rows of these bands can be read; bands count from 1. */
  spanOf(bandNumbers: readonly number[], firstRow: number, rowCount: number): ByteSpan;
}

/** The span of all of them. */
export function hull(spans: readonly ByteSpan[]): ByteSpan {
  return spans.reduce((whole, { start, end }) => ({ start: Math.min(whole.start, start), end: Math.max(whole.end, end) }), { start: Infinity, end: 0 });
}
