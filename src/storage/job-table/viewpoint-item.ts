import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { nextDueAt, type Completion, type DeliveryPart } from '../../domain/completion.js';
import { EMPTY_JOB_REPORT, type JobReport } from '../../domain/job.js';
import type { ViewpointRecord } from '../../domain/viewpoint-record.js';
import { DEFAULT_TILE_SIZE, RANGE_ADJUSTMENTS, VIEWPOINT_STATUSES, type RangeAdjustment, type ViewpointStatus } from '../../domain/viewpoint.js';

export type Item = Record<string, AttributeValue>;

/** A row's attributes as DynamoDB takes them: null as NULL, never left out, since the tile server's model demands all ten. */
export function itemOf(values: Record<string, unknown>): Item {
  return marshall(values, { removeUndefinedValues: true });
}

/** The attributes of what is to be told, written for the given version. URLs hold no spaces, so spaces separate them. */
export function deliveryValues({ callback_urls, completions }: DeliveryPart, version: number): Record<string, unknown> {
  return { ':callbackUrls': callback_urls.join(' '), ':completions': completions, ':deliveryDueAt': nextDueAt(completions), ':deliveryVersion': version };
}

/** A row of the table; attributes that another writer left out or cleared get their defaults. */
export function recordOf(item: Item): ViewpointRecord {
  const row = unmarshall(item);
  return {
    viewpoint_id: text(row['viewpoint_id']),
    viewpoint_name: text(row['viewpoint_name']),
    bucket_name: text(row['bucket_name']),
    object_key: text(row['object_key']),
    tile_size: count(row['tile_size']) || DEFAULT_TILE_SIZE,
    range_adjustment: oneOf<RangeAdjustment>(RANGE_ADJUSTMENTS, row['range_adjustment'], 'NONE'),
    viewpoint_status: oneOf<ViewpointStatus>(VIEWPOINT_STATUSES, row['viewpoint_status'], 'NOT FOUND'),
    local_object_path: textOrNull(row['local_object_path']),
    error_message: textOrNull(row['error_message']),
    expire_time: typeof row['expire_time'] === 'number' ? row['expire_time'] : null,
    lease_owner: textOrNull(row['lease_owner']),
    lease_expires_at: count(row['lease_expires_at']),
    attempt: count(row['attempt']),
    cancel_requested: count(row['cancel_requested']),
    job: jobReport(row['job']),
    callback_urls: text(row['callback_urls']).split(' ').filter((url) => url !== ''),
    completions: Array.isArray(row['completions']) ? (row['completions'] as Completion[]) : [],
    delivery_due_at: count(row['delivery_due_at']),
    delivery_version: count(row['delivery_version']),
    object_version: textOrNull(row['object_version']),
    requests: textOrNull(row['requests']),
  };
}

/** A replica of another version may have written more members or fewer. */
function jobReport(value: unknown): JobReport | null {
  return typeof value === 'object' && value !== null ? { ...EMPTY_JOB_REPORT, ...(value as Partial<JobReport>) } : null;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function count(value: unknown): number {
  return typeof value === 'number' && value > 0 ? Math.floor(value) : 0;
}

function oneOf<Value extends string>(values: readonly Value[], value: unknown, otherwise: Value): Value {
  return values.find((known) => known === value) ?? otherwise;
}
