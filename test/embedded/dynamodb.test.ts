import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { ConditionalCheckFailedException, DescribeTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { startEmbeddedDynamoDb } from '../../src/embedded/dynamodb.js';

const TABLE = 'TSJobTable';

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'viewpoint-test-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

const start = (folder: string) => startEmbeddedDynamoDb({ folder, tableName: TABLE, region: 'us-west-2' });

function dynamoDbClient(t: TestContext, url: string): DynamoDBClient {
  const client = new DynamoDBClient({ endpoint: url, region: 'us-west-2', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } });
  t.after(() => client.destroy());
  return client;
}

test('of 32 conditional writes racing for a row exactly one wins', async (t) => {
  const service = await start(await temporaryFolder(t));
  t.after(() => service.close());
  const client = dynamoDbClient(t, service.url);
  await client.send(new PutItemCommand({ TableName: TABLE, Item: { viewpoint_id: { S: 'v' } } }));
  const racers = await Promise.allSettled(
    Array.from({ length: 32 }, (_, racer) =>
      client.send(
        new UpdateItemCommand({
          TableName: TABLE,
          Key: { viewpoint_id: { S: 'v' } },
          UpdateExpression: 'SET lease_owner = :owner',
          ConditionExpression: 'attribute_exists(viewpoint_id) AND attribute_not_exists(lease_owner)',
          ExpressionAttributeValues: { ':owner': { S: String(racer) } },
        }),
      ),
    ),
  );
  const winners = racers.flatMap((racer, index) => (racer.status === 'fulfilled' ? [index] : []));
  assert.equal(winners.length, 1);
  for (const racer of racers) if (racer.status === 'rejected') assert(racer.reason instanceof ConditionalCheckFailedException);
  const { Item } = await client.send(new GetItemCommand({ TableName: TABLE, Key: { viewpoint_id: { S: 'v' } }, ConsistentRead: true }));
  assert.equal(Item?.['lease_owner']?.S, String(winners[0]));
});

test('rows survive a restart and the table is made once', async (t) => {
  const folder = await temporaryFolder(t);
  const first = await start(folder);
  const item = { viewpoint_id: { S: 'v' }, tile_size: { N: '512' }, error_message: { NULL: true } } as const;
  await dynamoDbClient(t, first.url).send(new PutItemCommand({ TableName: TABLE, Item: item }));
  await first.close();

  const second = await start(folder);
  t.after(() => second.close());
  const client = dynamoDbClient(t, second.url);
  const { Item } = await client.send(new GetItemCommand({ TableName: TABLE, Key: { viewpoint_id: { S: 'v' } } }));
  assert.deepEqual(Item, item);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: TABLE }));
  assert.equal(Table?.TableStatus, 'ACTIVE');
  assert.equal(Table.BillingModeSummary?.BillingMode, 'PAY_PER_REQUEST');
  assert.deepEqual(Table.KeySchema, [{ AttributeName: 'viewpoint_id', KeyType: 'HASH' }]);
});

test('a folder that is open already is refused and stays usable', async (t) => {
  const folder = await temporaryFolder(t);
  const service = await start(folder);
  t.after(() => service.close());
  await assert.rejects(start(folder), /Another process uses this state folder/);
  const { Table } = await dynamoDbClient(t, service.url).send(new DescribeTableCommand({ TableName: TABLE }));
  assert.equal(Table?.TableStatus, 'ACTIVE');
});
