import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseEventRules, ruleFor, viewpointBy, type EventRule } from '../../../src/domain/events/event-rules.js';
import type { ObjectEvent } from '../../../src/domain/events/object-event.js';
import { VIEWPOINT_ID_PATTERN } from '../../../src/domain/viewpoint.js';

function event(objectKey: string, version: Partial<ObjectEvent['version']> = {}): ObjectEvent {
  return { kind: 'created', name: 'ObjectCreated:Put', bucketName: 'images', objectKey, version: { sequencer: null, versionId: null, eTag: null, ...version } };
}

const idBy = (viewpoint_id: string, objectKey: string, version?: Partial<ObjectEvent['version']>) => viewpointBy({ bucket: 'images', viewpoint_id }, event(objectKey, version)).viewpointId;

const BAD_RULES: [text: string, message: RegExp][] = [
  ['[{"bucket": "images"', /^is not JSON/],
  ['{"bucket": "images"}', /^must be a JSON list of rules$/],
  ['[{}]', /^rule 1: .*bucket/],
  ['[{"bucket": "images"}, {"bucket": "i"}]', /^rule 2: bucket must NOT have fewer than 3 characters/],
  ['[{"bucket": "images", "tilesize": 1}]', /^rule 1: .*tilesize/],
  ['[{"bucket": "images", "tile_size": 0}]', /^rule 1: tile_size must be >= 1/],
  ['[{"bucket": "images", "range_adjustment": "dra"}]', /^rule 1: range_adjustment/],
  ['[{"bucket": "images", "suffix": []}]', /^rule 1: suffix/],
  ['[{"bucket": "images", "viewpoint_id": "one"}]', /^rule 1: viewpoint_id must hold \{key\}/],
  ['[{"bucket": "images", "viewpoint_id": "{stem}-{date}"}]', /^rule 1: viewpoint_id holds \{date\}; there are \{bucket\}/],
  ['[{"bucket": "images", "viewpoint_id": "{stem"}]', /^rule 1: viewpoint_id holds a brace/m],
  ['[{"bucket": "images", "viewpoint_id": "a/{stem}"}]', /^rule 1: viewpoint_id may hold only/],
  ['[{"bucket": "images", "viewpoint_name": "{}"}]', /^rule 1: viewpoint_name holds \{\}/],
  ['[{"bucket": "images"}, {"bucket": "images", "prefix": "in/"}]', /^rule 2: never applies, since rule 1/],
  ['[{"bucket": "images", "suffix": ["tif", ".ntf"]}, {"bucket": "images", "suffix": ".tif"}]', /^rule 2: never applies, since rule 1/],
];

for (const [text, message] of BAD_RULES) {
  test(`the rules ${text} are refused with a message that tells why`, () => {
    assert.throws(() => parseEventRules(text), { message });
  });
}

test('the first rule that fits counts', () => {
  const rules = parseEventRules('[{"bucket": "images", "prefix": "in/dra/", "range_adjustment": "DRA"}, {"bucket": "images", "prefix": "in/", "suffix": [".tif", ".ntf"]}, {"bucket": "others"}]');
  const rule = (objectKey: string, bucketName = 'images') => rules.indexOf(ruleFor(rules, { bucketName, objectKey }) ?? { bucket: 'none' });
  assert.deepEqual(
    [rule('in/dra/a.tif'), rule('in/a.ntf'), rule('in/a.tif'), rule('in/a.TIF'), rule('in/tif'), rule('out/a.tif'), rule('any', 'others'), rule('any', 'other')],
    [0, 1, 1, -1, -1, -1, 2, -1],
  );
});

test('placeholders stand for parts of the key and the version', () => {
  assert.equal(idBy('{bucket}_{stem}', 'in/2024/a.b.tif'), 'images_a.b');
  assert.equal(idBy('{name}', 'in/a.tif'), 'a.tif');
  assert.equal(idBy('{key}', 'in/2024/a b.tif'), 'in-2024-a-b.tif');
  assert.equal(idBy('{stem}', '.hidden'), '.hidden');
  assert.equal(idBy('{stem}-{version}', 'a.tif', { versionId: 'v1', eTag: 'e' }), 'a-v1');
  assert.equal(idBy('{stem}-{version}', 'a.tif', { eTag: '"e"' }), 'a-e');
  // The first 16 digits of the SHA-256 of "images", a zero byte and "in/a.tif".
  assert.equal(idBy('{hash}', 'in/a.tif'), '99825130050f4df7');
});

test('what a rule leaves out has defaults', () => {
  const { viewpointId, definition } = viewpointBy({ bucket: 'images' }, event('in/a.tif'));
  assert.equal(viewpointId, 'a-99825130050f4df7');
  assert.deepEqual(definition, { viewpoint_name: 'a.tif', bucket_name: 'images', object_key: 'in/a.tif', tile_size: 512, range_adjustment: 'NONE' });
});

test('every key gives an id that can name a folder, and a name', () => {
  const templates = fc.constantFrom('{key}', '{stem}', '{name}', '{stem}-{hash}', '{bucket}.{stem}.{version}');
  fc.assert(
    fc.property(templates, fc.string({ minLength: 1, maxLength: 1024, unit: 'grapheme' }), fc.string({ maxLength: 40 }), (viewpoint_id, key, versionId) => {
      const rule: EventRule = { bucket: 'images', viewpoint_id };
      const { viewpointId, definition } = viewpointBy(rule, event(key, { versionId }));
      assert.match(viewpointId, new RegExp(VIEWPOINT_ID_PATTERN));
      assert.ok(definition.viewpoint_name.length >= 1 && definition.viewpoint_name.length <= 1024);
    }),
  );
});

test('ids that are too long to be whole still differ', () => {
  const [one, other] = ['a', 'b'].map((end) => idBy('{key}', 'k'.repeat(400) + end));
  assert.notEqual(one, other);
});
