import type { ViewpointRecord } from '../../domain/viewpoint-record.js';
import type { ViewpointStatus } from '../../domain/viewpoint.js';
import type { TableRows } from './table-rows.js';

export interface ViewpointPage {
  records: ViewpointRecord[];
  /** Id to go on after; null on the last page. */
  nextAfter: string | null;
}

/** What nobody attends to, for whoever has time to. */
export interface Unattended {
  /** `REQUESTED` rows whose lease or claim has ended. */
  viewpointIds: string[];
  /** The others, which somebody has leased, or claimed without an owner's name. */
  held: ViewpointRecord[];
  /** Those that nobody ever took on. */
  untouched: ViewpointRecord[];
  /** When the next of the other leases and claims ends unless it is renewed, in epoch milliseconds; null when there is none. */
  nextExpiry: number | null;
  /** Rows on which something is to be told, and when, in epoch milliseconds. */
  deliveries: { viewpointId: string; dueAt: number }[];
}

/** What is found by going through the table. */
export interface TableSearches {
  list(query: { status?: ViewpointStatus; limit: number; after?: string }): Promise<ViewpointPage>;
  /**
   * Searches the table for all `REQUESTED` rows whose lease or claim ended before the given time, in epoch
   * milliseconds, for those whose end state somebody wrote over who had read the row before it, and for what is to be
   * told before another time.
   */
  findUnattended(before: number, dueBefore: number): Promise<Unattended>;
}

/** Searches, over the rows of a table; throws what its rows throw. */
export function createTableSearches(rows: TableRows): TableSearches {
  return {
    async list({ status, limit, after }) {
      const filter = status === undefined ? undefined : 'viewpoint_status = :status';
      const { records, isComplete } = await rows.scan(filter, { ':status': status }, after, (rows) => rows >= limit);
      const page = records.slice(0, limit);
      const hasMore = !isComplete || records.length > limit;
      return { records: page, nextAfter: hasMore ? (page.at(-1)?.viewpoint_id ?? null) : null };
    },

    async findUnattended(before, dueBefore) {
      const { records } = await rows.scan('viewpoint_status = :requested OR (delivery_due_at > :zero AND delivery_due_at < :dueBefore)', { ':requested': 'REQUESTED', ':zero': 0, ':dueBefore': dueBefore }, undefined, () => false);
      const requested = records.filter((record) => record.viewpoint_status === 'REQUESTED');
      const isUntouched = ({ lease_expires_at, job }: ViewpointRecord) => lease_expires_at === 0 && job?.ended_at == null;
      const touched = requested.filter((record) => !isUntouched(record));
      const [over, others] = [touched.filter(({ lease_expires_at }) => lease_expires_at < before), touched.filter(({ lease_expires_at }) => lease_expires_at >= before)];
      return {
        viewpointIds: over.map((record) => record.viewpoint_id),
        held: others,
        untouched: requested.filter(isUntouched),
        nextExpiry: others.reduce<number | null>((earliest, record) => Math.min(earliest ?? Infinity, record.lease_expires_at), null),
        deliveries: records.filter(({ delivery_due_at }) => delivery_due_at > 0 && delivery_due_at < dueBefore).map((record) => ({ viewpointId: record.viewpoint_id, dueAt: record.delivery_due_at })),
      };
    },
  };
}
