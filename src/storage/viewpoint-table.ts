import {
  ConditionalCheckFailedException,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  ResourceNotFoundException,
  ScanCommand,
  UpdateItemCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { DeliveryPart } from '../domain/completion.js';
import { ViewpointError, messageOf } from '../domain/errors.js';
import type { JobReport } from '../domain/job.js';
import type { Lease, RowNotes, ViewpointRecord } from '../domain/viewpoint-record.js';
import { requestedViewpoint, type ViewpointDefinition, type ViewpointStatus } from '../domain/viewpoint.js';
import { deliveryValues, itemOf, recordOf, type Item } from './viewpoint-item.js';

const SCAN_PAGE_ROWS = 200;

export interface ViewpointPage {
  records: ViewpointRecord[];
  /** Id to go on after; null on the last page. */
  nextAfter: string | null;
}

/** What nobody attends to, for whoever has time to. */
export interface Unattended {
  /** `REQUESTED` rows whose lease or claim has ended. */
  viewpointIds: string[];
  /** The others that somebody holds the lease of. */
  held: ViewpointRecord[];
  /** Those that nobody ever took on. */
  untouched: ViewpointRecord[];
  /** When the next of the other leases and claims ends unless it is renewed, in epoch milliseconds; null when there is none. */
  nextExpiry: number | null;
  /** Rows on which something is to be told, and when, in epoch milliseconds. */
  deliveries: { viewpointId: string; dueAt: number }[];
}

/** What the row is to hold of what is told, by the row as it is. */
export type ChangeDeliveries = (record: ViewpointRecord) => DeliveryPart | null;

/**
 * The job table: one row per viewpoint, shared with the tile server and all replicas.
 * Every write states in its condition what it believes the row to be, so that a deleted row stays deleted,
 * the tile server's changes stay, and only the holder of the lease writes.
 * Methods throw ViewpointError `dependency_unavailable` when DynamoDB cannot be reached or refuses.
 */
export interface ViewpointTable {
  /** @throws ViewpointError `dependency_missing` when the table is missing or has another key. */
  check(signal?: AbortSignal): Promise<void>;
  get(viewpointId: string): Promise<ViewpointRecord | null>;
  list(query: { status?: ViewpointStatus; limit: number; after?: string }): Promise<ViewpointPage>;
  /** Adds a row that is `REQUESTED`; false when there is one of that id. */
  create(viewpointId: string, definition: ViewpointDefinition, expireTime: number, claimedUntil: number, notes?: RowNotes, callbackUrls?: readonly string[]): Promise<boolean>;
  /** Sets a row that stands at the given status, with what the notes would replace, to `REQUESTED`; null when it no longer does. */
  reopen(record: ViewpointRecord, expireTime: number | null, claimedUntil: number, notes?: RowNotes): Promise<ViewpointRecord | null>;
  /** Adds notes to a row that stands at the given status, with what they replace; null when it no longer does. */
  note(record: ViewpointRecord, notes: RowNotes): Promise<ViewpointRecord | null>;
  /** Notes that somebody will work on a `REQUESTED` row that nobody holds, until the given time in epoch milliseconds. */
  claim(viewpointId: string, claimedUntil: number): Promise<void>;
  /** Takes the lease on a `REQUESTED` row that nobody holds; null when it cannot be had. */
  acquireLease(viewpointId: string, owner: string, expiresAt: number): Promise<ViewpointRecord | null>;
  /** Extends the lease and notes how the job stands; null when the lease is lost or the row no longer `REQUESTED`. */
  renewLease(lease: Lease, expiresAt: number, job: JobReport): Promise<ViewpointRecord | null>;
  /** Gives the lease back without an end state; the row stays `REQUESTED`, and counts as abandoned from `claimedUntil` on unless that is 0. */
  releaseLease(lease: Lease, job: JobReport, claimedUntil?: number): Promise<void>;
  /** Ends the job READY if lease, definition and version of the object are still what the job went by. */
  finishReady(lease: Lease, definition: ViewpointDefinition, end: { localObjectPath: string; expireTime: number; job: JobReport; objectVersion?: string | null; ended?: ChangeDeliveries }): Promise<boolean>;
  /** Ends the job FAILED if the lease still holds and the version of the object is still what the job went by. */
  finishFailed(lease: Lease, end: { message: string; job: JobReport; objectVersion?: string | null; ended?: ChangeDeliveries }): Promise<boolean>;
  /** Asks whoever holds the lease to stop, or takes over from it without having heard; false when nobody holds it. */
  requestCancel(record: ViewpointRecord): Promise<boolean>;
  /** Ends a `REQUESTED` viewpoint that nobody holds FAILED; false when somebody does, or it has its end already. */
  failWaiting(viewpointId: string, end: { message: string; job: JobReport; ended?: ChangeDeliveries }): Promise<boolean>;
  /** Notes who wants to be told of the end of a `REQUESTED` viewpoint; null when it is no longer that. */
  changeCallbacks(viewpointId: string, change: ChangeDeliveries): Promise<ViewpointRecord | null>;
  /** Changes what is told of a viewpoint, whatever its status; null when there is none, or nothing to change. */
  changeDeliveries(viewpointId: string, change: ChangeDeliveries): Promise<ViewpointRecord | null>;
  /**
   * Searches the table for all `REQUESTED` rows whose lease or claim ended before the given time, in epoch
   * milliseconds, for those whose end state somebody wrote over who had read the row before it, and for what is to be
   * told before another time.
   */
  findUnattended(before: number, dueBefore: number): Promise<Unattended>;
  /** Frees a viewpoint whose lease has not been renewed since the row was read, however far off its end is; false when it has. */
  breakLease(record: ViewpointRecord): Promise<boolean>;
}

/** Others may write at the same time as often as that, before something is wrong. */
const MOST_CONFLICTS = 10;
const TELLING = 'callback_urls = :callbackUrls, completions = :completions, delivery_due_at = :deliveryDueAt, delivery_version = :deliveryVersion';
const AS_IT_IS: ChangeDeliveries = ({ callback_urls, completions }) => ({ callback_urls, completions });
const HOLDS_LEASE = 'viewpoint_status = :requested AND lease_owner = :owner AND attempt = :attempt';
const IS_FREE = "(attribute_not_exists(lease_owner) OR attribute_type(lease_owner, :nullType) OR lease_expires_at < :now)";

export function createViewpointTable(deps: { dynamodb: DynamoDBClient; tableName: string; now: () => number }): ViewpointTable {
  const { dynamodb, tableName, now } = deps;

  /** Applies the update if its condition holds and answers the whole new row; null when it does not hold. */
  async function update(viewpointId: string, expression: string, condition: string, values: Record<string, unknown>): Promise<ViewpointRecord | null> {
    try {
      const { Attributes } = await dynamodb.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: keyOf(viewpointId),
          UpdateExpression: expression,
          ConditionExpression: `attribute_exists(viewpoint_id) AND ${condition}`,
          ExpressionAttributeValues: itemOf(values),
          ReturnValues: 'ALL_NEW',
        }),
      );
      return Attributes === undefined ? null : recordOf(Attributes);
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return null;
      throw unavailable(error);
    }
  }

  /**
   * The same, along with what the row holds of what is told. That is read first and written only if nobody wrote it
   * meanwhile; then it is read again.
   */
  async function updateTelling(viewpointId: string, assignments: string, condition: string, values: Record<string, unknown>, change: ChangeDeliveries): Promise<ViewpointRecord | null> {
    for (let tries = 1; tries <= MOST_CONFLICTS; tries++) {
      const record = await get(viewpointId);
      const part = record === null ? null : change(record);
      if (record === null || part === null) return null;
      const version = record.delivery_version;
      const isUnwritten = version === 0 ? 'attribute_not_exists(delivery_version)' : 'delivery_version = :seenVersion';
      const seen = version === 0 ? {} : { ':seenVersion': version };
      const hasNothing = version === 0 && part.callback_urls.length === 0 && part.completions.length === 0;
      if (hasNothing && assignments === '') return null;
      const changed = hasNothing
        ? await update(viewpointId, `SET ${assignments}`, `${isUnwritten} AND ${condition}`, values)
        : await update(viewpointId, `SET ${assignments === '' ? '' : `${assignments}, `}${TELLING}`, `${isUnwritten} AND ${condition}`, { ...values, ...seen, ...deliveryValues(part, version + 1) });
      if (changed !== null) return changed;
      if ((await get(viewpointId))?.delivery_version === version) return null;
    }
    throw new ViewpointError('dependency_unavailable', `The row of the viewpoint "${viewpointId}" is written by others all the time.`);
  }

  async function get(viewpointId: string): Promise<ViewpointRecord | null> {
    const { Item } = await dynamodb
      .send(new GetItemCommand({ TableName: tableName, Key: keyOf(viewpointId), ConsistentRead: true }))
      .catch((error: unknown) => Promise.reject(unavailable(error)));
    return Item === undefined ? null : recordOf(Item);
  }

  async function scan(filter: string | undefined, values: Record<string, unknown>, after: string | undefined, enough: (rows: number) => boolean): Promise<{ records: ViewpointRecord[]; isComplete: boolean }> {
    const records: ViewpointRecord[] = [];
    let start: Item | undefined = after === undefined ? undefined : keyOf(after);
    do {
      const page = await dynamodb
        .send(
          new ScanCommand({
            TableName: tableName,
            Limit: SCAN_PAGE_ROWS,
            ...(filter === undefined ? {} : { FilterExpression: filter, ExpressionAttributeValues: itemOf(values) }),
            ...(start === undefined ? {} : { ExclusiveStartKey: start }),
          }),
        )
        .catch((error: unknown) => Promise.reject(unavailable(error)));
      records.push(...(page.Items ?? []).map(recordOf));
      start = page.LastEvaluatedKey;
    } while (start !== undefined && !enough(records.length));
    return { records, isComplete: start === undefined };
  }

  function missing(what: string, cause?: unknown): ViewpointError {
    return new ViewpointError('dependency_missing', `The DynamoDB table "${tableName}" cannot be used: ${what}. Create the table, or set JOB_TABLE and the region to where it is.`, { cause });
  }

  function unavailable(error: unknown): ViewpointError {
    return new ViewpointError('dependency_unavailable', `The DynamoDB table "${tableName}" cannot be used: ${messageOf(error)}`, { cause: error });
  }

  return {
    async check(signal) {
      const { Table } = await dynamodb
        .send(new DescribeTableCommand({ TableName: tableName }), signal === undefined ? {} : { abortSignal: signal })
        .catch((error: unknown) => Promise.reject(error instanceof ResourceNotFoundException ? missing('it does not exist', error) : unavailable(error)));
      const keys = Table?.KeySchema?.map((key) => key.AttributeName) ?? [];
      if (keys.length !== 1 || keys[0] !== 'viewpoint_id') throw missing(`its key is (${keys.join(', ')}) and must be viewpoint_id alone`);
    },

    get,

    async list({ status, limit, after }) {
      const filter = status === undefined ? undefined : 'viewpoint_status = :status';
      const { records, isComplete } = await scan(filter, { ':status': status }, after, (rows) => rows >= limit);
      const page = records.slice(0, limit);
      const hasMore = !isComplete || records.length > limit;
      return { records: page, nextAfter: hasMore ? (page.at(-1)?.viewpoint_id ?? null) : null };
    },

    async create(viewpointId, definition, expireTime, claimedUntil, notes = {}, callbackUrls = []) {
      const viewpoint = requestedViewpoint(viewpointId, definition, expireTime);
      try {
        await dynamodb.send(
          new PutItemCommand({
            TableName: tableName,
            Item: itemOf({
              ...viewpoint,
              lease_expires_at: claimedUntil,
              ...notes,
              ...(callbackUrls.length === 0 ? {} : { callback_urls: callbackUrls.join(' '), delivery_version: 1 }),
            }),
            ConditionExpression: 'attribute_not_exists(viewpoint_id)',
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw unavailable(error);
      }
    },

    reopen(record, expireTime, claimedUntil, notes = {}) {
      const noted = notesUpdate(record, notes);
      return update(
        record.viewpoint_id,
        `SET ${['viewpoint_status = :requested, error_message = :null, local_object_path = :null, expire_time = :expireTime, lease_owner = :null, lease_expires_at = :claimedUntil, cancel_requested = :zero, job = :null', ...noted.assignments].join(', ')}`,
        ['viewpoint_status = :status', ...noted.conditions].join(' AND '),
        { ':requested': 'REQUESTED', ':null': null, ':zero': 0, ':expireTime': expireTime, ':claimedUntil': claimedUntil, ':status': record.viewpoint_status, ...noted.values },
      );
    },

    note(record, notes) {
      const { assignments, conditions, values } = notesUpdate(record, notes);
      return update(record.viewpoint_id, `SET ${assignments.join(', ')}`, ['viewpoint_status = :status', ...conditions].join(' AND '), { ':status': record.viewpoint_status, ...values });
    },

    async claim(viewpointId, claimedUntil) {
      await update(viewpointId, 'SET lease_expires_at = :claimedUntil', `viewpoint_status = :requested AND ${IS_FREE}`, {
        ':claimedUntil': claimedUntil,
        ':requested': 'REQUESTED',
        ':nullType': 'NULL',
        ':now': now(),
      });
    },

    acquireLease(viewpointId, owner, expiresAt) {
      return update(
        viewpointId,
        'SET lease_owner = :owner, lease_expires_at = :expiresAt, attempt = if_not_exists(attempt, :zero) + :one',
        `viewpoint_status = :requested AND ${IS_FREE}`,
        { ':owner': owner, ':expiresAt': expiresAt, ':zero': 0, ':one': 1, ':requested': 'REQUESTED', ':nullType': 'NULL', ':now': now() },
      );
    },

    renewLease(lease, expiresAt, job) {
      return update(lease.viewpointId, 'SET lease_expires_at = :expiresAt, job = :job', HOLDS_LEASE, {
        ...leaseValues(lease),
        ':expiresAt': expiresAt,
        ':job': job,
      });
    },

    async releaseLease(lease, job, claimedUntil = 0) {
      await update(lease.viewpointId, 'SET lease_owner = :null, lease_expires_at = :claimedUntil, job = :job', HOLDS_LEASE, {
        ...leaseValues(lease),
        ':null': null,
        ':claimedUntil': claimedUntil,
        ':job': job,
      });
    },

    async finishReady(lease, definition, { localObjectPath, expireTime, job, objectVersion = null, ended = AS_IT_IS }) {
      const isWritten = await updateTelling(
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
      );
      return isWritten !== null;
    },

    async finishFailed(lease, { message, job, objectVersion = null, ended = AS_IT_IS }) {
      const isWritten = await updateTelling(
        lease.viewpointId,
        'viewpoint_status = :failed, error_message = :message, lease_owner = :null, lease_expires_at = :zero, cancel_requested = :zero, job = :job',
        `${HOLDS_LEASE} AND ${isStill('object_version', objectVersion)}`,
        { ...leaseValues(lease), ':failed': 'FAILED', ':message': message, ':null': null, ':zero': 0, ':job': job, ...formerVersion(objectVersion) },
        ended,
      );
      return isWritten !== null;
    },

    async requestCancel(record) {
      const isWritten = await update(record.viewpoint_id, 'SET cancel_requested = :attempt', 'viewpoint_status = :requested AND attempt = :attempt AND attribute_type(lease_owner, :textType) AND lease_expires_at > :now', {
        ':attempt': record.attempt,
        ':requested': 'REQUESTED',
        ':textType': 'S',
        ':now': now(),
      });
      return isWritten !== null;
    },

    async breakLease({ viewpoint_id, lease_owner, attempt, lease_expires_at }) {
      // Not 0, which would mean that nobody ever took the viewpoint on.
      const isWritten = await update(viewpoint_id, 'SET lease_owner = :null, lease_expires_at = :longAgo', `${HOLDS_LEASE} AND lease_expires_at = :expiresAt`, {
        ':requested': 'REQUESTED',
        ':owner': lease_owner,
        ':attempt': attempt,
        ':expiresAt': lease_expires_at,
        ':null': null,
        ':longAgo': 1,
      });
      return isWritten !== null;
    },

    async failWaiting(viewpointId, { message, job, ended = AS_IT_IS }) {
      const isWritten = await updateTelling(
        viewpointId,
        'viewpoint_status = :failed, error_message = :message, lease_owner = :null, lease_expires_at = :zero, cancel_requested = :zero, job = :job',
        `viewpoint_status = :requested AND ${IS_FREE}`,
        { ':failed': 'FAILED', ':message': message, ':null': null, ':zero': 0, ':job': job, ':requested': 'REQUESTED', ':nullType': 'NULL', ':now': now() },
        ended,
      );
      return isWritten !== null;
    },

    changeCallbacks: (viewpointId, change) => updateTelling(viewpointId, '', 'viewpoint_status = :requested', { ':requested': 'REQUESTED' }, change),

    changeDeliveries: (viewpointId, change) => updateTelling(viewpointId, '', 'attribute_exists(viewpoint_id)', {}, change),

    async findUnattended(before, dueBefore) {
      const { records } = await scan('viewpoint_status = :requested OR (delivery_due_at > :zero AND delivery_due_at < :dueBefore)', { ':requested': 'REQUESTED', ':zero': 0, ':dueBefore': dueBefore }, undefined, () => false);
      const requested = records.filter((record) => record.viewpoint_status === 'REQUESTED');
      const isUntouched = ({ lease_expires_at, job }: ViewpointRecord) => lease_expires_at === 0 && job?.ended_at == null;
      const touched = requested.filter((record) => !isUntouched(record));
      const [over, others] = [touched.filter(({ lease_expires_at }) => lease_expires_at < before), touched.filter(({ lease_expires_at }) => lease_expires_at >= before)];
      return {
        viewpointIds: over.map((record) => record.viewpoint_id),
        held: others.filter(({ lease_owner }) => lease_owner !== null),
        untouched: requested.filter(isUntouched),
        nextExpiry: others.reduce<number | null>((earliest, record) => Math.min(earliest ?? Infinity, record.lease_expires_at), null),
        deliveries: records.filter(({ delivery_due_at }) => delivery_due_at > 0 && delivery_due_at < dueBefore).map((record) => ({ viewpointId: record.viewpoint_id, dueAt: record.delivery_due_at })),
      };
    },
  };
}

function keyOf(viewpointId: string): Item {
  return itemOf({ viewpoint_id: viewpointId });
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

/** Condition that a note is what it was, under `:former_<name>`; a note is never cleared, only absent. */
function isStill(name: keyof RowNotes, former: string | null): string {
  return former === null ? `attribute_not_exists(${name})` : `${name} = :former_${name}`;
}

function formerVersion(objectVersion: string | null): Record<string, string> {
  return objectVersion === null ? {} : { ':former_object_version': objectVersion };
}

function leaseValues(lease: Lease): Record<string, unknown> {
  return { ':requested': 'REQUESTED', ':owner': lease.owner, ':attempt': lease.attempt };
}
