import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startEmbeddedDynamoDb } from '../../src/embedded/dynamodb.js';
import { EMBEDDED_CREDENTIALS } from '../../src/embedded/embedded-service.js';
import { createAwsClients } from '../../src/storage/aws-clients.js';
import { createServiceClock } from '../../src/storage/service-clock.js';
import { createViewpointTable } from '../../src/storage/viewpoint-table.js';

/** Sun, 06 Nov 1994 08:49:37 GMT, the example of RFC 9110, section 5.6.7, in epoch milliseconds. */
const DATE = 'Sun, 06 Nov 1994 08:49:37 GMT';
const DATE_MS = 784_111_777_000;

function clockAt(wallMs: number) {
  const time = { wallMs, monotonicMs: 1000 };
  return { time, clock: createServiceClock(() => time.wallMs, () => time.monotonicMs) };
}

test('a clock that agrees with the service is used as it is, to the millisecond', () => {
  const { clock } = clockAt(DATE_MS + 1234);
  assert.equal(clock.now(), DATE_MS + 1234);
  clock.heard(DATE);
  assert.equal(clock.now(), DATE_MS + 1234);
});

test('a clock that runs ahead or behind is put right by the latest answer, and by the monotonic clock from there on', () => {
  for (const offBy of [3_600_000, -3_600_000, 5001, -5001]) {
    const { time, clock } = clockAt(DATE_MS + offBy);
    clock.heard(DATE);
    assert.equal(clock.now(), DATE_MS);
    time.monotonicMs += 2500;
    time.wallMs += 2500;
    assert.equal(clock.now(), DATE_MS + 2500);
    time.wallMs = DATE_MS + 2500; // it is set right
    assert.equal(clock.now(), time.wallMs);
  }
});

test('an answer without a date, or with none that can be read, changes nothing', () => {
  const { clock } = clockAt(5);
  for (const date of [undefined, 'yesterday', 7]) clock.heard(date);
  assert.equal(clock.now(), 5);
});

test('every answer of DynamoDB tells its date, errors too, so that a replica with a wrong clock leaves a live lease alone', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'viewpoint-clock-'));
  const region = 'us-west-2';
  const service = await startEmbeddedDynamoDb({ folder, tableName: 'TSJobTable', region });
  const { clock } = clockAt(0);
  const ahead = createServiceClock(() => Date.now() + 3_600_000);
  const clients = [clock, ahead].map((each) => createAwsClients({ region, endpoints: { dynamodb: service.url }, credentials: EMBEDDED_CREDENTIALS, receiveWaitSeconds: 0, onDate: (date) => each.heard(date) }));
  t.after(async () => {
    for (const each of clients) each.close();
    await service.close();
    await rm(folder, { recursive: true, force: true });
  });
  const [right, wrong] = clients;
  assert.ok(right !== undefined && wrong !== undefined);

  const absent = createViewpointTable({ dynamodb: right.dynamodb, tableName: 'NoSuchTable', now: () => 0 });
  await assert.rejects(absent.get('x'), { code: 'dependency_unavailable' });
  assert.ok(clock.now() > 1_700_000_000_000, 'the error told the date');

  const table = createViewpointTable({ dynamodb: right.dynamodb, tableName: 'TSJobTable', now: () => Date.now() });
  const otherTable = createViewpointTable({ dynamodb: wrong.dynamodb, tableName: 'TSJobTable', now: () => ahead.now() });
  await table.create('v', { viewpoint_name: 'v', bucket_name: 'b', object_key: 'k', tile_size: 512, range_adjustment: 'NONE' }, 0, 0);
  assert.equal((await table.acquireLease('v', 'a', Date.now() + 60_000))?.attempt, 1);
  await otherTable.get('v');
  assert.equal(await otherTable.acquireLease('v', 'b', ahead.now() + 60_000), null);
});
