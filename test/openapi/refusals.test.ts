import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startTestService } from '../support/service.js';

const READER = 'read-key-0123456789-0123456789';
const service = await startTestService({ variables: { API_KEYS: `reader:read:${READER}`, POLLER_ENABLED: 'false' } });
const limited = await startTestService({ variables: { RATE_LIMIT_PER_MINUTE: '1', POLLER_ENABLED: 'false' } });
after(async () => {
  await service.stop();
  await limited.stop();
});

const { paths } = (await service.request('/openapi.json')).json as { paths: Record<string, Record<string, { operationId: string; responses: object }>> };
const operations = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { operationId, responses }]) => ({ path, method: method.toUpperCase(), operationId, statuses: Object.keys(responses).map(Number) })));
const filled = (path: string, id = 'nobody') => path.replaceAll(/\{[^}]+\}/g, id);
const reader = { authorization: `Bearer ${READER}` };

/** Sends the requests to each operation; the names of those that answer this status, and of those that describe it. */
async function answering(wanted: number, send: (operation: (typeof operations)[number]) => ReturnType<typeof service.request>) {
  const met: string[] = [];
  for (const operation of operations) {
    const { status } = await send(operation);
    if (status === wanted) met.push(operation.operationId);
    if (status >= 400) assert.ok(operation.statuses.includes(status), `${operation.operationId} answers ${status} and does not say so`);
  }
  const described = operations.filter(({ statuses }) => statuses.includes(wanted)).map(({ operationId }) => operationId);
  return { met: met.toSorted(), described: described.toSorted() };
}

test('every operation that wants a bearer token says that it answers 401, and no other', async () => {
  const { met, described } = await answering(401, ({ path, method }) => service.request(filled(path), { method }));
  assert.ok(met.includes('getMetrics') && met.includes('processViewpoint'));
  const bySignature = ['receiveEvent', 'receiveSns']; // refused with 403 while nobody may send at all
  assert.deepEqual(described.filter((name) => !bySignature.includes(name)), met);
});

test('an operation that wants another scope than the caller has says that it answers 403', async () => {
  const { met } = await answering(403, ({ path, method }) => service.request(filled(path), { method, headers: reader }));
  for (const name of ['processViewpoint', 'cancelViewpoint', 'redeliver', 'listDeadLetters', 'redriveDeadLetters']) assert.ok(met.includes(name), name);
});

test('every operation says that it answers 400 to what is no sound request, and 414 to a path that is too long', async () => {
  const withParameter = operations.filter(({ path }) => path.includes('{')).map(({ operationId }) => operationId).toSorted();
  const malformed = await answering(400, ({ path, method }) => service.request(filled(path, '%zz'), { method, headers: reader }));
  assert.deepEqual(malformed.met, withParameter);
  assert.equal(malformed.described.length, operations.length); // any may come without a Host header
  const tooLong = await answering(414, ({ path, method }) => service.request(filled(path, 'a'.repeat(800)), { method, headers: reader }));
  assert.deepEqual(tooLong, { met: withParameter, described: withParameter });
});

test('every operation that takes a body says that it answers 413 and 415, where it does', async () => {
  const open = await startTestService({ variables: { POLLER_ENABLED: 'false' } });
  try {
    const send = (body: string, type: string) => ({ path, method }: (typeof operations)[number]) => open.request(filled(path), { method, ...(method === 'GET' ? {} : { body, headers: { 'content-type': type } }) });
    const foreign = await answering(415, send('x', 'text/xml'));
    assert.deepEqual(foreign.met, ['cancelViewpoint', 'processViewpoint', 'receiveEvent', 'redeliver', 'redriveDeadLetters']);
    assert.deepEqual(foreign.described, foreign.met);
    const large = await answering(413, send(`{"x":"${'x'.repeat(300_000)}"}`, 'application/json'));
    assert.deepEqual(large.met, [...foreign.met, 'receiveSns'].toSorted());
    assert.deepEqual(large.described, large.met);
  } finally {
    await open.stop();
  }
});

test('every operation but health checks says that it answers 429', async () => {
  await limited.request('/executor');
  const { met, described } = await answering(429, ({ path, method }) => limited.request(filled(path), { method }));
  assert.deepEqual(described, met);
  assert.deepEqual(operations.map(({ operationId }) => operationId).filter((name) => !met.includes(name)).toSorted(), ['getLiveness', 'getReadiness', 'ping']);
});
