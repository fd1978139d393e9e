import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isPublicAddress } from '../../src/deliveries/public-address.js';

/** Of the IANA special-purpose registries for IPv4 and IPv6, and of what has been used to get round such checks. */
const NOT_PUBLIC = {
  'this machine': ['127.0.0.1', '127.255.255.254', '::1', '0.0.0.0', '0.1.2.3', '::'],
  'private networks': ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456:789a::1', 'fec0::1'],
  'metadata services and link-local': ['169.254.169.254', '169.254.170.2', 'fe80::1', 'fe80::1%eth0', 'fd00:ec2::254'],
  'carrier-grade NAT': ['100.64.0.1', '100.127.255.255'],
  'many receivers': ['224.0.0.1', '239.255.255.255', 'ff02::1', '255.255.255.255'],
  'documentation, benchmarks and reserved ranges': ['192.0.2.1', '198.51.100.1', '203.0.113.1', '198.18.0.1', '192.0.0.8', '192.88.99.1', '240.0.0.1', '2001:db8::1', '3fff::1', '100::1', '5f00::1', '4000::1'],
  'IPv4 inside IPv6': ['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:a9fe:a9fe', '::127.0.0.1', '64:ff9b::127.0.0.1', '64:ff9b::a9fe:a9fe', '64:ff9b:1::8.8.8.8', '2002:7f00:1::', '2002:808:808::1', '2001::1', '2001:0:808:808::1'],
  'no addresses': ['', 'localhost', 'example.com', '127.1.1.1.1', '[::1]'],
};

for (const [what, addresses] of Object.entries(NOT_PUBLIC)) {
  test(`addresses are not public: ${what}`, () => {
    assert.deepEqual(addresses.filter(isPublicAddress), []);
  });
}

test('addresses of the public Internet are public, also by way of NAT64', () => {
  const all = ['8.8.8.8', '1.1.1.1', '52.94.236.248', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '2a05:d07a:a000::1', '::ffff:8.8.8.8', '64:ff9b::8.8.8.8'];
  assert.deepEqual(all.filter(isPublicAddress), all);
});
