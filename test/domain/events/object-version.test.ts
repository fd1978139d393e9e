import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { versionIn, versionOrder, versionText, type ObjectVersion } from '../../../src/domain/events/object-version.js';

const version = (changes: Partial<ObjectVersion>): ObjectVersion => ({ sequencer: null, versionId: null, eTag: null, ...changes });

const ORDERS: [seen: Partial<ObjectVersion>, next: Partial<ObjectVersion>, order: string][] = [
  [{ sequencer: '0055AED6DCD90281E5' }, { sequencer: '0055AED6DCD90281E5' }, 'same'],
  [{ sequencer: '0055AED6DCD90281E5' }, { sequencer: '0055AED6DCD90281E6' }, 'newer'],
  [{ sequencer: '0055AED6DCD90281E5' }, { sequencer: '0055AED6DCD90281E4' }, 'older'],
  // The shorter is filled up with zeros on the right, not on the left.
  [{ sequencer: '0055AED6DCD9' }, { sequencer: '0055AED6DCD901' }, 'newer'],
  [{ sequencer: '0055AED6DCD901' }, { sequencer: '0055AED6DCDA' }, 'newer'],
  [{ sequencer: '0055AED6DCD9' }, { sequencer: '0055AED6DCD900' }, 'same'],
  [{ sequencer: '0a' }, { sequencer: '0B' }, 'newer'],
  // The same version told of by two senders.
  [{ versionId: 'v1', sequencer: '02' }, { versionId: 'v1', sequencer: '01' }, 'same'],
  [{ versionId: 'v1', sequencer: '02' }, { versionId: 'v0', sequencer: '01' }, 'older'],
  // Without sequencers.
  [{ eTag: 'a' }, { eTag: 'a' }, 'same'],
  [{ eTag: 'a' }, { eTag: 'b' }, 'newer'],
  [{ eTag: 'a', versionId: 'v1' }, { eTag: 'a', versionId: 'v2' }, 'newer'],
  [{}, {}, 'newer'],
];

for (const [seen, next, order] of ORDERS) {
  test(`after ${JSON.stringify(seen)}, ${JSON.stringify(next)} is ${order}`, () => {
    assert.equal(versionOrder(version(seen), version(next)), order);
  });
}

test('what is newer one way is older the other way', () => {
  const opposite = { same: 'same', newer: 'older', older: 'newer' };
  const sequencers = fc.stringMatching(/^[0-9A-F]{1,24}$/);
  fc.assert(
    fc.property(sequencers, sequencers, (one, other) => {
      assert.equal(versionOrder(version({ sequencer: other }), version({ sequencer: one })), opposite[versionOrder(version({ sequencer: one }), version({ sequencer: other }))]);
    }),
  );
});

test('a version survives its way through the row, and what cannot be read is none', () => {
  const whole = { sequencer: '01', versionId: 'v', eTag: 'e' };
  assert.deepEqual(versionIn(versionText(whole)), whole);
  for (const text of [null, '', 'null', '{', '7']) assert.equal(versionIn(text)?.sequencer ?? null, null, String(text));
});
