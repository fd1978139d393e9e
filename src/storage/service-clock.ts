/** The time of day that all replicas go by. */
export interface ServiceClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Takes note of the `Date` header of an answer that came just now (RFC 9110, section 6.6.1); anything else is ignored. */
  heard(date: unknown): void;
}

/** The header tells whole seconds, and an answer may take a while. */
const TOLERANCE_MS = 5000;

/**
 * This machine's clock as long as it agrees with that of the service which keeps the leases; else that one, as it goes on
 * from the latest answer by the monotonic clock. So a replica whose clock is wrong neither takes leases that are alive
 * nor writes ends that lie far off.
 */
export function createServiceClock(wallMs: () => number = () => Date.now(), monotonicMs: () => number = () => performance.now()): ServiceClock {
  let reference: { serviceMs: number; monotonicMs: number } | undefined;
  return {
    now() {
      const wall = wallMs();
      if (reference === undefined) return wall;
      const service = reference.serviceMs + (monotonicMs() - reference.monotonicMs);
      return Math.abs(wall - service) <= TOLERANCE_MS ? wall : Math.round(service);
    },
    heard(date) {
      const serviceMs = typeof date === 'string' ? Date.parse(date) : NaN;
      if (!Number.isNaN(serviceMs)) reference = { serviceMs, monotonicMs: monotonicMs() };
    },
  };
}
