import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { generateKeyPair } from 'jose';
import { oidcAuthentication } from '../../src/access/oidc.js';
import type { ViewpointError } from '../../src/domain/errors.js';
import { startOidcIssuer } from '../support/oidc-issuer.js';

const AUDIENCE = 'viewpoint-worker';
const issuer = await startOidcIssuer(AUDIENCE);
after(() => issuer.stop());
const options = { issuer: issuer.issuer, audience: AUDIENCE, scopesClaim: 'scope' };
const authenticate = oidcAuthentication(options);
const now = () => Math.floor(Date.now() / 1000);

test('a token of the issuer opens with its subject and the scopes among its words', async () => {
  assert.deepEqual(await authenticate(await issuer.token()), { name: 'sub:analyst@example.com', scopes: ['read'] });
  assert.deepEqual((await authenticate(await issuer.token({ scope: 'admin process' })))?.scopes, ['process', 'admin']);
  assert.deepEqual((await authenticate(await issuer.token({ scope: 'administrator' })))?.scopes, []);
});

test('the scopes may be an array in another claim', async () => {
  const other = oidcAuthentication({ ...options, scopesClaim: 'roles' });
  assert.deepEqual((await other(await issuer.token({ roles: ['process', 7], scope: 'admin' })))?.scopes, ['process']);
  assert.deepEqual((await other(await issuer.token({ scope: 'admin' })))?.scopes, []);
});

test('a token for another audience, of another issuer, out of date or without end is nobody\'s', async () => {
  for (const claims of [{ aud: 'other' }, { iss: 'https://example.com' }, { exp: now() - 120 }, { nbf: now() + 600 }, { exp: undefined }, { sub: undefined }]) {
    assert.equal(await authenticate(await issuer.token(claims)), null, JSON.stringify(claims));
  }
});

test('a token that somebody else signed, or nobody, is nobody\'s', async () => {
  const stranger = await generateKeyPair('ES256');
  assert.equal(await authenticate(await issuer.token({}, { key: stranger.privateKey })), null);
  const [header = '', payload = '', signature = ''] = (await issuer.token()).split('.');
  const unsigned = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  const forged = Buffer.from(JSON.stringify({ ...(JSON.parse(Buffer.from(payload, 'base64url').toString()) as object), scope: 'admin' })).toString('base64url');
  for (const token of [`${unsigned}.${payload}.`, `${unsigned}.${payload}.${signature}`, `${header}.${forged}.${signature}`, 'a.b.c', '', '..', 'x'.repeat(20_000)]) assert.equal(await authenticate(token), null, token.slice(0, 60));
});

test('a token signed with the public key as if that were a shared secret is nobody\'s', async () => {
  const keys = (await (await fetch(`${issuer.issuer}/keys`)).json()) as object;
  const secret = new TextEncoder().encode(JSON.stringify(keys).padEnd(64, '.'));
  assert.equal(await authenticate(await issuer.token({ scope: 'admin' }, { key: secret as unknown as Awaited<ReturnType<typeof generateKeyPair>>['privateKey'], algorithm: 'HS256' })), null);
});

test('when the issuer cannot be reached, the fault is not the caller\'s, and passes with the issuer\'s', async () => {
  const fresh = oidcAuthentication(options);
  const token = await issuer.token();
  issuer.isDown = true;
  await assert.rejects(fresh(token), (error: ViewpointError) => error.code === 'dependency_unavailable' && !error.message.includes(token));
  issuer.isDown = false;
  assert.equal((await fresh(token))?.name, 'sub:analyst@example.com');
});

test('an issuer that says in its discovery document to be another is not believed', async () => {
  const other = oidcAuthentication({ ...options, issuer: `${issuer.issuer}/` });
  await assert.rejects(other(await issuer.token({ iss: `${issuer.issuer}/` })), (error: ViewpointError) => error.code === 'dependency_unavailable');
});

test('the keys are asked for once for many tokens', async () => {
  const fresh = oidcAuthentication(options);
  const before = issuer.requests.length;
  for (let count = 0; count < 5; count++) assert.ok(await fresh(await issuer.token()));
  assert.deepEqual(issuer.requests.slice(before), ['/.well-known/openid-configuration', '/keys']);
});
