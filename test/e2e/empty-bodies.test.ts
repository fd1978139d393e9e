import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { after, before, test } from 'node:test';
import { definitionOf, startTestService } from '../support/service.js';

const ID = 'ready-one';
const service = await startTestService({ variables: { POLLER_ENABLED: 'false' } });
before(() => service.putRow(ID, definitionOf('samples/rgb-striped.tif'), { viewpoint_status: { S: 'READY' } }));
after(() => service.stop());

/** What each request comes to that needs no body. */
const REQUESTS: [method: string, path: string, status: number, code: string | undefined][] = [
  ['POST', `/viewpoints/${ID}/process`, 200, undefined],
  ['POST', '/viewpoints/nobody/process', 404, 'viewpoint_not_found'],
  ['DELETE', `/viewpoints/${ID}/process`, 409, 'not_processing'],
  ['POST', `/viewpoints/${ID}/deliveries/msg_0-0/redeliver`, 404, 'delivery_not_found'],
  ['POST', '/dead-letters/redrive', 200, undefined],
  ['POST', '/no-such-route', 404, 'route_not_found'],
  ['POST', '/webhooks/sns', 403, 'webhook_not_enabled'],
];

const NO_BYTES: [how: string, headers: Record<string, string>][] = [
  ['no content type', { 'content-length': '0' }],
  ['the content type of JSON', { 'content-length': '0', 'content-type': 'application/json' }],
  ['that with a charset', { 'content-length': '0', 'content-type': 'application/json; charset=utf-8' }],
  ['the content type of a form', { 'content-length': '0', 'content-type': 'application/x-www-form-urlencoded' }],
  ['the content type of text', { 'content-length': '0', 'content-type': 'text/plain' }],
  ['no chunk', { 'transfer-encoding': 'chunked' }],
  ['no chunk, and the content type of JSON', { 'transfer-encoding': 'chunked', 'content-type': 'application/json' }],
];

interface Ending {
  status: number | undefined;
  code: string | undefined;
  mediaType: string | undefined;
}

/** Sends the headers as they are, which fetch would not. */
function send(method: string, path: string, headers: Record<string, string>, body = ''): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(new URL(path, service.url), { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode, code: (JSON.parse(text) as { code?: string }).code, mediaType: response.headers['content-type']?.split(';')[0] }));
    });
    request.on('error', reject).end(body);
  });
}

const withLength = (type: string, body: string) => ({ 'content-type': type, 'content-length': String(body.length) });

for (const [how, headers] of NO_BYTES) {
  test(`a body of no bytes is none: ${how}`, async () => {
    for (const [method, path, status, code] of REQUESTS) {
      const ending = await send(method, path, headers);
      assert.deepEqual([ending.status, ending.code], [status, code], `${method} ${path}`);
    }
  });
}

test('a body that is no JSON is refused where none is wanted, too', async () => {
  for (const [method, path] of REQUESTS.slice(0, 5)) {
    for (const body of ['{"force": ', ' ', '{"__proto__": {"force": true}}']) {
      assert.deepEqual(await send(method, path, withLength('application/json', body), body), { status: 400, code: 'invalid_request', mediaType: 'application/problem+json' }, `${method} ${path} ${body}`);
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/yaml']) {
      assert.deepEqual(await send(method, path, withLength(type, 'force=true'), 'force=true'), { status: 415, code: 'invalid_request', mediaType: 'application/problem+json' }, `${method} ${path} ${type}`);
    }
  }
});

test('a foreign body is not told from the lack of a route', async () => {
  assert.equal((await send('POST', '/no-such-route', withLength('text/plain', 'x'), 'x')).code, 'route_not_found');
});
