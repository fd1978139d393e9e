import { randomUUID } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueUrlCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Config } from '../config/config.js';
import type { Viewpoint, ViewpointDefinition } from '../domain/viewpoint.js';
import type { AwsClients } from '../storage/aws-clients.js';
import { itemOf } from '../storage/viewpoint-item.js';

const DAY_SECONDS = 86_400;

/**
 * Requests a viewpoint as the tile server's API does: writes the row with its ten attributes, then sends them as a message.
 * @returns the correlation id of the message.
 */
export async function requestViewpoint(clients: AwsClients, config: Config, viewpointId: string, definition: ViewpointDefinition): Promise<string> {
  const viewpoint: Viewpoint = {
    viewpoint_id: viewpointId,
    ...definition,
    viewpoint_status: 'REQUESTED',
    local_object_path: null,
    error_message: null,
    expire_time: Math.floor(Date.now() / 1000) + config.DDB_TTL_DAYS * DAY_SECONDS,
  };
  const correlationId = randomUUID();
  await clients.dynamodb.send(new PutItemCommand({ TableName: config.JOB_TABLE, Item: itemOf(viewpoint) }));
  const { QueueUrl } = await clients.sqs.send(new GetQueueUrlCommand({ QueueName: config.JOB_QUEUE }));
  await clients.sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: asciiJson(viewpoint),
      MessageAttributes: { correlation_id: { DataType: 'String', StringValue: correlationId } },
    }),
  );
  return correlationId;
}

/** JSON in ASCII alone, as Python's `json.dumps` makes it. */
function asciiJson(value: object): string {
  return JSON.stringify(value).replace(/[^\0-~]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
