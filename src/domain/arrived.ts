/** Which bytes of a file that is being downloaded are there: those before `prefixBytes`, and those from `suffixStart` on. */
export interface Arrived {
  readonly prefixBytes: number;
  readonly suffixStart: number;
  /** Of the whole file. */
  readonly sizeBytes: number;
}

/** Whoever reads bytes through a buffer reads some around them too, and would keep what was not there yet. */
const READ_AROUND_BYTES = 64 * 1024;

/** Whether the bytes from `start` up to, not including, `end` are there, and as many around them as a buffered reader takes along. */
export function isThere({ prefixBytes, suffixStart, sizeBytes }: Arrived, start: number, end: number): boolean {
  return Math.min(end + READ_AROUND_BYTES, sizeBytes) <= prefixBytes || start - READ_AROUND_BYTES >= suffixStart;
}
