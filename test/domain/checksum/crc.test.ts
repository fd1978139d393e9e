import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { combineCrcs, createCrc, createTableCrc, type CrcAlgorithm } from '../../../src/domain/checksum/crc.js';
import { createDigest } from '../../../src/domain/checksum/digest.js';

const ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME'] as const;

function crc(algorithm: CrcAlgorithm, bytes: Uint8Array): Buffer {
  const running = createCrc(algorithm);
  running.update(bytes);
  return running.digest();
}

test('each algorithm gives its published check value', () => {
  // The "check" of each catalogue entry over "123456789", and FIPS 180-4's and RFC 1321's examples over "abc".
  const checks = [
    ['CRC32', '123456789', 'cbf43926'],
    ['CRC32C', '123456789', 'e3069283'],
    ['CRC64NVME', '123456789', 'ae8b14860a799888'],
    ['SHA1', 'abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['SHA256', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['MD5', 'abc', '900150983cd24fb0d6963f7d28e17f72'],
  ] as const;
  for (const [algorithm, text, expected] of checks) {
    const digest = createDigest(algorithm);
    digest.update(Buffer.from(text));
    assert.equal(digest.digest().toString('hex'), expected, algorithm);
  }
  // RFC 3720 appendix B.4 and the NVM Command Set Specification, figure 121: runs long enough for the eight-byte steps.
  assert.equal(crc('CRC32C', Buffer.alloc(32)).toString('hex'), '8a9136aa');
  assert.equal(crc('CRC32C', Buffer.alloc(32, 0xff)).toString('hex'), '62a8ab43');
  assert.equal(crc('CRC64NVME', Buffer.alloc(4096)).toString('hex'), '6482d367eb22b64e');
  assert.equal(crc('CRC64NVME', Buffer.alloc(4096, 0xff)).toString('hex'), 'c0ddba7302eca3ac');
});

test('a CRC does not depend on where the bytes are cut or lie in memory', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(100), fc.nat(7), fc.constantFrom(...ALGORITHMS), (bytes, cut, offset, algorithm) => {
      const moved = Buffer.concat([Buffer.alloc(offset), bytes]).subarray(offset);
      const running = createTableCrc(algorithm);
      running.update(moved.subarray(0, cut));
      running.update(moved.subarray(cut));
      const byteByByte = createTableCrc(algorithm);
      for (const byte of bytes) byteByByte.update(Uint8Array.of(byte));
      assert.deepEqual(running.digest(), byteByByte.digest());
    }),
  );
});

test('the table and the native CRC-32 agree', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1000 }), (bytes) => {
      const running = createTableCrc('CRC32');
      running.update(bytes);
      assert.deepEqual(running.digest(), crc('CRC32', bytes));
    }),
  );
});

test('the CRC of a whole follows from those of its two parts', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...ALGORITHMS), (first, second, algorithm) => {
      const combined = combineCrcs(algorithm, crc(algorithm, first), crc(algorithm, second), second.length);
      assert.deepEqual(combined, crc(algorithm, Buffer.concat([first, second])));
    }),
  );
});
