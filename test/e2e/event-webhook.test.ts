import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { SCRATCH_PREFIX } from '../../src/domain/artifacts.js';
import type { Answer } from '../support/http.js';
import { TOPIC } from '../support/sns.js';
import { definitionOf, newId, startTestService, WAIT } from '../support/service.js';
import { codeOf, HARMLESS, NEW_SECRET, OLD_SECRET, postEvent, s3Event, secondsFromNow, type Signing } from './signed-events.js';

const RULES = [
  { bucket: 'viewpoint-images', prefix: 'incoming/', suffix: ['.tif', '.tiff'], tile_size: 256, range_adjustment: 'MINMAX', viewpoint_id: 'in-{stem}', viewpoint_name: '{name} of {bucket}' },
  { bucket: 'viewpoint-images', prefix: 'samples/' },
];
const variables = { EVENT_WEBHOOK_SECRETS: `${OLD_SECRET}, ${NEW_SECRET}`, EVENT_RULES: JSON.stringify(RULES), POLLER_ENABLED: 'false', SNS_TOPIC_ARNS: TOPIC };
const stateFolder = await mkdtemp(join(tmpdir(), 'viewpoint-events-'));
const service = await startTestService({ variables, stateFolder });
after(async () => {
  await service.stop();
  await rm(stateFolder, { recursive: true, force: true });
});

const RGB = definitionOf('samples/rgb-striped.tif');
/** Fails at once, and would be tried again by every new request. */
const MISSING = definitionOf('e2e/missing.tif');

const post = (body: object | string, signing?: Signing) => postEvent(service, body, signing);
const acceptedIn = ({ json }: Answer) => (json as { accepted: { viewpoint_id: string }[] }).accepted.map(({ viewpoint_id }) => viewpoint_id);
const ignoredIn = ({ json }: Answer) => (json as { ignored: { what: string; reason: string }[] }).ignored;

test('a signed request may name who is told of the end, under the rules for callbacks', async () => {
  const refused = await post({ viewpoint_id: newId('told'), ...RGB, callback_url: 'https://169.254.169.254/latest' });
  assert.equal(refused.status, 422, refused.text);
  assert.equal(codeOf(refused), 'callback_refused');
  const viewpointId = newId('told');
  const taken = await post({ viewpoint_id: viewpointId, ...RGB, callback_url: 'https://receiver.invalid/told' });
  assert.equal(taken.status, 202, taken.text);
  await service.endOf(viewpointId);
  const { json } = await service.request(`/viewpoints/${viewpointId}/deliveries`);
  assert.deepEqual((json as { deliveries: { target: string }[] }).deliveries.map(({ target }) => target), ['https://receiver.invalid/told']);
});

test('a request in the body creates and processes the viewpoint', async () => {
  const viewpointId = newId('event');
  const answer = await post({ viewpoint_id: viewpointId, ...RGB });
  assert.equal(answer.status, 202, answer.text);
  assert.deepEqual(answer.json, { accepted: [{ viewpoint_id: viewpointId, status_url: `/viewpoints/${viewpointId}/status` }], ignored: [] });
  assert.equal((await service.endOf(viewpointId)).viewpoint_status, 'READY');
  const conflict = await post({ viewpoint_id: viewpointId, ...RGB, tile_size: 64 });
  assert.deepEqual([conflict.status, codeOf(conflict)], [409, 'definition_conflict']);
  const unknown = await post({ viewpoint_id: newId('unknown') });
  assert.deepEqual([unknown.status, codeOf(unknown)], [404, 'viewpoint_not_found']);
});

test('a message that is sent again under its id is answered the same and is one job; another id is another', async () => {
  const viewpointId = newId('repeat');
  const id = newId('msg');
  const body = { viewpoint_id: viewpointId, ...MISSING, force: true };
  const first = await post(body, { id });
  assert.equal((await service.endOf(viewpointId)).attempt, 1);
  for (const at of [new Date(), secondsFromNow(-30)]) {
    const again = await post(body, { id, at });
    assert.deepEqual([again.status, again.json], [first.status, first.json]);
  }
  assert.equal((await service.endOf(viewpointId)).attempt, 1);
  assert.equal((await post(body)).status, 202);
  assert.equal((await service.endOf(viewpointId)).attempt, 2);
});

test('the same id at the same time is one job', async () => {
  const viewpointId = newId('crowd');
  const id = newId('msg');
  const answers = await Promise.all(Array.from({ length: 8 }, () => post({ viewpoint_id: viewpointId, ...MISSING, force: true }, { id })));
  assert.deepEqual(answers.map(({ status }) => status), Array(8).fill(202));
  assert.equal((await service.endOf(viewpointId)).attempt, 1);
});

test('an S3 event makes the viewpoint that its rule describes; the key is decoded', async () => {
  await service.putObject('incoming/Köln +1 (é).tif', 'no image');
  const answer = await post(s3Event('incoming/K%C3%B6ln+%2B1+%28%C3%A9%29.tif', '0A'));
  assert.deepEqual([answer.status, acceptedIn(answer)], [202, ['in-K-ln--1----']]);
  const status = await service.endOf('in-K-ln--1----');
  assert.equal(status.error?.code, 'not_an_image');
  const row = await service.row('in-K-ln--1----');
  assert.deepEqual(
    ['viewpoint_name', 'bucket_name', 'object_key', 'tile_size', 'range_adjustment'].map((name) => row?.[name]),
    [{ S: 'Köln +1 (é).tif of viewpoint-images' }, { S: 'viewpoint-images' }, { S: 'incoming/Köln +1 (é).tif' }, { N: '256' }, { S: 'MINMAX' }],
  );
});

test('an EventBridge event has its key as it is', async () => {
  await service.putObject('incoming/a+b%20c.tif', 'no image');
  const event = (type: string) => ({
    version: '0',
    id: newId('event'),
    'detail-type': type,
    source: 'aws.s3',
    account: '123456789012',
    time: new Date().toISOString(),
    region: 'us-west-2',
    resources: ['arn:aws:s3:::viewpoint-images'],
    detail: { version: '0', bucket: { name: 'viewpoint-images' }, object: { key: 'incoming/a+b%20c.tif', size: 8, etag: 'abc', sequencer: '01' }, 'request-id': 'R', requester: '123456789012', reason: 'PutObject' },
  });
  const ignored = await post(event('Object Deleted'));
  assert.deepEqual([ignored.status, ignoredIn(ignored).map(({ what }) => what)], [200, ['viewpoint-images/incoming/a+b%20c.tif']]);
  const answer = await post(event('Object Created'));
  assert.deepEqual([answer.status, acceptedIn(answer)], [202, ['in-a-b-20c']]);
  assert.equal((await service.endOf('in-a-b-20c')).error?.code, 'not_an_image');
});

test('the same version of an object is one job, an older one none, a newer one another', async () => {
  const key = 'incoming/versions.tif';
  await service.putObject(key, 'no image');
  const send = async (sequencer: string) => acceptedIn(await post(s3Event(key, sequencer))).length;
  const attempts = async () => (await service.endOf('in-versions')).attempt;
  assert.deepEqual([await send('0055AED6DCD9'), await attempts()], [1, 1]);
  assert.deepEqual([await send('0055AED6DCD9'), await attempts()], [1, 1]);
  assert.deepEqual([await send('0055AED6DCD8FFFF'), await attempts()], [0, 1]);
  assert.deepEqual([await send('0055AED6DCD90281E5'), await attempts()], [1, 2]);
  assert.deepEqual([await send('0055AED6DCD9'), await attempts()], [0, 2]);
});

const IGNORED: [what: string, event: object, reason: RegExp][] = [
  ['outside all rules', s3Event('elsewhere/a.tif', '01'), /no rule/],
  ['in another bucket', s3Event('incoming/a.tif', '01', 'ObjectCreated:Put', 'other-bucket'), /no rule/],
  ['with another suffix', s3Event('incoming/a.txt', '01'), /no rule/],
  ['that is deleted', s3Event('incoming/deleted.tif', '01', 'ObjectRemoved:Delete'), /no new object/],
  ['that holds overviews', s3Event('samples/a.tif.ovr', '01'), /side file/],
  ['that holds statistics', s3Event('samples/a.tif.AUX.XML', '01'), /side file/],
  ['that is a document of ours', s3Event('samples/a.tif.geojson', '01'), /side file/],
  ['that is a folder', s3Event('samples/folder/', '01'), /folder/],
  ['whose name is taken by the service', s3Event(`samples/${SCRATCH_PREFIX}1`, '01'), /taken by the service/],
];

for (const [what, event, reason] of IGNORED) {
  test(`an event about an object ${what} is acknowledged and logged, and creates nothing`, async () => {
    const answer = await post(event);
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual(acceptedIn(answer), []);
    const [ignored] = ignoredIn(answer);
    assert.match(ignored?.reason ?? '', reason);
    assert.ok(service.logLines.some((line) => line['msg'] === 'event ignored' && line['object'] === ignored?.what));
  });
}

test('two objects that a rule does not tell apart do not take turns in one viewpoint', async () => {
  await service.putObject('incoming/x/twin.tif', 'no image');
  assert.equal((await post(s3Event('incoming/x/twin.tif', '01'))).status, 202);
  await service.endOf('in-twin');
  const answer = await post(s3Event('incoming/y/twin.tif', '02'));
  assert.equal(answer.status, 200);
  assert.match(ignoredIn(answer)[0]?.reason ?? '', /shows another object/);
  assert.deepEqual((await service.row('in-twin'))?.['object_key'], { S: 'incoming/x/twin.tif' });
});

test('raw delivery of SNS is refused where there is no password for it', async () => {
  for (const authorization of ['', 'Basic Og==', `Basic ${Buffer.from('sns:undefined').toString('base64')}`]) {
    const answer = await service.request('/webhooks/sns', {
      method: 'POST',
      headers: { 'content-type': 'text/plain', 'x-amz-sns-rawdelivery': 'true', 'x-amz-sns-message-type': 'Notification', 'x-amz-sns-message-id': '1', 'x-amz-sns-topic-arn': TOPIC, authorization },
      body: JSON.stringify(HARMLESS),
    });
    assert.deepEqual([answer.status, codeOf(answer)], [401, 'signature_invalid'], authorization);
    assert.match((answer.json as { detail: string }).detail, /SNS_RAW_DELIVERY_PASSWORD/);
  }
});

test('notices are acknowledged: test events of S3, events of other services', async () => {
  for (const notice of [{ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'b' }, { 'detail-type': 'EC2 Instance State-change Notification', source: 'aws.ec2', detail: {} }]) {
    const answer = await post(notice);
    assert.deepEqual([answer.status, acceptedIn(answer)], [200, []], answer.text);
  }
});

test('what finds no room is left to the queue', async (t) => {
  const full = await startTestService({ variables: { ...variables, EXECUTOR_CONCURRENCY: '1', EXECUTOR_WAITING_ROOM: '0', POLLER_ENABLED: 'true', RECOVERY_INTERVAL_SECONDS: '3600' } });
  t.after(() => full.stop());
  const [running, requested] = [newId('running'), newId('requested')];
  assert.equal((await full.process(running, RGB)).status, 202);
  const answers = await Promise.all([postEvent(full, s3Event('incoming/full.tif', '01')), postEvent(full, { viewpoint_id: requested, ...MISSING })]);
  assert.deepEqual(answers.map(({ status }) => status), [202, 202]);
  assert.equal((await full.endOf('in-full')).error?.code, 'no_such_key');
  assert.equal((await full.endOf(requested)).error?.code, 'no_such_key');
});

test('a message or a key that is repeated after a restart, or on another replica, is still one job', async (t) => {
  const viewpointId = newId('restart');
  const id = newId('msg');
  const folder = await mkdtemp(join(tmpdir(), 'viewpoint-events-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const body = { viewpoint_id: viewpointId, ...MISSING, force: true };
  const before = await startTestService({ variables, stateFolder: folder });
  const first = await postEvent(before, body, { id });
  assert.equal((await before.endOf(viewpointId)).attempt, 1);
  const key = { 'idempotency-key': '"k-1"', ...WAIT };
  const forced = await before.process(viewpointId, { force: true }, key);
  assert.equal((forced.json as { attempt: number }).attempt, 2);
  await before.stop();

  const afterwards = await startTestService({ variables, stateFolder: folder });
  t.after(() => afterwards.stop());
  const again = await postEvent(afterwards, body, { id });
  assert.deepEqual([again.status, again.json], [first.status, first.json]);
  const forcedAgain = await afterwards.process(viewpointId, { force: true }, key);
  assert.deepEqual([forcedAgain.status, forcedAgain.json, forcedAgain.headers.get('idempotent-replayed')], [forced.status, forced.json, 'true']);
  assert.equal((await afterwards.endOf(viewpointId)).attempt, 2);
});

test('secrets are not in the log', () => {
  const log = JSON.stringify(service.logLines);
  for (const secret of [OLD_SECRET, NEW_SECRET]) assert.ok(!log.includes(secret.slice('whsec_'.length)));
});
