import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { once } from 'node:events';
import { untilTrue } from '../support/eventually.js';
import { scrape } from '../support/scrape.js';
import { definitionOf, newId, startTestService, WAIT } from '../support/service.js';

const service = await startTestService();
after(() => service.stop());
const RGB = definitionOf('samples/rgb-striped.tif');

test('a viewpoint that becomes READY is counted with its steps, its bytes and its calls to AWS', async () => {
  const before = await scrape(service.url);
  const viewpointId = newId('counted');
  await service.process(viewpointId, RGB, WAIT);
  const after = await scrape(service.url);
  const grown = (name: string, labels?: Record<string, string>) => after.value(name, labels) - before.value(name, labels);

  assert.equal(grown('viewpoint_jobs_ended_total', { end: 'ready', code: 'none' }), 1);
  assert.equal(grown('viewpoint_job_duration_seconds_count', { end: 'ready' }), 1);
  for (const step of ['download', 'pyramid', 'metadata', 'publish']) assert.equal(grown('viewpoint_step_duration_seconds_count', { step }), 1, step);
  const { size } = await stat(join(service.config.volumeRoot, viewpointId, 'rgb-striped.tif'));
  assert.equal(grown('viewpoint_downloaded_bytes_total'), size);
  assert.equal(grown('viewpoint_aws_call_duration_seconds_count', { service: 'S3', operation: 'GetObject', outcome: 'ok' }), 1);
  // The side files that the image does not have.
  assert.equal(grown('viewpoint_aws_call_duration_seconds_count', { service: 'S3', operation: 'HeadObject', outcome: 'refused' }), 2);
  assert.equal(grown('viewpoint_aws_call_duration_seconds_count', { outcome: 'failed' }), 0);
  // An answer is counted when the last of it is sent, which its receiver may learn of before.
  const posts = (figures: typeof before) => figures.value('http_request_duration_seconds_count', { method: 'POST', route: '/viewpoints/:id/process', status: '200' });
  await untilTrue('the request is counted', async () => posts(await scrape(service.url)) - posts(before) === 1);
});

test('a viewpoint that fails is counted with its code and the step that failed', async () => {
  const before = await scrape(service.url);
  await service.process(newId('text'), definitionOf('samples/text-file.tif'), WAIT);
  const after = await scrape(service.url);
  for (const [name, labels] of [
    ['viewpoint_jobs_ended_total', { end: 'failed', code: 'not_an_image' }],
    ['viewpoint_tries_failed_total', { step: 'pyramid', code: 'not_an_image' }],
  ] as const) {
    assert.equal(after.value(name, labels) - before.value(name, labels), 1, name);
  }
  assert.equal(after.value('viewpoint_step_duration_seconds_count', { step: 'pyramid' }), before.value('viewpoint_step_duration_seconds_count', { step: 'pyramid' }));
});

test('a message is counted with its age, and once it is deleted', async () => {
  const before = await scrape(service.url);
  const viewpointId = newId('queued');
  await service.putRow(viewpointId, RGB);
  await service.sendMessage(viewpointId, RGB, randomUUID());
  await service.endOf(viewpointId);
  await untilTrue('the deletion is counted', async () => {
    const now = await scrape(service.url);
    return now.value('viewpoint_queue_messages_deleted_total') - before.value('viewpoint_queue_messages_deleted_total') === 1;
  });
  const after = await scrape(service.url);
  assert.equal(after.value('viewpoint_queue_message_age_seconds_count') - before.value('viewpoint_queue_message_age_seconds_count'), 1);
  const ageSeconds = after.value('viewpoint_queue_message_age_seconds_sum') - before.value('viewpoint_queue_message_age_seconds_sum');
  assert.ok(ageSeconds >= 0 && ageSeconds < 300, `${ageSeconds} s`);
});

test('slots, queue, volume and poller are looked up when Prometheus asks', async () => {
  const figures = await scrape(service.url);
  assert.equal(figures.value('viewpoint_slots'), 2);
  assert.equal(figures.value('viewpoint_slots_free'), 2);
  assert.equal(figures.value('viewpoint_jobs_running'), 0);
  assert.deepEqual(figures.families.find(({ name }) => name === 'viewpoint_queue_messages')?.metrics.map(({ labels }) => labels?.['state']), ['visible', 'in_flight', 'delayed']);
  assert.ok(figures.value('viewpoint_volume_free_bytes') > 1e6);
  const silentSeconds = figures.value('viewpoint_queue_silent_seconds');
  assert.ok(silentSeconds > 0 && silentSeconds < 60, `${silentSeconds} s`);
  assert.ok(figures.value('viewpoint_decoder_starts_total') >= 1);
  assert.ok(figures.families.some(({ name }) => name === 'nodejs_eventloop_lag_p99_seconds'));
});

test('nothing that a caller makes up becomes a label', async () => {
  const madeUp = `made-up-${randomUUID()}`;
  await service.request(`/${madeUp}`);
  await service.request(`/viewpoints/${madeUp}?token=${madeUp}`);
  await service.request(`/viewpoints/${madeUp}/image/${madeUp}`);
  await service.process(madeUp, definitionOf(`${madeUp}.tif`, { bucket_name: madeUp }), WAIT);
  // A method that is none: Node answers 400 before Fastify hears of it.
  const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
  socket.end(`${madeUp.toUpperCase()} / HTTP/1.1\r\nhost: x\r\n\r\n`).resume();
  await once(socket, 'close');
  await untilTrue('all requests are counted', async () => {
    const figures = await scrape(service.url);
    const count = (route: string, status: string) => figures.value('http_request_duration_seconds_count', { route, status });
    return count('unmatched', '404') === 2 && count('/viewpoints/:id', '404') === 1 && figures.value('viewpoint_jobs_ended_total', { code: 'no_such_bucket' }) === 1;
  });
  const { text } = await service.request('/metrics');
  assert.doesNotMatch(text, new RegExp(madeUp, 'i'));
});

test('every name keeps to the conventions of Prometheus', async () => {
  const { families } = await scrape(service.url);
  for (const { name, type, help } of families.filter((family) => !/^(process|nodejs)_/.test(family.name))) {
    assert.match(name, /^(viewpoint|http)_[a-z_]+$/);
    assert.equal(name.endsWith('_total'), type === 'COUNTER', `${name} is a ${type}`);
    if (type === 'HISTOGRAM') assert.match(name, /_(seconds|bytes)$/);
    assert.ok(help.endsWith('.') && help.length > 10, `${name}: ${help}`);
  }
});
