import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ViewpointRecord } from '../domain/viewpoint-record.js';
import { createTableEnds, type TableEnds } from './job-table/ends.js';
import { createTableLeases, type TableLeases } from './job-table/leases.js';
import { createTableRequests, type TableRequests } from './job-table/requests.js';
import { createTableSearches, type TableSearches } from './job-table/searches.js';
import { createTableRows, type ChangeDeliveries, type TableRows } from './job-table/table-rows.js';

/**
 * The job table: one row per viewpoint, shared with the tile server and all replicas.
 * Every write states in its condition what it believes the row to be, so that a deleted row stays deleted,
 * the tile server's changes stay, and only the holder of the lease writes.
 * Methods throw ViewpointError `dependency_unavailable` when DynamoDB cannot be reached or refuses.
 */
export interface ViewpointTable extends Pick<TableRows, 'check' | 'get'>, TableRequests, TableLeases, TableEnds, TableSearches {
  /** Notes who wants to be told of the end of a `REQUESTED` viewpoint; null when it is no longer that. */
  changeCallbacks(viewpointId: string, change: ChangeDeliveries): Promise<ViewpointRecord | null>;
  /** Changes what is told of a viewpoint, whatever its status; null when there is none, or nothing to change. */
  changeDeliveries(viewpointId: string, change: ChangeDeliveries): Promise<ViewpointRecord | null>;
}

export function createViewpointTable({ dynamodb, tableName, now }: { dynamodb: DynamoDBClient; tableName: string; now: () => number }): ViewpointTable {
  const rows = createTableRows(dynamodb, tableName);
  return {
    check: (signal) => rows.check(signal),
    get: (viewpointId) => rows.get(viewpointId),
    ...createTableRequests(rows, now),
    ...createTableLeases(rows, now),
    ...createTableEnds(rows, now),
    ...createTableSearches(rows),
    changeCallbacks: (viewpointId, change) => rows.updateTelling(viewpointId, '', 'viewpoint_status = :requested', { ':requested': 'REQUESTED' }, change),
    changeDeliveries: (viewpointId, change) => rows.updateTelling(viewpointId, '', 'attribute_exists(viewpoint_id)', {}, change),
  };
}
