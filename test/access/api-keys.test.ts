import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiKeyAuthentication, parseApiKeys } from '../../src/access/api-keys.js';
import { hasScope, SCOPES } from '../../src/domain/access.js';

const SECRET_A = 'a'.repeat(24);
const SECRET_B = 'Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6:+/=';

test('each key opens with its own name and scopes, and nothing else opens', async () => {
  const authenticate = apiKeyAuthentication(parseApiKeys(`tile-server:read+process:${SECRET_A}, ops:admin:${SECRET_B}`));
  assert.deepEqual(await authenticate(SECRET_A), { name: 'key:tile-server', scopes: ['read', 'process'] });
  assert.deepEqual(await authenticate(SECRET_B), { name: 'key:ops', scopes: ['admin'] });
  for (const wrong of ['', 'a'.repeat(23), 'a'.repeat(25), SECRET_B.toLowerCase(), `tile-server:read+process:${SECRET_A}`, 'ä'.repeat(24)]) assert.equal(await authenticate(wrong), null);
});

test('entries that cannot be read are refused by number, without a word of their content', () => {
  for (const [text, fault] of [
    ['secretsecretsecretsecretsecret', /entry 1 is not of the form/],
    [`ops:admin:${SECRET_A},other:admin:shortsecret`, /secret of entry 2 has fewer than 24/],
    [`ops:everything:${SECRET_A}`, /entry 1 has a scope other than read, process, admin/],
    [`ops:read:${SECRET_A},ops:admin:${SECRET_B}`, /two keys "ops"/],
    ['', /entry 1/],
  ] as const) {
    assert.throws(() => parseApiKeys(text), (error: Error) => fault.test(error.message) && !/secretsecret|shortsecret|aaaa/.test(error.message));
  }
});

test('admin includes process, and process includes read', () => {
  const allowed = SCOPES.map((scope) => SCOPES.filter((wanted) => hasScope({ name: 'x', scopes: [scope] }, wanted)));
  assert.deepEqual(allowed, [['read'], ['read', 'process'], ['read', 'process', 'admin']]);
  assert.equal(hasScope({ name: 'x', scopes: [] }, 'read'), false);
});
