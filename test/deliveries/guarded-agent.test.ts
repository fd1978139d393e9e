import assert from 'node:assert/strict';
import type dns from 'node:dns';
import { after, before, test } from 'node:test';
import { request } from 'undici';
import { AddressRefused, createGuardedAgent } from '../../src/deliveries/guarded-agent.js';
import { startReceiver, type Receiver } from '../support/receiver.js';

let receiver: Receiver;
before(async () => (receiver = await startReceiver()));
after(() => receiver.close());

/** A name server whose next answer is the first of these; the last one stays. */
function nameServer(...answers: string[][]): typeof dns.lookup {
  const lookup = (_hostname: string, _options: object, callback: (error: null, addresses: dns.LookupAddress[]) => void) => {
    const addresses = (answers.length > 1 ? answers.shift() : answers[0]) ?? [];
    callback(null, addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  };
  return lookup as unknown as typeof dns.lookup;
}

async function call(lookup: typeof dns.lookup): Promise<unknown> {
  const agent = createGuardedAgent(lookup);
  try {
    const port = receiver.host.split(':')[1];
    return await request(`http://receiver.example.com:${port}/`, { method: 'POST', body: '{}', dispatcher: agent }).catch((error: unknown) => error);
  } finally {
    await agent.destroy();
  }
}

test('a name that leads to this machine, its network or the metadata service is not connected to', async () => {
  for (const address of ['127.0.0.1', '::1', '10.1.2.3', '169.254.169.254', '::ffff:127.0.0.1', '64:ff9b::7f00:1']) {
    const outcome = await call(nameServer([address]));
    assert.ok(outcome instanceof AddressRefused, `${address}: ${String(outcome)}`);
  }
  assert.equal(receiver.received.length, 0);
});

test('a name that leads elsewhere when it is looked up again is not connected to either', async () => {
  // The look-up is the connection's own: what a check before it was told does not matter.
  const rebinding = nameServer(['8.8.8.8'], ['127.0.0.1']);
  rebinding('receiver.example.com', { all: true }, () => undefined);
  assert.ok((await call(rebinding)) instanceof AddressRefused);
  assert.equal(receiver.received.length, 0);
});

test('a look-up that fails is told as such, so that it is tried again', async () => {
  const failing = ((_hostname: string, _options: object, callback: (error: Error) => void) => callback(Object.assign(new Error('getaddrinfo EAI_AGAIN'), { code: 'EAI_AGAIN' }))) as unknown as typeof dns.lookup;
  const outcome = await call(failing);
  assert.ok(outcome instanceof Error && !(outcome instanceof AddressRefused));
  assert.match(outcome.message, /EAI_AGAIN/);
});
