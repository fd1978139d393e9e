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
import type { DeliveryPart } from '../../domain/completion.js';
import { ViewpointError, messageOf } from '../../domain/errors.js';
import type { ViewpointRecord } from '../../domain/viewpoint-record.js';
import { deliveryValues, itemOf, recordOf, type Item } from './viewpoint-item.js';

const SCAN_PAGE_ROWS = 200;
/** Others may write at the same time as often as that, before something is wrong. */
const MOST_CONFLICTS = 10;
const TELLING = 'callback_urls = :callbackUrls, completions = :completions, delivery_due_at = :deliveryDueAt, delivery_version = :deliveryVersion';

/** What the row is to hold of what is told, by the row as it is. */
export type ChangeDeliveries = (record: ViewpointRecord) => DeliveryPart | null;

/** One DynamoDB table by what every use of it needs; each method throws ViewpointError `dependency_unavailable` when DynamoDB cannot be reached or refuses. */
export interface TableRows {
  /** @throws ViewpointError `dependency_missing` when the table is missing or has another key. */
  check(signal?: AbortSignal): Promise<void>;
  get(viewpointId: string): Promise<ViewpointRecord | null>;
  /** Adds a row; false when there is one of that id. */
  put(values: Record<string, unknown>): Promise<boolean>;
  /** Applies the update if the row exists and its condition holds, and answers the whole new row; null when it does not hold. */
  update(viewpointId: string, expression: string, condition: string, values: Record<string, unknown>): Promise<ViewpointRecord | null>;
  /**
   * The same, along with what the row holds of what is told. That is read first and written only if nobody wrote it
   * meanwhile; then it is read again.
   * @param known the row as the caller had it last, which saves the first read.
   */
  updateTelling(viewpointId: string, assignments: string, condition: string, values: Record<string, unknown>, change: ChangeDeliveries, known?: ViewpointRecord): Promise<ViewpointRecord | null>;
  /** Goes through the table page by page, from behind the given id, until it ends or there are enough rows. */
  scan(filter: string | undefined, values: Record<string, unknown>, after: string | undefined, enough: (rows: number) => boolean): Promise<{ records: ViewpointRecord[]; isComplete: boolean }>;
}

export function createTableRows(dynamodb: DynamoDBClient, tableName: string): TableRows {
  async function check(signal?: AbortSignal): Promise<void> {
    const { Table } = await dynamodb
      .send(new DescribeTableCommand({ TableName: tableName }), signal === undefined ? {} : { abortSignal: signal })
      .catch((error: unknown) => Promise.reject(error instanceof ResourceNotFoundException ? missing('it does not exist', error) : unavailable(error)));
    const keys = Table?.KeySchema?.map((key) => key.AttributeName) ?? [];
    if (keys.length !== 1 || keys[0] !== 'viewpoint_id') throw missing(`its key is (${keys.join(', ')}) and must be viewpoint_id alone`);
  }

  async function put(values: Record<string, unknown>): Promise<boolean> {
    try {
      await dynamodb.send(new PutItemCommand({ TableName: tableName, Item: itemOf(values), ConditionExpression: 'attribute_not_exists(viewpoint_id)' }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw unavailable(error);
    }
  }

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

  async function updateTelling(viewpointId: string, assignments: string, condition: string, values: Record<string, unknown>, change: ChangeDeliveries, known?: ViewpointRecord): Promise<ViewpointRecord | null> {
    for (let tries = 1; tries <= MOST_CONFLICTS; tries++) {
      const record = tries === 1 && known !== undefined ? known : await get(viewpointId);
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

  return { check, get, put, update, updateTelling, scan };
}

function keyOf(viewpointId: string): Item {
  return itemOf({ viewpoint_id: viewpointId });
}
