import fc from 'fast-check';
import { rawRequest } from './raw-http.js';
import { HOSTILE_TEXTS } from './hostile-texts.js';

const ROUTES = [
  '/viewpoints/{}/process', '/viewpoints/{}', '/viewpoints/{}/status', '/viewpoints/{}/events', '/viewpoints/{}/image/metadata', '/viewpoints/{}/image/bounds', '/viewpoints/{}/image/info', '/viewpoints/{}/image/statistics',
  '/viewpoints/{}/image/footprint', '/viewpoints/{}/image/stac', '/viewpoints/{}/image/preview.png', '/viewpoints/{}/image/{}', '/latest/viewpoints/{}/image/info', '/v1_0/viewpoints/{}/image/bounds', '/{}', '/docs/static/{}', '/docs/{}', '/viewpoints?status={}',
  '/viewpoints?limit={}', '/viewpoints?next={}', '/viewpoints?{}={}', '/webhooks/sns', '/webhooks/events', '/dead-letters', '/dead-letters/redrive', '/executor/{}', '/viewpoints/{}/process?{}',
] as const;
const METHODS = ['GET', 'POST', 'DELETE', 'PUT', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND'] as const;
const HEADERS = [
  'Content-Type: application/json', 'Content-Type: application/json; charset=utf-16', 'Content-Type: text/xml', 'Content-Type: multipart/form-data', 'Content-Type: ', 'Content-Encoding: gzip', 'Prefer: wait=', 'Prefer: wait=-1', 'Prefer: wait=1e99',
  'If-None-Match: ', 'If-None-Match: *', 'X-Request-Id: ../../x', `X-Request-Id: ${'r'.repeat(4000)}`, 'X-Forwarded-For: 127.0.0.1', 'X-Forwarded-Host: evil', 'Authorization: Bearer ', 'Authorization: Basic !!!', `Cookie: ${'c'.repeat(4000)}`, 'Range: bytes=-1', 'Accept: image/*',
  'Expect: 100-continue', 'Accept-Encoding: br;q=2', 'X-HTTP-Method-Override: DELETE', 'X-Amz-Sns-Message-Type: Notification', 'Webhook-Id: x', 'Webhook-Signature: v1,AAAA', 'Last-Event-ID: -1', 'Transfer-Encoding: chunked', 'Content-Length: 5', 'Content-Length: -1', 'Upgrade: h2c',
] as const;

const text = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) }, { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) });

/** As browsers would encode it, as nobody would, or half of it. */
const pathPart = fc.oneof(
  text.map((part) => encodeURIComponent(part.replace(/[\ud800-\udfff]/g, '?'))),
  text.map((part) => part.replace(/[\r\n\0 ]/g, '')),
  fc.uint8Array({ maxLength: 12 }).map((bytes) => [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')),
);
const path = fc.tuple(fc.constantFrom(...ROUTES), fc.array(pathPart, { minLength: 2, maxLength: 2 })).map(([route, parts]) => parts.reduce((whole, part) => whole.replace('{}', () => part), route));

const member = fc.oneof(text, fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(0, -1, 1.5, 1e308, null, true, [], {}));
const definition = fc.record(
  { viewpoint_name: member, bucket_name: fc.oneof(member, fc.constant('chaos-images')), object_key: member, tile_size: fc.oneof(member, fc.constant(512)), range_adjustment: fc.oneof(member, fc.constant('NONE')), force: member, callback_url: text, __proto__x: member, constructor: member },
  { requiredKeys: [] },
);
const body = fc.oneof(
  { weight: 6, arbitrary: definition.map((value) => Buffer.from(JSON.stringify(value))) },
  { weight: 2, arbitrary: fc.json().map((value) => Buffer.from(value)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
  { weight: 1, arbitrary: fc.constantFrom('{', '[', '"', '{"a":', 'nul', '{"__proto__":{"a":1}}', '{"constructor":{"prototype":{}}}', '['.repeat(20_000), '{"tile_size":1e999}', '\ufeff{}', ' ', 'x'.repeat(70_000)).map((value) => Buffer.from(value)) },
);

const request = fc
  .record({ method: fc.constantFrom('POST', 'GET', ...METHODS), path, headers: fc.uniqueArray(fc.constantFrom(...HEADERS), { maxLength: 4, selector: (header) => header.slice(0, header.indexOf(':')) }), body: fc.option(body, { freq: 3 }) })
  .map(({ headers, body: content, ...rest }) => {
    // What announces a body without sending it all waits for it: that is a slow client, which the server's time limit is for.
    const isWaiting = (header: string) => /^(transfer-encoding|content-length: 5)/i.test(header);
    const sent = headers.filter((header) => !isWaiting(header) && !(content === null && /^expect/i.test(header)));
    const hasType = sent.some((header) => /^content-type/i.test(header));
    return rawRequest({ ...rest, headers: content === null || hasType ? sent : [...sent, 'Content-Type: application/json'], body: content });
  });

/** Bytes that are no sound request at all, and some that are sound but odd. */
const HANDWRITTEN = [
  '\r\n\r\n', 'GET\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', 'GET  /  HTTP/1.1\r\n\r\n', '\0\0\0\0\r\n\r\n', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 'GET / HTTP/1.1\r\n\r\n', 'GET / HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n', 'GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n',
  `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, `GET /${'a'.repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
  'POST /viewpoints/x/process HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n', 'POST /viewpoints/x/process HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'CONNECT 127.0.0.1:80 HTTP/1.1\r\nHost: x\r\n\r\n', 'OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
  'GET http://127.0.0.1/viewpoints/.. HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'GET /../../../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 'GET //evil/%2e%2e HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n',
].map((bytes) => Buffer.from(bytes, 'latin1'));

/** So many requests, the same for the same seed. */
export function hostileRequests(count: number, seed: number): Buffer[] {
  return [...HANDWRITTEN, ...fc.sample(request, { seed, numRuns: Math.max(1, count - HANDWRITTEN.length) })].slice(0, count);
}
