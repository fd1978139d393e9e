import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeSample } from '../../src/imagery/samples/recipes.js';
import { eventually, untilTrue } from '../support/eventually.js';
import { postProcess, endOf } from '../support/http.js';
import { HANG, startReceiver } from '../support/receiver.js';
import { startReplicas } from '../support/replicas.js';
import { definitionOf, newId } from '../support/service.js';

const GOOD = definitionOf('images/good.tif');
const MISSING = definitionOf('images/missing.tif');
const VIEWPOINTS = 8;

test('a receiver that is down while jobs of two replicas end, one of which is killed, accepts every completion exactly once by id', async (t) => {
  const samples = await mkdtemp(join(tmpdir(), 'viewpoint-samples-'));
  await makeSample('rgb-striped', samples);
  const image = await readFile(join(samples, 'rgb-striped.tif'));
  await rm(samples, { recursive: true, force: true });
  const receiver = await startReceiver();
  t.after(() => receiver.close());
  const replicas = await startReplicas(GOOD.bucket_name);
  t.after(() => replicas.stop());
  await replicas.tileServer.putObject(GOOD.bucket_name, GOOD.object_key, image);
  const telling = { COMPLETION_WEBHOOK_URL: receiver.url, CALLBACK_ALLOWED_HOSTS: receiver.host, DELIVERY_RETRY_BASE_MS: '5', DELIVERY_TRIES: '100', DELIVERY_TIMEOUT_SECONDS: '1', EXECUTOR_CONCURRENCY: '1' };
  const [a, b] = await Promise.all(['a', 'b'].map((name) => replicas.start({ ...telling, REPLICA_NAME: name })));
  assert.ok(a !== undefined && b !== undefined);

  // Down in three ways: it says so, cuts the connection, or says nothing.
  let turn = 0;
  receiver.respond = (response) => {
    turn += 1;
    if (turn % 3 === 0) response.statusCode = 503;
    else if (turn % 3 === 1) response.destroy();
    else return HANG;
    return undefined;
  };
  const ids = Array.from({ length: VIEWPOINTS }, (_, index) => newId(`told-${index}`));
  for (const [index, viewpointId] of ids.entries()) {
    const { status } = await postProcess(index % 2 === 0 ? a.url : b.url, viewpointId, index < 2 ? GOOD : MISSING);
    assert.equal(status, 202);
  }
  await Promise.all(ids.map((viewpointId) => endOf(a.url, viewpointId)));
  // Both replicas have tried what they ended, each in vain, before one of them is gone for good.
  await eventually('every completion was tried', () => Promise.resolve(ids.every((viewpointId) => receiver.received.some(({ event }) => event.subject === viewpointId)) || undefined));
  b.kill('SIGKILL');
  await b.end;
  assert.deepEqual(receiver.accepted(), []);

  receiver.respond = () => undefined;
  await untilTrue('every completion was accepted', () => new Set(receiver.accepted().map(({ event }) => event.subject)).size === VIEWPOINTS);
  await untilTrue('nothing is left to deliver', async () => {
    const rows = await Promise.all(ids.map((viewpointId) => replicas.tileServer.row(viewpointId)));
    return rows.every((row) => row?.['delivery_due_at']?.N === '0');
  });
  const accepted = receiver.accepted();
  assert.deepEqual(accepted.map(({ event }) => event.subject).toSorted(), ids.toSorted());
  assert.equal(new Set(accepted.map(({ headers }) => headers['webhook-id'])).size, VIEWPOINTS);
  // A receiver can tell tries of one completion by their id: it is the same in all of them, as is what they say.
  for (const { event, headers, body } of receiver.received) {
    const first = receiver.received.find((other) => other.event.subject === event.subject);
    assert.deepEqual([headers['webhook-id'], body], [first?.headers['webhook-id'], first?.body]);
  }
  assert.deepEqual(accepted.filter(({ event }) => event.data.viewpoint_status === 'READY').length, 2);
});
