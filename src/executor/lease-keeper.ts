import { messageOf, ViewpointError } from '../domain/errors.js';
import type { JobReport } from '../domain/job.js';
import type { Lease, ViewpointRecord } from '../domain/viewpoint-record.js';
import type { ViewpointTable } from '../storage/viewpoint-table.js';

export interface LeaseKeeper {
  /** Aborts when the lease is lost, the viewpoint deleted or a cancel asked for; the reason is a ViewpointError. */
  readonly signal: AbortSignal;
  /** Renews the lease now, and answers the row as it is; throws when the lease is lost. */
  renew(): Promise<ViewpointRecord>;
  /** Ends the renewals; resolves when none is under way. */
  stop(): Promise<void>;
}

export interface LeaseKeeperOptions {
  leaseMs: number;
  heartbeatMs: number;
  now: () => number;
  onError: (error: unknown) => void;
}

/**
 * Renews a lease until stopped, and writes the job's report along with it. A renewal that fails is tried again with
 * the next heartbeat; once the lease has run out without one, it counts as lost.
 */
export function keepLease(table: ViewpointTable, lease: Lease, report: () => JobReport, options: LeaseKeeperOptions): LeaseKeeper {
  const { leaseMs, heartbeatMs, now, onError } = options;
  const lost = new AbortController();
  let expiresAt = now() + leaseMs;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<unknown> = Promise.resolve();
  let isStopped = false;

  async function renew(): Promise<ViewpointRecord> {
    const nextExpiry = now() + leaseMs;
    const record = await table.renewLease(lease, nextExpiry, report());
    if (record === null) {
      const error = new ViewpointError('lease_lost', `The viewpoint "${lease.viewpointId}" was taken over, deleted or ended by another process.`);
      lost.abort(error);
      throw error;
    }
    expiresAt = nextExpiry;
    if (record.cancel_requested === lease.attempt) lost.abort(new ViewpointError('cancelled', 'The job was cancelled on request.'));
    return record;
  }

  async function heartbeat(): Promise<void> {
    try {
      await renew();
    } catch (error) {
      onError(error);
      if (now() >= expiresAt) lost.abort(new ViewpointError('lease_lost', `The lease on the viewpoint "${lease.viewpointId}" could not be renewed in time: ${messageOf(error)}`, { cause: error }));
    }
    schedule();
  }

  function schedule(): void {
    if (isStopped || lost.signal.aborted) return;
    timer = setTimeout(() => void (underWay = heartbeat()), heartbeatMs);
  }

  schedule();

  return {
    signal: lost.signal,
    renew,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}
