import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { parseWebhookSecrets, standardSignature } from '../../../src/domain/webhooks/standard-signature.js';

test('the signature is that of the published example', () => {
  const [key] = parseWebhookSecrets('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  assert.ok(key);
  assert.equal(standardSignature(key, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, Buffer.from('{"test": 2432232314}')), 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('signatures are those of the reference library', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 24, maxLength: 64 }), fc.string(), fc.integer({ min: 0, max: 4_000_000_000 }), fc.string({ unit: 'grapheme' }), (bytes, id, seconds, body) => {
      const secret = `whsec_${Buffer.from(bytes).toString('base64')}`;
      const [key] = parseWebhookSecrets(secret);
      assert.ok(key);
      assert.equal(standardSignature(key, id, seconds, Buffer.from(body)), new Webhook(secret).sign(id, new Date(seconds * 1000), body));
    }),
  );
});

test('several secrets are separated by commas or spaces', () => {
  const secrets = [1, 2, 3].map((fill) => `whsec_${Buffer.alloc(32, fill).toString('base64')}`);
  assert.deepEqual(parseWebhookSecrets(`${secrets[0] ?? ''}, ${secrets[1] ?? ''} ${secrets[2] ?? ''},`).map((key) => key[0]), [1, 2, 3]);
});

test('a secret that is none is refused by its number, and not shown', () => {
  const good = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
  for (const bad of [Buffer.alloc(32, 7).toString('base64'), 'whsec_', 'whsec_not-base-64-at-all-but-long-enough', `whsec_${Buffer.alloc(23, 7).toString('base64')}`, `whsec_${Buffer.alloc(65, 7).toString('base64')}`]) {
    assert.throws(
      () => parseWebhookSecrets(`${good},${bad}`),
      (error: Error) => error.message.startsWith('secret 2 must be whsec_') && !error.message.includes(bad.slice(6) || 'never'),
    );
  }
});
