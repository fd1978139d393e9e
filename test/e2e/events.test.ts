import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { makeBig } from '../../src/imagery/samples/big-recipes.js';
import { openEvents, type StreamEvent } from '../support/events.js';
import { eventually, untilTrue } from '../support/eventually.js';
import { endOf, postProcess, request, type StatusAnswer } from '../support/http.js';
import type { RunningProgram } from '../support/program.js';
import { startReceiver, type Receiver } from '../support/receiver.js';
import { startReplicas, type Replicas } from '../support/replicas.js';
import { definitionOf, newId } from '../support/service.js';

/** Jobs run on `b`, since they are posted there; `a` only looks on. */
let replicas: Replicas;
let a: RunningProgram & { url: string };
let b: RunningProgram & { url: string };
let image: Buffer;
let receiver: Receiver;
const BUCKET = definitionOf('').bucket_name;

before(async () => {
  const samples = await mkdtemp(join(tmpdir(), 'viewpoint-samples-'));
  image = await readFile(await makeBig('a', samples, 1500));
  await rm(samples, { recursive: true, force: true });
  receiver = await startReceiver();
  replicas = await startReplicas(BUCKET);
  [a, b] = await Promise.all([
    replicas.start({ ...telling(receiver), REPLICA_NAME: 'a', EVENT_STREAMS: '2', EVENT_HEARTBEAT_SECONDS: '1' }),
    replicas.start({ ...telling(receiver), REPLICA_NAME: 'b', EXECUTOR_CONCURRENCY: '1' }),
  ]);
});
after(async () => {
  await replicas.stop();
  await receiver.close();
});

function telling({ url, host }: Receiver): Record<string, string> {
  return { COMPLETION_WEBHOOK_URL: url, CALLBACK_ALLOWED_HOSTS: host, DELIVERY_RETRY_BASE_MS: '500', DELIVERY_TIMEOUT_SECONDS: '1' };
}

/** Starts a job on `b` whose download stands still until `release`. */
async function heldJob(t: TestContext): Promise<{ viewpointId: string; release: () => void }> {
  const viewpointId = newId('followed');
  const definition = definitionOf(`images/${viewpointId}.tif`);
  await replicas.tileServer.putObject(BUCKET, definition.object_key, image);
  const release = replicas.hold(definition.object_key);
  t.after(async () => {
    release();
    await endOf(b.url, viewpointId);
  });
  assert.equal((await postProcess(b.url, viewpointId, definition)).status, 202);
  await eventually('the job is at its download', async () => {
    const { step } = (await request(`${b.url}/viewpoints/${viewpointId}/status`)).json as StatusAnswer;
    return step === 'download' ? true : undefined;
  });
  return { viewpointId, release };
}

const eventsOf = (server: { url: string }, viewpointId: string, headers?: Record<string, string>) => openEvents(`${server.url}/viewpoints/${viewpointId}/events`, headers);

function assertNeverBack(events: readonly StreamEvent[]): void {
  const percents = events.map(({ data }) => data.percent);
  assert.deepEqual(percents, percents.toSorted((left, right) => left - right));
}

for (const [where, watched] of [
  ['another replica', () => a],
  ['the replica asked', () => b],
] as const) {
  test(`a job on ${where} is followed to its end, and the stream closes`, async (t) => {
    const { viewpointId, release } = await heldJob(t);
    const stream = await eventsOf(watched(), viewpointId);
    let first = await stream.next();
    // The row is written once a second, so another replica may not hear of the job at once.
    while (first?.data.step === null) first = await stream.next();
    assert.deepEqual([first?.event, first?.data.viewpoint_status, first?.data.step, first?.data.attempt], ['status', 'REQUESTED', 'download', 1]);
    assert.equal((first?.data as unknown as { replica: string }).replica, 'b');
    release();
    const rest = await stream.rest();
    const end = rest.at(-1);
    assert.deepEqual([end?.event, end?.data.viewpoint_status, end?.data.percent], ['end', 'READY', 100]);
    assert.ok(rest.slice(0, -1).every(({ event }) => event === 'status'));
    assert.ok(first !== null);
    assertNeverBack([first, ...rest]);
    // What the last event says is what the status says.
    assert.deepEqual(end?.data, (await request(`${a.url}/viewpoints/${viewpointId}/status`)).json);
  });
}

test('a stream is not buffered, not transformed, tells when to come again, and is kept alive by comments', async (t) => {
  const { viewpointId } = await heldJob(t);
  const stream = await eventsOf(a, viewpointId, { 'accept-encoding': 'gzip, br' });
  assert.equal(stream.status, 200);
  const { 'content-type': type, 'cache-control': cacheControl, 'x-accel-buffering': buffering, 'content-encoding': encoding } = stream.headers;
  assert.deepEqual([type, cacheControl, buffering, encoding], ['text/event-stream', 'no-cache, no-transform', 'no', undefined]);
  const rest = stream.rest();
  await untilTrue('two comments came', () => stream.lines.filter((line) => line === ': heartbeat').length >= 2);
  assert.equal(stream.lines[0], 'retry: 2000');
  stream.leave();
  await assert.rejects(rest);
});

test('a client that comes again is told only what it does not know, and nothing once it has seen the end', async (t) => {
  const { viewpointId, release } = await heldJob(t);
  const before = await eventsOf(a, viewpointId);
  const known = await before.next();
  before.leave();
  assert.ok(known !== null);
  const again = await eventsOf(b, viewpointId, { 'last-event-id': known.id });
  release();
  const rest = await again.rest();
  assert.ok(!rest.some(({ id }) => id === known.id));
  assertNeverBack([known, ...rest]);
  const end = rest.at(-1);
  assert.equal(end?.event, 'end');
  for (const server of [a, b]) assert.equal((await eventsOf(server, viewpointId, { 'last-event-id': end.id })).status, 204);
  const late = await (await eventsOf(a, viewpointId)).rest();
  assert.deepEqual(late.map(({ event, id }) => [event, id]), [['end', end.id]]);
});

test('more clients than allowed are told to come later, and one that goes away makes room', async (t) => {
  const { viewpointId } = await heldJob(t);
  const streams = await Promise.all([eventsOf(a, viewpointId), eventsOf(a, viewpointId)]);
  const refused = await request(`${a.url}/viewpoints/${viewpointId}/events`);
  assert.deepEqual([refused.status, (refused.json as { code: string }).code], [503, 'too_many_watchers']);
  assert.ok(Number(refused.headers.get('retry-after')) > 0);
  streams[0].leave();
  const third = await eventually('there is room', async () => {
    const stream = await eventsOf(a, viewpointId);
    if (stream.status === 200) return stream;
    stream.leave();
    return undefined;
  });
  assert.equal((await third.next())?.event, 'status');
  third.leave();
  streams[1].leave();
});

test('what does not exist cannot be followed', async () => {
  const { status, json } = await request(`${a.url}/viewpoints/nothing-of-that-name/events`);
  assert.deepEqual([status, (json as { code: string }).code], [404, 'viewpoint_not_found']);
});

test('a job on another replica is cancelled, its files go, and whoever follows it hears of that', async (t) => {
  const { viewpointId } = await heldJob(t);
  const stream = await eventsOf(a, viewpointId);
  const { status, headers } = await request(`${a.url}/viewpoints/${viewpointId}/process`, { method: 'DELETE' });
  assert.deepEqual([status, headers.get('location')], [202, `/viewpoints/${viewpointId}/status`]);
  const end = (await stream.rest()).at(-1);
  assert.deepEqual([end?.event, end?.data.viewpoint_status, end?.data.error?.code], ['end', 'FAILED', 'cancelled']);
  await untilTrue('nothing of it stays on the volume', () => !existsSync(join(replicas.volumeRoot, viewpointId)));
  assert.equal((await request(`${a.url}/viewpoints/${viewpointId}/process`, { method: 'DELETE' })).status, 409);
});

test('a job that waits in the room of another replica is cancelled before it begins', async (t) => {
  await heldJob(t);
  const viewpointId = newId('waiting');
  assert.equal((await postProcess(b.url, viewpointId, definitionOf('images/never-there.tif'))).status, 202);
  assert.equal((await request(`${a.url}/viewpoints/${viewpointId}/process`, { method: 'DELETE' })).status, 202);
  assert.equal((await endOf(a.url, viewpointId)).error?.code, 'cancelled');
});

test('a request to wait for the end does so when the job runs on another replica', async (t) => {
  const { viewpointId, release } = await heldJob(t);
  const waiting = postProcess(a.url, viewpointId, undefined, { prefer: 'wait=60' });
  const stream = await eventsOf(a, viewpointId);
  assert.equal((await stream.next())?.event, 'status');
  release();
  const { status, json } = await waiting;
  assert.deepEqual([status, (json as StatusAnswer).viewpoint_status], [200, 'READY']);
  await stream.rest();
});

test('open streams do not hold up the end of a replica', async (t) => {
  const c = await replicas.start({ REPLICA_NAME: 'c', SHUTDOWN_GRACE_SECONDS: '30' });
  const { viewpointId } = await heldJob(t);
  const stream = await eventsOf(c, viewpointId);
  assert.equal((await stream.next())?.event, 'status');
  const waiting = postProcess(c.url, viewpointId, undefined, { prefer: 'wait=60' });
  const rest = stream.rest();
  await c.line((text) => text.includes('incoming request') && text.includes(`/viewpoints/${viewpointId}/process`));
  c.kill('SIGTERM');
  assert.equal((await c.end).code, 0);
  assert.ok((await rest).every(({ event }) => event === 'status'));
  // 503 if the end was quicker than the request.
  assert.ok([202, 503].includes((await waiting).status));
});

test('what a killed replica had still to tell is told by another, once by id', async () => {
  receiver.respond = (response) => void (response.statusCode = 503);
  const dying = await replicas.start({ ...telling(receiver), REPLICA_NAME: 'd' });
  const viewpointId = newId('told');
  assert.equal((await postProcess(dying.url, viewpointId, definitionOf('images/never-there.tif'))).status, 202);
  const [first] = await receiver.untilReceived(viewpointId);
  dying.kill('SIGKILL');
  await dying.end;

  receiver.respond = () => undefined;
  const ofIt = () => receiver.received.filter(({ event }) => event.subject === viewpointId);
  await untilTrue('the row says that all is told', async () => (await replicas.tileServer.row(viewpointId))?.['delivery_due_at']?.N === '0');
  assert.equal(ofIt().filter(({ status }) => status === 204).length, 1);
  assert.ok(ofIt().every(({ event, body }) => event.id === first?.event.id && body === first.body));
});
