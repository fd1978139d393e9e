import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notedRequests, requestId, requestNoted, withRequest } from '../../src/domain/noted-requests.js';

const NOW = 1_800_000_000;
const request = (id: string, asked: object = {}) => requestId('key', id, asked);

test('a request is found under its id for a day', () => {
  const text = withRequest(null, request('a'), null, NOW);
  assert.deepEqual(requestNoted(text, request('a'), NOW + 86_399)?.fingerprint, request('a').fingerprint);
  assert.equal(requestNoted(text, request('a'), NOW + 86_400), undefined);
  assert.equal(requestNoted(text, request('b'), NOW), undefined);
  assert.equal(requestNoted(text, requestId('sns', 'a', {}), NOW), undefined);
});

test('a later answer takes the place of the note without one', () => {
  const answer = { status: 202 as const, body: { step: null } };
  const text = withRequest(withRequest(null, request('a'), null, NOW), request('a'), answer, NOW + 1);
  assert.deepEqual(notedRequests(text).map((noted) => noted.answer), [answer]);
});

test('the latest 16 are kept, and the row stays small', () => {
  let text: string | null = null;
  for (let index = 0; index < 100; index++) text = withRequest(text, request(`${'k'.repeat(200)}${index}`, { note: 'x'.repeat(10_000) }), null, NOW + index);
  assert.equal(notedRequests(text).length, 16);
  assert.ok(requestNoted(text, request(`${'k'.repeat(200)}99`), NOW + 99));
  assert.equal(requestNoted(text, request(`${'k'.repeat(200)}83`), NOW + 99), undefined);
  assert.ok((text?.length ?? 0) < 4000);
});

test('what another writer left that cannot be read counts for nothing', () => {
  for (const text of ['', '{', '{}', '7', '[null]']) assert.deepEqual(notedRequests(text), []);
  assert.equal(notedRequests(withRequest('{', request('a'), null, NOW)).length, 1);
});

test('the same request has the same fingerprint, another has another', () => {
  assert.equal(request('a', { tile_size: 1 }).fingerprint, request('a', { tile_size: 1 }).fingerprint);
  assert.notEqual(request('a', { tile_size: 1 }).fingerprint, request('a', { tile_size: 2 }).fingerprint);
});
