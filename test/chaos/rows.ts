import { ScanCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Row } from '../support/tile-server.js';

/** All rows of the table, by viewpoint id. */
export async function readRows(dynamodb: DynamoDBClient, tableName: string): Promise<Map<string, Row>> {
  const rows = new Map<string, Row>();
  let start: Row | undefined;
  do {
    const page = await dynamodb.send(new ScanCommand({ TableName: tableName, ConsistentRead: true, ...(start === undefined ? {} : { ExclusiveStartKey: start }) }));
    for (const item of page.Items ?? []) rows.set(item['viewpoint_id']?.S ?? '', item);
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return rows;
}

export function statusOf(row: Row | undefined): string | undefined {
  return row?.['viewpoint_status']?.S;
}

/** The error that the job report of a failed row names; null where it names none. */
export function errorOf(row: Row | undefined): { code: string; retryable: boolean } | null {
  const error = row?.['job']?.M?.['error']?.M;
  return error === undefined ? null : { code: error['code']?.S ?? '', retryable: error['retryable']?.BOOL === true };
}
