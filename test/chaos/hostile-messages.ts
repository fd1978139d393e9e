import fc from 'fast-check';
import { VIEWPOINT_ID_PATTERN } from '../../src/domain/viewpoint.js';
import { HOSTILE_TEXTS } from './hostile-texts.js';

const VALID_ID = new RegExp(VIEWPOINT_ID_PATTERN);

const text = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'grapheme', maxLength: 60 }));
const member = fc.oneof(text, fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(0, -1, 1e308, null, true, [], {}));
const viewpoint = fc.record(
  { viewpoint_id: fc.oneof(text, member), viewpoint_name: member, bucket_name: member, object_key: member, tile_size: member, range_adjustment: member, viewpoint_status: fc.oneof(member, fc.constant('REQUESTED')), local_object_path: member, error_message: member, expire_time: member },
  { requiredKeys: [] },
);
const body = fc.oneof(
  { weight: 5, arbitrary: viewpoint.map((value) => asciiJson(value)) },
  { weight: 2, arbitrary: fc.json().map((value) => asciiJson(JSON.parse(value))) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 200 }) },
  { weight: 1, arbitrary: fc.constantFrom('{', '[]', 'null', '""', '"x"', '{"viewpoint_id":null}', '{"viewpoint_id":{}}', '['.repeat(50_000), '{"viewpoint_id":"x","viewpoint_id":".."}', '{"Records":[]}', 'x'.repeat(200_000), '<xml/>') },
);

/** Bodies of messages, the same for the same seed; those that the queue itself refuses are left out. */
export function hostileMessages(count: number, seed: number): string[] {
  // Nothing that XML 1.0 does not allow is taken by SQS.
  return fc.sample(body, { seed, numRuns: count }).map((text) => text.replace(/[^\t\n\r\x20-\x7e]/g, '?') || '?');
}

/** Whether the message names a viewpoint, so that it is ours, though there is none of that id. */
export function namesViewpoint(message: string): boolean {
  try {
    const id = (JSON.parse(message) as { viewpoint_id?: unknown } | null)?.viewpoint_id;
    return typeof id === 'string' && VALID_ID.test(id);
  } catch {
    return false;
  }
}

function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
