import { randomUUID } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Config } from '../config/config.js';
import { requestedViewpoint, type ViewpointDefinition } from '../domain/viewpoint.js';
import type { AwsClients } from '../storage/aws-clients.js';
import { itemOf } from '../storage/job-table/viewpoint-item.js';
import { createJobQueue } from '../triggers/job-queue.js';

const DAY_SECONDS = 86_400;

/**
 * Requests a viewpoint as the tile server's API does: writes the row with its ten attributes and none of the service's
 * own, then sends them as a message.
 */
export async function requestViewpoint(clients: AwsClients, config: Config, viewpointId: string, definition: ViewpointDefinition): Promise<void> {
  const expireTime = Math.floor(Date.now() / 1000) + config.DDB_TTL_DAYS * DAY_SECONDS;
  const viewpoint = requestedViewpoint(viewpointId, definition, expireTime);
  await clients.dynamodb.send(new PutItemCommand({ TableName: config.JOB_TABLE, Item: itemOf(viewpoint) }));
  const queue = createJobQueue(clients.sqs, { queueName: config.JOB_QUEUE, visibilityTimeoutSeconds: config.VISIBILITY_TIMEOUT_SECONDS, receiveWaitSeconds: 0 });
  await queue.send(viewpoint, randomUUID());
}
