import type { JobReport } from '../../domain/job.js';
import type { Lease, ViewpointRecord } from '../../domain/viewpoint-record.js';
import type { ViewpointDefinition } from '../../domain/viewpoint.js';
import { HOLDS_LEASE, IS_FREE, isStill, leaseValues } from './conditions.js';
import type { ChangeDeliveries, TableRows } from './table-rows.js';

/** End states, written once each with what is told of them. */
export interface TableEnds {
  /** Ends the job READY if lease, definition and version of the object are still what the job went by; `known` is the row as the job had it last. */
  finishReady(lease: Lease, definition: ViewpointDefinition, end: { localObjectPath: string; expireTime: number; job: JobReport; objectVersion?: string | null; ended?: ChangeDeliveries; known?: ViewpointRecord }): Promise<boolean>;
  /** Ends the job FAILED if the lease still holds and the version of the object is still what the job went by. */
  finishFailed(lease: Lease, end: { message: string; job: JobReport; objectVersion?: string | null; ended?: ChangeDeliveries }): Promise<boolean>;
  /** Ends a `REQUESTED` viewpoint that nobody holds FAILED; false when somebody does, or it has its end already. */
  failWaiting(viewpointId: string, end: { message: string; job: JobReport; ended?: ChangeDeliveries }): Promise<boolean>;
}

const AS_IT_IS: ChangeDeliveries = ({ callback_urls, completions }) => ({ callback_urls, completions });

/** End states, in the rows of a table; throws what its rows throw. */
export function createTableEnds(rows: TableRows, now: () => number): TableEnds {
  return {
    async finishReady(lease, definition, { localObjectPath, expireTime, job, objectVersion = null, ended = AS_IT_IS, known }) {
      const isWritten = await rows.updateTelling(
        lease.viewpointId,
        'viewpoint_status = :ready, error_message = :null, local_object_path = :path, expire_time = :expireTime, lease_owner = :null, lease_expires_at = :zero, cancel_requested = :zero, job = :job',
        `${HOLDS_LEASE} AND viewpoint_name = :name AND bucket_name = :bucket AND object_key = :key AND tile_size = :tileSize AND range_adjustment = :rangeAdjustment AND ${isStill('object_version', objectVersion)}`,
        {
          ...leaseValues(lease),
          ':ready': 'READY',
          ':null': null,
          ':path': localObjectPath,
          ':expireTime': expireTime,
          ':zero': 0,
          ':job': job,
          ':name': definition.viewpoint_name,
          ':bucket': definition.bucket_name,
          ':key': definition.object_key,
          ':tileSize': definition.tile_size,
          ':rangeAdjustment': definition.range_adjustment,
          ...formerVersion(objectVersion),
        },
        ended,
        known,
      );
      return isWritten !== null;
    },

    async finishFailed(lease, { message, job, objectVersion = null, ended = AS_IT_IS }) {
      const isWritten = await rows.updateTelling(
        lease.viewpointId,
        'viewpoint_status = :failed, error_message = :message, lease_owner = :null, lease_expires_at = :zero, cancel_requested = :zero, job = :job',
        `${HOLDS_LEASE} AND ${isStill('object_version', objectVersion)}`,
        { ...leaseValues(lease), ':failed': 'FAILED', ':message': message, ':null': null, ':zero': 0, ':job': job, ...formerVersion(objectVersion) },
        ended,
      );
      return isWritten !== null;
    },

    async failWaiting(viewpointId, { message, job, ended = AS_IT_IS }) {
      const isWritten = await rows.updateTelling(
        viewpointId,
        'viewpoint_status = :failed, error_message = :message, lease_owner = :null, lease_expires_at = :zero, cancel_requested = :zero, job = :job',
        `viewpoint_status = :requested AND ${IS_FREE}`,
        { ':failed': 'FAILED', ':message': message, ':null': null, ':zero': 0, ':job': job, ':requested': 'REQUESTED', ':nullType': 'NULL', ':now': now() },
        ended,
      );
      return isWritten !== null;
    },
  };
}

function formerVersion(objectVersion: string | null): Record<string, string> {
  return objectVersion === null ? {} : { ':former_object_version': objectVersion };
}
