import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ViewpointRecord } from '../../src/domain/viewpoint-record.js';
import { createSilenceWatch } from '../../src/executor/silence.js';

const FAR_OFF = 4_000_000_000_000;

function held(leaseExpiresAt: number): ViewpointRecord {
  return {
    viewpoint_id: 'held',
    viewpoint_name: 'Name',
    bucket_name: 'bucket',
    object_key: 'a.tif',
    tile_size: 512,
    range_adjustment: 'NONE',
    viewpoint_status: 'REQUESTED',
    local_object_path: null,
    error_message: null,
    expire_time: null,
    lease_owner: 'other',
    lease_expires_at: leaseExpiresAt,
    attempt: 1,
    cancel_requested: 0,
    job: null,
    object_version: null,
    requests: null,
    delivery_due_at: 0,
    delivery_version: 0,
    callback_urls: [],
    completions: [],
  };
}

test('a lease is silent once it has stood unchanged for longer than a lease lasts, whatever end it names', () => {
  const clock = { ms: 0 };
  const watch = createSilenceWatch(4000, () => clock.ms);
  assert.equal(watch.isSilent(held(FAR_OFF)), false);
  clock.ms = 4000;
  assert.equal(watch.isSilent(held(FAR_OFF)), false);
  clock.ms = 4001;
  assert.equal(watch.isSilent(held(FAR_OFF)), true);
});

test('a renewal, or a viewpoint forgotten meanwhile, starts the watch anew', () => {
  const clock = { ms: 0 };
  const watch = createSilenceWatch(4000, () => clock.ms);
  watch.isSilent(held(FAR_OFF));
  clock.ms = 5000;
  assert.equal(watch.isSilent(held(FAR_OFF + 1)), false);
  watch.keepOnly([]);
  clock.ms = 10_000;
  assert.equal(watch.isSilent(held(FAR_OFF + 1)), false);
});
