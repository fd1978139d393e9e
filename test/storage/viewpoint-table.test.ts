import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DeleteItemCommand, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EMPTY_JOB_REPORT } from '../../src/domain/job.js';
import type { Lease } from '../../src/domain/viewpoint-record.js';
import { DEFINITION, startTestTable, type TestTable } from '../support/table.js';

let db: TestTable;
before(async () => (db = await startTestTable()));
after(() => db.stop());

const LEASE_MS = 60_000;
let serial = 0;

async function requested(): Promise<string> {
  const id = `viewpoint-${serial++}`;
  assert.equal(await db.table.create(id, DEFINITION, 1_900_000_000, 0), true);
  return id;
}

async function leased(owner = 'replica-a'): Promise<Lease> {
  const viewpointId = await requested();
  const record = await db.table.acquireLease(viewpointId, owner, db.clock.now + LEASE_MS);
  assert.ok(record);
  return { viewpointId, owner, attempt: record.attempt };
}

async function rawRow(viewpointId: string) {
  const { Item } = await db.dynamodb.send(new GetItemCommand({ TableName: db.tableName, Key: { viewpoint_id: { S: viewpointId } }, ConsistentRead: true }));
  return Item;
}

function tileServerSets(viewpointId: string, attribute: string, value: string) {
  return db.dynamodb.send(
    new UpdateItemCommand({
      TableName: db.tableName,
      Key: { viewpoint_id: { S: viewpointId } },
      UpdateExpression: 'SET #name = :value',
      ExpressionAttributeNames: { '#name': attribute },
      ExpressionAttributeValues: { ':value': { S: value } },
    }),
  );
}

test('a created row has all ten attributes of the tile server, cleared ones as NULL', async () => {
  const id = await requested();
  assert.deepEqual(await rawRow(id), {
    viewpoint_id: { S: id },
    viewpoint_name: { S: 'Name' },
    bucket_name: { S: 'bucket' },
    object_key: { S: 'images/a.tif' },
    tile_size: { N: '512' },
    range_adjustment: { S: 'NONE' },
    viewpoint_status: { S: 'REQUESTED' },
    local_object_path: { NULL: true },
    error_message: { NULL: true },
    expire_time: { N: '1900000000' },
    lease_expires_at: { N: '0' },
  });
});

test('a row that exists is not created again', async () => {
  const id = await requested();
  assert.equal(await db.table.create(id, { ...DEFINITION, tile_size: 1 }, 1, 0), false);
  assert.equal((await db.table.get(id))?.tile_size, 512);
});

test('of 32 that want the lease at once one gets it', async () => {
  const id = await requested();
  const wins = await Promise.all(Array.from({ length: 32 }, (_, index) => db.table.acquireLease(id, `replica-${index}`, db.clock.now + LEASE_MS)));
  assert.equal(wins.filter((record) => record !== null).length, 1);
});

test('a lease that ran out is taken over, and its former holder can write nothing more', async () => {
  const former = await leased('replica-a');
  db.clock.now += LEASE_MS + 1;
  const record = await db.table.acquireLease(former.viewpointId, 'replica-b', db.clock.now + LEASE_MS);
  assert.equal(record?.attempt, former.attempt + 1);
  assert.equal(await db.table.renewLease(former, db.clock.now + LEASE_MS, EMPTY_JOB_REPORT), null);
  assert.equal(await db.table.finishFailed(former, { message: 'late', job: EMPTY_JOB_REPORT }), false);
  assert.equal(await db.table.finishReady(former, DEFINITION, { localObjectPath: '/late', expireTime: 1, job: EMPTY_JOB_REPORT }), false);
  const row = await db.table.get(former.viewpointId);
  assert.equal(row?.viewpoint_status, 'REQUESTED');
  assert.equal(row.lease_owner, 'replica-b');
});

test('READY sets path and expiry and clears the error, and the row keeps the ten attributes', async () => {
  const lease = await leased();
  const end = { localObjectPath: '/volume/a.tif', expireTime: 4_900_000_000, job: EMPTY_JOB_REPORT };
  assert.equal(await db.table.finishReady(lease, DEFINITION, end), true);
  const row = await rawRow(lease.viewpointId);
  assert.deepEqual(row?.['viewpoint_status'], { S: 'READY' });
  assert.deepEqual(row['local_object_path'], { S: '/volume/a.tif' });
  assert.deepEqual(row['error_message'], { NULL: true });
  assert.deepEqual(row['expire_time'], { N: '4900000000' });
});

test('FAILED sets the error and leaves the expiry as it is', async () => {
  const lease = await leased();
  assert.equal(await db.table.finishFailed(lease, { message: 'No such object.', job: EMPTY_JOB_REPORT }), true);
  const row = await rawRow(lease.viewpointId);
  assert.deepEqual(row?.['viewpoint_status'], { S: 'FAILED' });
  assert.deepEqual(row['error_message'], { S: 'No such object.' });
  assert.deepEqual(row['expire_time'], { N: '1900000000' });
});

test('a row that was removed during the job stays removed', async () => {
  const lease = await leased();
  await db.dynamodb.send(new DeleteItemCommand({ TableName: db.tableName, Key: { viewpoint_id: { S: lease.viewpointId } } }));
  assert.equal(await db.table.finishReady(lease, DEFINITION, { localObjectPath: '/x', expireTime: 1, job: EMPTY_JOB_REPORT }), false);
  assert.equal(await db.table.finishFailed(lease, { message: 'x', job: EMPTY_JOB_REPORT }), false);
  assert.equal(await db.table.renewLease(lease, db.clock.now + LEASE_MS, EMPTY_JOB_REPORT), null);
  assert.equal(await rawRow(lease.viewpointId), undefined);
});

test('a row that was marked DELETED during the job stays DELETED', async () => {
  const lease = await leased();
  await tileServerSets(lease.viewpointId, 'viewpoint_status', 'DELETED');
  assert.equal(await db.table.finishReady(lease, DEFINITION, { localObjectPath: '/x', expireTime: 1, job: EMPTY_JOB_REPORT }), false);
  assert.equal((await db.table.get(lease.viewpointId))?.viewpoint_status, 'DELETED');
});

test('a row whose range adjustment was changed during the job does not become READY by the old one', async () => {
  const lease = await leased();
  await tileServerSets(lease.viewpointId, 'range_adjustment', 'DRA');
  assert.equal(await db.table.finishReady(lease, DEFINITION, { localObjectPath: '/x', expireTime: 1, job: EMPTY_JOB_REPORT }), false);
  assert.equal(await db.table.finishReady(lease, { ...DEFINITION, range_adjustment: 'DRA' }, { localObjectPath: '/x', expireTime: 1, job: EMPTY_JOB_REPORT }), true);
});

test('a released lease can be taken at once', async () => {
  const lease = await leased('replica-a');
  await db.table.releaseLease(lease, EMPTY_JOB_REPORT);
  assert.notEqual(await db.table.acquireLease(lease.viewpointId, 'replica-b', db.clock.now + LEASE_MS), null);
});

test('only viewpoints that somebody promised to work on and left count as abandoned', async () => {
  const waitingInQueue = await requested();
  const held = await leased();
  const left = await leased();
  const claimed = await requested();
  await db.table.claim(claimed, db.clock.now + 10);
  await db.table.renewLease(held, db.clock.now + 10 * LEASE_MS, EMPTY_JOB_REPORT);
  const { viewpointIds: abandoned, nextExpiry } = await db.table.findUnattended(db.clock.now + LEASE_MS + 1, 0);
  assert.equal(nextExpiry, db.clock.now + 10 * LEASE_MS);
  assert.ok(abandoned.includes(left.viewpointId));
  assert.ok(abandoned.includes(claimed));
  assert.ok(!abandoned.includes(held.viewpointId));
  assert.ok(!abandoned.includes(waitingInQueue));
});

test('a cancel reaches the holder of the lease with its next renewal', async () => {
  const lease = await leased();
  const record = await db.table.get(lease.viewpointId);
  assert.ok(record);
  assert.equal(await db.table.requestCancel(record), true);
  const renewed = await db.table.renewLease(lease, db.clock.now + LEASE_MS, EMPTY_JOB_REPORT);
  assert.equal(renewed?.cancel_requested, lease.attempt);
});

test('a lease is broken only while it is as it was read, however far off its end is', async () => {
  const viewpointId = await requested();
  const record = await db.table.acquireLease(viewpointId, 'clock-ahead', db.clock.now + 1000 * LEASE_MS);
  assert.ok(record);
  assert.ok((await db.table.findUnattended(db.clock.now, 0)).held.some((held) => held.viewpoint_id === viewpointId));
  const lease = { viewpointId, owner: 'clock-ahead', attempt: record.attempt };
  await db.table.renewLease(lease, db.clock.now + 1001 * LEASE_MS, EMPTY_JOB_REPORT);
  assert.equal(await db.table.breakLease(record), false);

  const renewed = await db.table.get(viewpointId);
  assert.ok(renewed);
  assert.equal(await db.table.breakLease(renewed), true);
  assert.equal(await db.table.renewLease(lease, db.clock.now + LEASE_MS, EMPTY_JOB_REPORT), null);
  assert.ok((await db.table.findUnattended(db.clock.now, 0)).viewpointIds.includes(viewpointId));
  assert.equal((await db.table.acquireLease(viewpointId, 'next', db.clock.now + LEASE_MS))?.attempt, record.attempt + 1);
});
