import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startOidcIssuer, type OidcIssuer } from '../support/oidc-issuer.js';
import { definitionOf, newId, startTestService, type TestService } from '../support/service.js';

const KEYS = { read: 'read-key-0123456789-0123456789', process: 'process-key-0123456789-0123456', admin: 'admin-key-0123456789-0123456789' };
const RGB = definitionOf('samples/rgb-striped.tif');

let issuer: OidcIssuer;
let service: TestService;
before(async () => {
  issuer = await startOidcIssuer('viewpoint-worker');
  service = await startTestService({
    variables: {
      API_KEYS: Object.entries(KEYS).map(([scope, secret]) => `${scope}er:${scope}:${secret}`).join(','),
      OIDC_ISSUER: issuer.issuer,
      OIDC_AUDIENCE: 'viewpoint-worker',
      POLLER_ENABLED: 'false',
    },
  });
});
after(async () => {
  await service.stop();
  await issuer.stop();
});

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const statusOf = async (method: string, path: string, headers: Record<string, string> = {}) => (await service.request(path, { method, headers })).status;

test('every route but health and documentation refuses who does not say who it is', async () => {
  const { json } = await service.request('/openapi.json');
  const operations = Object.entries((json as { paths: Record<string, object> }).paths).flatMap(([path, item]) => Object.keys(item).map((method) => ({ method: method.toUpperCase(), path: path.replaceAll(/\{[^}]+\}/g, 'x') })));
  assert.ok(operations.length > 10);
  const open: string[] = [];
  for (const { method, path } of operations) {
    const answer = await service.request(path, { method });
    if (answer.status !== 401) open.push(path);
    else {
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
      assert.equal((answer.json as { code: string }).code, 'unauthenticated');
    }
  }
  assert.deepEqual(open.filter((path) => !path.startsWith('/webhooks/')).toSorted(), ['/health/live', '/health/ready', '/ping']);
  for (const path of ['/docs', '/docs/static/swagger-ui.css', '/openapi.json']) assert.equal(await statusOf('GET', path), 200, path);
});

test('a path written in another way does not get around the check', async () => {
  for (const path of ['/viewpoints/?x=/ping', '/viewpoints//', '/%76iewpoints', '/viewpoints/..%2fping', '/docs/../viewpoints', '/docs/%2e%2e/viewpoints', '/latest/viewpoints/x/image/info', '//ping/../viewpoints']) {
    assert.ok([400, 401, 404].includes(await statusOf('GET', path)), path);
  }
  assert.equal(await statusOf('HEAD', '/viewpoints'), 401);
});

test('each scope allows what it says', async () => {
  const viewpointId = newId('scoped');
  const allowed = async (headers: Record<string, string>) => ({
    list: await statusOf('GET', '/viewpoints', headers),
    metrics: await statusOf('GET', '/metrics', headers),
    cancel: await statusOf('DELETE', `/viewpoints/${viewpointId}/process`, headers),
  });
  assert.deepEqual(await allowed(bearer(KEYS.read)), { list: 200, metrics: 200, cancel: 403 });
  assert.deepEqual(await allowed(bearer(KEYS.process)), { list: 200, metrics: 200, cancel: 404 });
  assert.deepEqual(await allowed(bearer(KEYS.admin)), { list: 200, metrics: 200, cancel: 404 });
  assert.deepEqual(await allowed(bearer(await issuer.token({ scope: 'read' }))), { list: 200, metrics: 200, cancel: 403 });
  assert.deepEqual(await allowed(bearer(await issuer.token({ scope: 'process' }))), { list: 200, metrics: 200, cancel: 404 });
  assert.deepEqual(await allowed(bearer(await issuer.token({ scope: 'email' }))), { list: 403, metrics: 403, cancel: 403 });

  const refused = await service.request(`/viewpoints/${viewpointId}/process`, { method: 'DELETE', headers: bearer(KEYS.read) });
  assert.equal(refused.headers.get('www-authenticate'), 'Bearer error="insufficient_scope", scope="process"');
  assert.equal((refused.json as { code: string }).code, 'scope_missing');
});

test('a request that is refused changes nothing', async () => {
  const viewpointId = newId('refused');
  for (const headers of [{}, bearer(KEYS.read), bearer('wrong-key-0123456789-0123456789')]) {
    const { status } = await service.process(viewpointId, RGB, headers);
    assert.ok(status === 401 || status === 403, String(status));
  }
  assert.equal(await service.row(viewpointId), undefined);
  const { status } = await service.process(viewpointId, RGB, { ...bearer(KEYS.process), prefer: 'wait=120' });
  assert.equal(status, 200);
});

test('a wrong, expired or malformed credential is 401, however it is dressed', async () => {
  const expired = await issuer.token({ exp: Math.floor(Date.now() / 1000) - 3600 });
  for (const authorization of ['Bearer', 'Bearer ', `Basic ${KEYS.admin}`, KEYS.admin, `Bearer ${KEYS.admin}x`, `Bearer ${expired}`, `Bearer ${KEYS.admin} ${KEYS.admin}`, `Bearer ${'y'.repeat(5000)}`]) {
    const answer = await service.request('/viewpoints', { headers: { authorization } });
    assert.equal(answer.status, 401, authorization);
    assert.equal(answer.headers.get('www-authenticate'), 'Bearer error="invalid_token"');
  }
});
