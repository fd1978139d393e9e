import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCallbackRules } from '../../src/deliveries/callback-rules.js';
import { ViewpointError } from '../../src/domain/errors.js';

const strict = createCallbackRules([]);

const REFUSED: [url: string, reason: RegExp][] = [
  ['http://receiver.example.com/', /does not start with https/],
  ['HTTP://receiver.example.com:443/', /does not start with https/],
  ['https://127.0.0.1/', /127\.0\.0\.1 is not a public one/],
  // Other ways to write 127.0.0.1, which every URL parser reads as that.
  ['https://2130706433/', /127\.0\.0\.1/],
  ['https://0x7f.0.0.1/', /127\.0\.0\.1/],
  ['https://127.1/', /127\.0\.0\.1/],
  ['https://①②⑦.0.0.1/', /127\.0\.0\.1/],
  ['https://169.254.169.254/latest/meta-data/', /not a public one/],
  ['https://[::1]:8443/', /::1 is not a public one/],
  ['https://[::ffff:10.0.0.1]/', /not a public one/],
  ['https://[fd00:ec2::254]/', /not a public one/],
  ['https://user@receiver.example.com/', /user name/],
  ['https://:word@receiver.example.com/', /user name/],
  ['ftp://receiver.example.com/', /no http or https/],
  ['javascript:alert(1)', /no http or https/],
  ['//receiver.example.com/', /no http or https/],
  ['', /no http or https/],
  [`https://receiver.example.com/${'a'.repeat(2100)}`, /longer than 2048/],
];

for (const [url, reason] of REFUSED) {
  test(`a callback to ${url.slice(0, 60) || 'nothing'} is refused`, () => {
    assert.throws(() => strict.checked(url), (error: unknown) => error instanceof ViewpointError && error.code === 'callback_refused' && reason.test(error.message));
  });
}

test('a URL gets its normal form, in which no two are taken for one and no space is left', () => {
  assert.equal(strict.checked('https://Receiver.Example.com:443/a b?c=d e#part'), 'https://receiver.example.com/a%20b?c=d%20e');
  assert.equal(strict.checked(' https://8.8.8.8/\n'), 'https://8.8.8.8/');
});

test('hosts that the operator vouches for may be called over http and at any address, on their port or on all', () => {
  const rules = createCallbackRules(['localhost:9000', 'Receiver.internal', '[::1]', '10.0.0.5:80']);
  for (const url of ['http://localhost:9000/', 'http://receiver.internal:8080/', 'https://receiver.internal/', 'http://[::1]:1234/', 'http://10.0.0.5/']) assert.equal(rules.checked(url), url);
  for (const url of ['http://localhost:9001/', 'http://localhost/', 'http://other.receiver.internal/', 'http://10.0.0.5:8080/']) assert.throws(() => rules.checked(url), ViewpointError);
});
