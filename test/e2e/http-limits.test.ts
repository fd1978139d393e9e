import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { startTestService, type TestService } from '../support/service.js';

const KEY = 'limited-key-0123456789-0123456789';
const WRITER_KEY = 'writer-key-0123456789-0123456789';
const ORIGIN = 'https://maps.example.com';

let service: TestService;
before(async () => {
  service = await startTestService({
    variables: { API_KEYS: `caller:read:${KEY},writer:process:${WRITER_KEY}`, RATE_LIMIT_PER_MINUTE: '20', TRUST_PROXY: '1', CORS_ORIGINS: `${ORIGIN},http://localhost:5173`, REQUEST_TIMEOUT_SECONDS: '1', POLLER_ENABLED: 'false' },
  });
});
after(() => service.stop());

const fromAddress = (address: string, headers: Record<string, string> = {}) => service.request('/viewpoints', { headers: { 'x-forwarded-for': address, ...headers } });

test('a caller that sends too much is told when to go on, and others are not held up', async () => {
  const statuses = [];
  for (let count = 0; count < 21; count++) statuses.push((await fromAddress('192.0.2.1', { authorization: `Bearer ${KEY}` })).status);
  assert.deepEqual(statuses, [...Array<number>(20).fill(200), 429]);
  // The key counts, wherever it calls from.
  const limited = await fromAddress('192.0.2.2', { authorization: `Bearer ${KEY}` });
  assert.equal(limited.status, 429);
  assert.equal((limited.json as { code: string }).code, 'too_many_requests');
  assert.ok(Number(limited.headers.get('retry-after')) > 0);
  assert.equal((await fromAddress('192.0.2.2')).status, 401);
});

test('who does not say who it is counts by address, so that keys cannot be guessed fast', async () => {
  const statuses = [];
  for (let count = 0; count < 21; count++) statuses.push((await fromAddress('192.0.2.3', { authorization: `Bearer guess-${count}-0123456789-0123456789` })).status);
  assert.deepEqual(statuses, [...Array<number>(20).fill(401), 429]);
  assert.equal((await fromAddress('192.0.2.4')).status, 401);
});

test('only the trusted proxy tells the address of a caller', async () => {
  const statuses = [];
  // The caller writes what it likes; the proxy appends where it called from.
  for (let count = 0; count < 21; count++) statuses.push((await fromAddress(`198.51.100.${count}, 192.0.2.5`)).status);
  assert.equal(statuses.at(-1), 429);
});

test('health checks are answered however many there are', async () => {
  for (let count = 0; count < 30; count++) assert.equal((await service.request('/ping')).status, 200);
});

test('a page of a named origin may call, and no other', async () => {
  const preflight = (origin: string) => service.request('/viewpoints/x/process', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' } });
  const allowed = await preflight(ORIGIN);
  assert.equal(allowed.status, 204);
  assert.equal(allowed.headers.get('access-control-allow-origin'), ORIGIN);
  assert.match(allowed.headers.get('access-control-allow-headers') ?? '', /authorization/);
  assert.equal((await preflight('https://evil.example.com')).headers.get('access-control-allow-origin'), null);
  const answer = await service.request('/ping', { headers: { origin: ORIGIN } });
  assert.equal(answer.headers.get('access-control-allow-origin'), ORIGIN);
  assert.equal(answer.headers.get('access-control-allow-credentials'), null);
  assert.match(answer.headers.get('vary') ?? '', /origin/i);
});

test('every answer carries the security headers, errors too', async () => {
  for (const path of ['/ping', '/docs', '/viewpoints', '/no-such-route']) {
    const { headers } = await service.request(path, { headers: { 'x-forwarded-for': '192.0.2.9' } });
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/, path);
    assert.match(policy, /script-src 'self'(;|$)/);
    assert.doesNotMatch(policy, /unsafe|\*|upgrade-insecure/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.equal(headers.get('server'), null);
    assert.equal(headers.get('x-powered-by'), null);
  }
});

/** A connection that sends this and no more; resolves with all that came once the service has closed it. */
async function sendAndWait(text: string): Promise<string> {
  const socket: Socket = connect(Number(new URL(service.url).port), '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (part: string) => (answer += part));
  if (text !== '') socket.write(text);
  await once(socket, 'close');
  return answer;
}

test('a connection whose headers or body do not come is closed', async () => {
  const answers = await Promise.all([
    sendAndWait(''),
    sendAndWait('GET /ping HTTP/1.1\r\nhost: x\r\nx-slow'),
    sendAndWait('POST /viewpoints/x/process HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{'),
  ]);
  assert.equal(answers[0].startsWith('HTTP/1.1 2'), false);
  assert.match(answers[1], /^HTTP\/1\.1 408 /);
  assert.match(answers[2], /^HTTP\/1\.1 (408|401) /);
  assert.equal((await service.request('/ping')).status, 200);
});

test('a body that is too large is refused before it is read', async () => {
  const answer = await sendAndWait(`POST /viewpoints/x/process HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${WRITER_KEY}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 1000000000\r\n\r\n{`);
  assert.match(answer, /^HTTP\/1\.1 413 /);
});
