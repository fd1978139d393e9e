import type { RowNotes, ViewpointRecord } from '../../domain/viewpoint-record.js';
import { requestedViewpoint, type ViewpointDefinition } from '../../domain/viewpoint.js';
import { IS_FREE, isStill } from './conditions.js';
import type { TableRows } from './table-rows.js';

/** Rows that come to be `REQUESTED`, and what is noted on them. */
export interface TableRequests {
  /** Adds a row that is `REQUESTED`; false when there is one of that id. */
  create(viewpointId: string, definition: ViewpointDefinition, expireTime: number, claimedUntil: number, notes?: RowNotes, callbackUrls?: readonly string[]): Promise<boolean>;
  /** Sets a row that stands at the given status, with what the notes would replace, to `REQUESTED`; null when it no longer does. */
  reopen(record: ViewpointRecord, expireTime: number | null, claimedUntil: number, notes?: RowNotes): Promise<ViewpointRecord | null>;
  /** Adds notes to a row that stands at the given status, with what they replace; null when it no longer does. */
  note(record: ViewpointRecord, notes: RowNotes): Promise<ViewpointRecord | null>;
  /** Notes that somebody will work on a `REQUESTED` row that nobody holds, until the given time in epoch milliseconds. */
  claim(viewpointId: string, claimedUntil: number): Promise<void>;
}

/** Requests, in the rows of a table; throws what its rows throw. */
export function createTableRequests(rows: TableRows, now: () => number): TableRequests {
  return {
    create(viewpointId, definition, expireTime, claimedUntil, notes = {}, callbackUrls = []) {
      return rows.put({
        ...requestedViewpoint(viewpointId, definition, expireTime),
        lease_expires_at: claimedUntil,
        ...notes,
        ...(callbackUrls.length === 0 ? {} : { callback_urls: callbackUrls.join(' '), delivery_version: 1 }),
      });
    },

    reopen(record, expireTime, claimedUntil, notes = {}) {
      const noted = notesUpdate(record, notes);
      return rows.update(
        record.viewpoint_id,
        `SET ${['viewpoint_status = :requested, error_message = :null, local_object_path = :null, expire_time = :expireTime, lease_owner = :null, lease_expires_at = :claimedUntil, cancel_requested = :zero, job = :null', ...noted.assignments].join(', ')}`,
        ['viewpoint_status = :status', ...noted.conditions].join(' AND '),
        { ':requested': 'REQUESTED', ':null': null, ':zero': 0, ':expireTime': expireTime, ':claimedUntil': claimedUntil, ':status': record.viewpoint_status, ...noted.values },
      );
    },

    note(record, notes) {
      const { assignments, conditions, values } = notesUpdate(record, notes);
      return rows.update(record.viewpoint_id, `SET ${assignments.join(', ')}`, ['viewpoint_status = :status', ...conditions].join(' AND '), { ':status': record.viewpoint_status, ...values });
    },

    async claim(viewpointId, claimedUntil) {
      await rows.update(viewpointId, 'SET lease_expires_at = :claimedUntil', `viewpoint_status = :requested AND ${IS_FREE}`, {
        ':claimedUntil': claimedUntil,
        ':requested': 'REQUESTED',
        ':nullType': 'NULL',
        ':now': now(),
      });
    },
  };
}

/** What an update needs to add notes to a row, on the condition that those which they replace are still there. */
function notesUpdate(record: ViewpointRecord, notes: RowNotes): { assignments: string[]; conditions: string[]; values: Record<string, string> } {
  const names = Object.keys(notes) as (keyof RowNotes)[];
  const values = names.flatMap((name) => [[`:${name}`, notes[name]], ...(record[name] === null ? [] : [[`:former_${name}`, record[name]]])] as [string, string][]);
  return {
    assignments: names.map((name) => `${name} = :${name}`),
    conditions: names.map((name) => isStill(name, record[name])),
    values: Object.fromEntries(values),
  };
}
