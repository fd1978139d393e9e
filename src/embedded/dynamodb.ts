import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient, ResourceInUseException, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { EMBEDDED_CREDENTIALS, loadDevelopmentPackage, type EmbeddedService } from './embedded-service.js';

export interface EmbeddedDynamoDbOptions {
  /** Where the tables are kept. */
  readonly folder: string;
  readonly tableName: string;
  readonly region: string;
}

const TABLE_WAIT_SECONDS = 10;

/**
 * Starts a DynamoDB endpoint over the tables kept in `folder` and makes the job table (hash key `viewpoint_id`) where it is missing.
 * Throws when another process, or another endpoint of this one, has the folder open.
 */
export async function startEmbeddedDynamoDb(options: EmbeddedDynamoDbOptions): Promise<EmbeddedService> {
  const { default: dynalite } = await loadDevelopmentPackage('dynalite', () => import('dynalite'));
  await claimFolder(options.folder);
  const server = dynalite({ path: options.folder, createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await createTable(url, options);
  } catch (error) {
    await closeServer(server);
    throw error;
  }
  return { url, close: () => closeServer(server) };
}

/**
 * dynalite opens its database by itself, and where that fails the first request ends the process with an uncaught error.
 * So the database is opened once by hand before, where the error can be caught.
 */
async function claimFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { default: store } = await loadDevelopmentPackage('dynalite', () => import('dynalite/db/index.js'));
  const { db } = store.create({ path: folder });
  try {
    await db.open();
  } catch (error) {
    if (hasCode(error, 'LEVEL_LOCKED') || (error instanceof Error && hasCode(error.cause, 'LEVEL_LOCKED'))) {
      throw new Error(`Another process uses this state folder: ${folder}. End it, or set EMBEDDED_STATE_DIR to another folder.`, { cause: error });
    }
    throw error;
  }
  await db.close();
}

async function createTable(url: string, { tableName, region }: EmbeddedDynamoDbOptions): Promise<void> {
  const client = new DynamoDBClient({ endpoint: url, region, credentials: EMBEDDED_CREDENTIALS });
  const command = new CreateTableCommand({
    TableName: tableName,
    AttributeDefinitions: [{ AttributeName: 'viewpoint_id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'viewpoint_id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
  });
  try {
    await client.send(command).catch((error: unknown) => {
      if (!(error instanceof ResourceInUseException)) throw error;
    });
    await waitUntilTableExists({ client, maxWaitTime: TABLE_WAIT_SECONDS, minDelay: 0.01, maxDelay: 0.1 }, { TableName: tableName });
  } finally {
    client.destroy();
  }
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  });
  // The database is closed only when the last connection is gone, and the clients keep theirs alive.
  server.closeAllConnections();
  await closed;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
