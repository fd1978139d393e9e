import { DynamoDBClient, GetItemCommand, PutItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/** A row of the job table as DynamoDB holds it, each value under its type. */
export type Row = Record<string, AttributeValue>;

/** What the tile server's API is told to make a viewpoint of. */
export interface Definition {
  viewpoint_name: string;
  bucket_name: string;
  object_key: string;
  tile_size: number;
  range_adjustment: string;
}

/** Does to S3, DynamoDB and SQS what the tile server and its users do, through the real SDK. */
export interface TileServer {
  putObject(bucket: string, key: string, body: Buffer | string): Promise<void>;
  /** Writes a row that is `REQUESTED`, with other attributes where `changes` has them. */
  putRow(viewpointId: string, definition: Definition, changes?: Row): Promise<void>;
  /** Sends the message, without the attribute when the correlation id is null. */
  sendMessage(viewpointId: string, definition: Definition, correlationId: string | null, traceparent?: string): Promise<void>;
  row(viewpointId: string): Promise<Row | undefined>;
  /** Messages in the queue, visible and hidden ones. */
  messageCount(): Promise<number>;
  close(): void;
}

export interface TileServerOptions {
  region: string;
  tableName: string;
  queueName: string;
  endpoints: { s3?: string | undefined; sqs?: string | undefined; dynamodb?: string | undefined };
  credentials: { accessKeyId: string; secretAccessKey: string };
}

const DAY_SECONDS = 86_400;

export async function connectTileServer({ region, tableName, queueName, endpoints, credentials }: TileServerOptions): Promise<TileServer> {
  const s3 = new S3Client({ region, credentials, endpoint: endpoints.s3 ?? '', forcePathStyle: true });
  const sqs = new SQSClient({ region, credentials, endpoint: endpoints.sqs ?? '', useQueueUrlAsEndpoint: false });
  const dynamodb = new DynamoDBClient({ region, credentials, endpoint: endpoints.dynamodb ?? '' });
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queueName }));

  return {
    async putObject(bucket, key, body) {
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
    },

    async putRow(viewpointId, definition, changes = {}) {
      const row: Row = {
        viewpoint_id: { S: viewpointId },
        viewpoint_name: { S: definition.viewpoint_name },
        bucket_name: { S: definition.bucket_name },
        object_key: { S: definition.object_key },
        tile_size: { N: String(definition.tile_size) },
        range_adjustment: { S: definition.range_adjustment },
        viewpoint_status: { S: 'REQUESTED' },
        local_object_path: { NULL: true },
        error_message: { NULL: true },
        expire_time: { N: String(Math.floor(Date.now() / 1000) + DAY_SECONDS) },
        ...changes,
      };
      await dynamodb.send(new PutItemCommand({ TableName: tableName, Item: row }));
    },

    async sendMessage(viewpointId, definition, correlationId, traceparent) {
      const body = { viewpoint_id: viewpointId, ...definition, viewpoint_status: 'REQUESTED', local_object_path: null, error_message: null, expire_time: null };
      const attributes = Object.entries({ correlation_id: correlationId ?? undefined, traceparent }).flatMap(([name, value]) => (value === undefined ? [] : [[name, { DataType: 'String', StringValue: value }]]));
      await sqs.send(
        new SendMessageCommand({
          QueueUrl,
          MessageBody: asciiJson(body),
          MessageAttributes: Object.fromEntries(attributes) as Record<string, { DataType: string; StringValue: string }>,
        }),
      );
    },

    async row(viewpointId) {
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName: tableName, Key: { viewpoint_id: { S: viewpointId } }, ConsistentRead: true }));
      return Item;
    },

    async messageCount() {
      const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }));
      return names.reduce((sum, name) => sum + Number(Attributes?.[name] ?? NaN), 0);
    },

    close() {
      for (const client of [s3, sqs, dynamodb]) client.destroy();
    },
  };
}

/** As Python writes JSON: in ASCII alone. */
function asciiJson(value: object): string {
  return JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
