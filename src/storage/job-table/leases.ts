import type { JobReport } from '../../domain/job.js';
import type { Lease, ViewpointRecord } from '../../domain/viewpoint-record.js';
import { HOLDS_LEASE, IS_FREE, leaseValues } from './conditions.js';
import type { TableRows } from './table-rows.js';

/** Who may work on a `REQUESTED` row: one owner at a time, told apart from former ones by the attempt. */
export interface TableLeases {
  /** Takes the lease on a `REQUESTED` row that nobody holds; null when it cannot be had. */
  acquireLease(viewpointId: string, owner: string, expiresAt: number): Promise<ViewpointRecord | null>;
  /** Extends the lease and notes how the job stands; null when the lease is lost or the row no longer `REQUESTED`. */
  renewLease(lease: Lease, expiresAt: number, job: JobReport): Promise<ViewpointRecord | null>;
  /** Gives the lease back without an end state; the row stays `REQUESTED`, and counts as abandoned from `claimedUntil` on unless that is 0. */
  releaseLease(lease: Lease, job: JobReport, claimedUntil?: number): Promise<void>;
  /** Asks whoever holds the lease to stop, or takes over from it without having heard; false when nobody holds it. */
  requestCancel(record: ViewpointRecord): Promise<boolean>;
  /** Frees a viewpoint whose lease has not been renewed since the row was read, however far off its end is; false when it has. */
  breakLease(record: ViewpointRecord): Promise<boolean>;
}

/** Leases, in the rows of a table; throws what its rows throw. */
export function createTableLeases(rows: TableRows, now: () => number): TableLeases {
  return {
    acquireLease(viewpointId, owner, expiresAt) {
      return rows.update(
        viewpointId,
        'SET lease_owner = :owner, lease_expires_at = :expiresAt, attempt = if_not_exists(attempt, :zero) + :one',
        `viewpoint_status = :requested AND ${IS_FREE}`,
        { ':owner': owner, ':expiresAt': expiresAt, ':zero': 0, ':one': 1, ':requested': 'REQUESTED', ':nullType': 'NULL', ':now': now() },
      );
    },

    renewLease(lease, expiresAt, job) {
      return rows.update(lease.viewpointId, 'SET lease_expires_at = :expiresAt, job = :job', HOLDS_LEASE, {
        ...leaseValues(lease),
        ':expiresAt': expiresAt,
        ':job': job,
      });
    },

    async releaseLease(lease, job, claimedUntil = 0) {
      await rows.update(lease.viewpointId, 'SET lease_owner = :null, lease_expires_at = :claimedUntil, job = :job', HOLDS_LEASE, {
        ...leaseValues(lease),
        ':null': null,
        ':claimedUntil': claimedUntil,
        ':job': job,
      });
    },

    async requestCancel(record) {
      const isWritten = await rows.update(record.viewpoint_id, 'SET cancel_requested = :attempt', 'viewpoint_status = :requested AND attempt = :attempt AND attribute_type(lease_owner, :textType) AND lease_expires_at > :now', {
        ':attempt': record.attempt,
        ':requested': 'REQUESTED',
        ':textType': 'S',
        ':now': now(),
      });
      return isWritten !== null;
    },

    async breakLease({ viewpoint_id, lease_owner, attempt, lease_expires_at }) {
      // Not 0, which would mean that nobody ever took the viewpoint on.
      const isWritten = await rows.update(viewpoint_id, 'SET lease_owner = :null, lease_expires_at = :longAgo', `${HOLDS_LEASE} AND lease_expires_at = :expiresAt`, {
        ':requested': 'REQUESTED',
        ':owner': lease_owner,
        ':attempt': attempt,
        ':expiresAt': lease_expires_at,
        ':null': null,
        ':longAgo': 1,
      });
      return isWritten !== null;
    },
  };
}
