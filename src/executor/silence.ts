import type { ViewpointRecord } from '../domain/viewpoint-record.js';

/** Tells leases that nobody renews, without trusting the clock of whoever wrote their end. */
export interface SilenceWatch {
  /** Whether the lease has stood as it is, since it was first seen so, for longer than a lease lasts. */
  isSilent(record: ViewpointRecord): boolean;
  /** Forgets the viewpoints that are not among these. */
  keepOnly(records: readonly ViewpointRecord[]): void;
}

/**
 * A lease ends at a time by its holder's clock. If that clock ran ahead, the time lies far off, and a holder that died
 * would keep its viewpoint until then; so the lease is watched too: a living holder renews it well within `leaseMs`.
 */
export function createSilenceWatch(leaseMs: number, monotonicMs: () => number = () => performance.now()): SilenceWatch {
  const seen = new Map<string, { version: string; sinceMs: number }>();
  return {
    isSilent({ viewpoint_id, lease_owner, attempt, lease_expires_at }) {
      const version = `${lease_owner ?? ''} ${attempt} ${lease_expires_at}`;
      const before = seen.get(viewpoint_id);
      if (before?.version === version) return monotonicMs() - before.sinceMs > leaseMs;
      seen.set(viewpoint_id, { version, sinceMs: monotonicMs() });
      return false;
    },
    keepOnly(records) {
      const ids = new Set(records.map((record) => record.viewpoint_id));
      for (const id of seen.keys()) if (!ids.has(id)) seen.delete(id);
    },
  };
}
