import type { Arrived } from '../../domain/arrived.js';
import type { Part } from './part-plan.js';

/** Which bytes of a file are there whose parts come at the same time. */
export interface PartArrivals {
  /** Takes note of a part; what it returns takes note of the part's bytes, which come in order. */
  begin(part: Part): (bytes: number) => void;
  arrived(): Arrived;
}

export function createPartArrivals(sizeBytes: number): PartArrivals {
  /** Bytes that are there from an offset on, and parts that are complete, by where they end. */
  const received = new Map<number, number>();
  const completeByEnd = new Map<number, number>();
  let prefixEnd = 0;
  let suffixStart = sizeBytes;

  return {
    begin({ startByte, sizeBytes: partBytes }) {
      received.set(startByte, 0);
      return (bytes) => {
        const sum = (received.get(startByte) ?? 0) + bytes;
        received.set(startByte, sum);
        if (sum < partBytes) return;
        completeByEnd.set(startByte + partBytes, startByte);
        for (let start = completeByEnd.get(suffixStart); start !== undefined && suffixStart > 0; start = completeByEnd.get(suffixStart)) suffixStart = start;
      };
    },
    arrived() {
      for (;;) {
        const bytesEnd = prefixEnd + (received.get(prefixEnd) ?? 0);
        // Where another part begins, this one ends.
        if (bytesEnd === prefixEnd || !received.has(bytesEnd)) return { prefixBytes: bytesEnd, suffixStart, sizeBytes };
        prefixEnd = bytesEnd;
      }
    },
  };
}
