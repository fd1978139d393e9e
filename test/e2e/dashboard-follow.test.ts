import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { EMPTY_JOB_REPORT } from '../../src/domain/job.js';
import { makeBig } from '../../src/imagery/samples/big-recipes.js';
import { launchBrowser } from '../support/browser.js';
import { startCuttableProxy, type CuttableProxy } from '../support/cuttable-proxy.js';
import { openEvents } from '../support/events.js';
import { untilTrue } from '../support/eventually.js';
import { endOf, postProcess } from '../support/http.js';
import { openPage } from '../support/open-page.js';
import type { RunningProgram } from '../support/program.js';
import { startReplicas, type Replicas } from '../support/replicas.js';
import { definitionOf, newId } from '../support/service.js';

const BUCKET = definitionOf('').bucket_name;

/** The browser looks at `a`, through a proxy; jobs run on `b`. */
let replicas: Replicas;
let a: RunningProgram & { url: string };
let b: RunningProgram & { url: string };
let proxy: CuttableProxy;
let browser: Browser;
let image: Buffer;

before(async () => {
  const samples = await mkdtemp(join(tmpdir(), 'viewpoint-samples-'));
  image = await readFile(await makeBig('a', samples, 1500));
  await rm(samples, { recursive: true, force: true });
  replicas = await startReplicas(BUCKET);
  [a, b, browser] = await Promise.all([replicas.start({ REPLICA_NAME: 'a', EVENT_STREAMS: '1' }), replicas.start({ REPLICA_NAME: 'b' }), launchBrowser()]);
  proxy = await startCuttableProxy(a.url);
});
after(async () => {
  await browser.close();
  await proxy.close();
  await replicas.stop();
});

interface Followed {
  page: Page;
  viewpointId: string;
  /** Lets the download go on. */
  release: () => void;
  /** Paths asked for so far, below the viewpoint's own, without artifacts. */
  asked: string[];
  /** `Last-Event-ID` of each request for events. */
  lastEventIds: (string | undefined)[];
}

/** The page of a viewpoint whose download stands still. */
async function followedJob(t: TestContext, prepare: (page: Page) => Promise<unknown> = () => Promise.resolve()): Promise<Followed> {
  const viewpointId = newId('followed');
  const definition = definitionOf(`images/${viewpointId}.tif`);
  await replicas.tileServer.putObject(BUCKET, definition.object_key, image);
  const release = replicas.hold(definition.object_key);
  assert.equal((await postProcess(b.url, viewpointId, definition)).status, 202);
  const { page } = await openPage(browser, proxy.url);
  t.after(async () => {
    await page.close();
    release();
    await endOf(b.url, viewpointId);
  });
  const asked: string[] = [];
  const lastEventIds: (string | undefined)[] = [];
  page.on('request', (request) => {
    const path = request.url().split(`/viewpoints/${viewpointId}/`)[1];
    if (path === undefined || path.startsWith('image/')) return;
    asked.push(path);
    if (path === 'events') lastEventIds.push(request.headers()['last-event-id']);
  });
  await prepare(page);
  await page.goto(`${proxy.url}/#/viewpoints/${viewpointId}`);
  await page.getByText(/^Downloading/).waitFor();
  return { page, viewpointId, release, asked, lastEventIds };
}

/** Answers the page's only question so that whatever else it shows came by an event. */
const tellNothingElse = (page: Page) => page.route('**/status', (route) => route.fulfill({ json: { ...EMPTY_JOB_REPORT, viewpoint_status: 'REQUESTED', step: 'waiting' } }));

async function isRoomFor(viewpointId: string): Promise<boolean> {
  const stream = await openEvents(`${a.url}/viewpoints/${viewpointId}/events`);
  stream.leave();
  return stream.status === 200;
}

const becomesReady = (page: Page) => page.locator('.badge', { hasText: 'READY' }).waitFor();
const goesWithoutNews = (page: Page) => page.waitForRequest((request) => request.url().endsWith('/status'));

test("a job's page follows it by its events alone, and shows its end", async (t) => {
  const { page, release, asked } = await followedJob(t);
  await untilTrue('it follows', () => asked.includes('events'));
  release();
  await becomesReady(page);
  assert.deepEqual(asked, ['status', 'events']);
  await page.getByText('Statistics and overviews').waitFor();
});

test('whoever leaves the page takes no stream any more', async (t) => {
  const { page, viewpointId } = await followedJob(t, tellNothingElse);
  assert.equal(await isRoomFor(viewpointId), false);
  await page.getByRole('link', { name: 'All viewpoints' }).click();
  await untilTrue('there is room for another', () => isRoomFor(viewpointId));
});

test('a hidden page follows nothing, and goes on where it was when it is looked at again', async (t) => {
  const { page, viewpointId, release, asked, lastEventIds } = await followedJob(t, tellNothingElse);
  const hide = (isHidden: boolean) =>
    page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, get: () => ${String(isHidden)} }); document.dispatchEvent(new Event('visibilitychange'))`);
  await hide(true);
  await untilTrue('there is room for another', () => isRoomFor(viewpointId));
  release();
  assert.equal((await endOf(b.url, viewpointId)).viewpoint_status, 'READY');
  assert.deepEqual(asked, ['status', 'events']);
  await hide(false);
  await becomesReady(page);
  assert.match(lastEventIds.at(-1) ?? '', /^\d+-REQUESTED$/);
});

test('a stream that breaks off is taken up after the last event', async (t) => {
  const { page, release, asked, lastEventIds } = await followedJob(t, tellNothingElse);
  proxy.set('open');
  await untilTrue('it follows again', () => lastEventIds.length === 2);
  assert.match(lastEventIds[1] ?? '', /^\d+-REQUESTED$/);
  release();
  await becomesReady(page);
  assert.deepEqual(asked, ['status', 'events', 'events']);
});

test('where streams do not come through, the page asks for the status', async (t) => {
  const { page, release, asked } = await followedJob(t, (opened) => opened.route('**/events', (route) => route.abort()));
  await goesWithoutNews(page);
  release();
  await becomesReady(page);
  assert.ok(asked.filter((path) => path === 'status').length >= 2);
});

test('where the service has no more streams to give, the page asks for the status', async (t) => {
  const first = await followedJob(t);
  await untilTrue('it follows', () => first.asked.includes('events'));
  const { page, release } = await followedJob(t);
  await goesWithoutNews(page);
  release();
  await becomesReady(page);
});
