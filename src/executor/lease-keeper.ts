import { cancelledError, messageOf, ViewpointError } from '../domain/errors.js';
import type { JobReport } from '../domain/job.js';
import { repeat } from '../domain/repeat.js';
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
  /** Longest time between two renewals. */
  heartbeatMs: number;
  /** Shortest time between two renewals, of which each writes news of the job. */
  reportMs: number;
  now: () => number;
  /** When the request that took the lease was sent, by `performance.now()`. */
  takenAtMs: number;
  onError: (error: unknown) => void;
}

/** A cancel through another replica, and a lost lease, are noticed within this time, in milliseconds. */
const LOOK_MS = 500;
/** Part of the lease that is left when it counts as lost, so that this worker has stopped before another one may begin. */
const SAFETY_SHARE = 0.1;

/**
 * Renews a lease until stopped, and writes the job's report along with it: early when there is news of the job, else
 * with the heartbeat. Between two renewals it looks whether the job is still wanted, since a read costs less than a write.
 * A renewal that fails is tried again soon; when the lease is about to run out without one, even in the middle of a
 * request, it counts as lost. That goes by the monotonic clock, and the time written to the row never goes back, so a
 * wall clock that is set during the job neither ends the lease early nor makes it seem so to others.
 */
export function keepLease(table: ViewpointTable, lease: Lease, report: () => JobReport, options: LeaseKeeperOptions): LeaseKeeper {
  const { leaseMs, heartbeatMs, reportMs, now, takenAtMs, onError } = options;
  const lost = new AbortController();
  const beatMs = Math.min(LOOK_MS, reportMs);
  const startedAt = { wallMs: now(), monotonicMs: performance.now() };
  let renewedAtMs = performance.now();
  let written: JobReport | undefined;
  let lastFailure: unknown;
  let isStopped = false;
  let expiry = expiryTimer(takenAtMs);

  function expiryTimer(sinceMs: number): NodeJS.Timeout {
    const leftMs = sinceMs + leaseMs * (1 - SAFETY_SHARE) - performance.now();
    return setTimeout(() => {
      const why = lastFailure === undefined ? 'no answer' : messageOf(lastFailure);
      lost.abort(new ViewpointError('lease_lost', `The lease on the viewpoint "${lease.viewpointId}" could not be renewed in time: ${why}`, { cause: lastFailure }));
    }, leftMs);
  }

  async function renew(): Promise<ViewpointRecord> {
    const sentAtMs = performance.now();
    const steadyNow = Math.max(now(), startedAt.wallMs + (sentAtMs - startedAt.monotonicMs));
    const news = report();
    const record = await table.renewLease(lease, Math.round(steadyNow) + leaseMs, news);
    if (record === null) {
      const error = leaseLost();
      lost.abort(error);
      throw error;
    }
    clearTimeout(expiry);
    if (!isStopped) expiry = expiryTimer(sentAtMs);
    renewedAtMs = performance.now();
    written = news;
    lastFailure = undefined;
    heed(record);
    return record;
  }

  async function look(): Promise<void> {
    const record = await table.get(lease.viewpointId);
    const isHeld = record?.viewpoint_status === 'REQUESTED' && record.lease_owner === lease.owner && record.attempt === lease.attempt;
    if (isHeld) heed(record);
    else lost.abort(leaseLost());
  }

  function heed({ cancel_requested }: ViewpointRecord): void {
    if (cancel_requested === lease.attempt) lost.abort(cancelledError());
  }

  function leaseLost(): ViewpointError {
    return new ViewpointError('lease_lost', `The viewpoint "${lease.viewpointId}" was taken over, deleted or ended by another process.`);
  }

  const repetition = repeat(beatMs, async () => {
    const isDue = performance.now() - renewedAtMs >= (report() === written ? heartbeatMs : reportMs);
    try {
      await (isDue ? renew() : look());
    } catch (error) {
      lastFailure = error;
      onError(error);
    }
    return lost.signal.aborted ? Infinity : beatMs;
  });

  return {
    signal: lost.signal,
    renew,
    async stop() {
      isStopped = true;
      clearTimeout(expiry);
      await repetition.stop();
    },
  };
}
