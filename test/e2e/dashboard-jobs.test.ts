import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { startEmbeddedAws, type EmbeddedAws } from '../../src/embedded/embedded-aws.js';
import { launchBrowser } from '../support/browser.js';
import { untilTrue } from '../support/eventually.js';
import { endOf, postProcess } from '../support/http.js';
import { lookEverywhere, lookInBoth } from '../support/look.js';
import { openPage } from '../support/open-page.js';
import { startServer, variablesOnAws } from '../support/program.js';
import { connectTileServer } from '../support/tile-server.js';

/** Names of the table, the queue and the bucket of this file's own AWS. */
const TABLE = 'TSJobTable';
const QUEUE = 'TSJobQueue';
const BUCKET = 'slow-images';
const REGION = 'us-west-2';
const ROOT_PATH = '/tiles/worker';
const KEY = 'correct horse battery staple';
const MEBIBYTE = 1024 * 1024;
const OBJECT_BYTES = 8 * MEBIBYTE;

let folder: string;
let aws: EmbeddedAws;
let server: Awaited<ReturnType<typeof startServer>>;
let browser: Browser;
let proxy: Server;
let proxyOrigin: string;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'viewpoint-e2e-'));
  aws = await startEmbeddedAws({
    stateFolder: join(folder, 'aws'),
    tableName: TABLE,
    queueName: QUEUE,
    bucketNames: [BUCKET],
    region: REGION,
    // Downloads come so far and no further, each two mebibytes beyond the one before.
    faults: ({ operation, key }) => (operation === 'GetObject' ? { kind: 'stall', afterBytes: (1 + 2 * Number(/\d/.exec(key)?.[0])) * MEBIBYTE } : undefined),
  });
  const tileServer = await connectTileServer({ ...aws, region: REGION, tableName: TABLE, queueName: QUEUE });
  for (const number of [0, 1, 2, 3]) await tileServer.putObject(BUCKET, `scene-${number}.tif`, Buffer.alloc(OBJECT_BYTES, number));
  tileServer.close();
  const variables = { ...variablesOnAws(aws, folder), EXECUTOR_CONCURRENCY: '3', DOWNLOAD_STALL_SECONDS: '600', DOWNLOAD_CONNECTIONS: '1', SHUTDOWN_GRACE_SECONDS: '0', ROOT_PATH };
  [server, browser] = await Promise.all([startServer(variables), launchBrowser()]);
  proxy = keyedProxy(new URL(server.url).port);
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  proxyOrigin = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});
after(async () => {
  await browser.close();
  proxy.closeAllConnections();
  proxy.close();
  server.kill('SIGTERM');
  await server.end;
  await aws.close();
  await rm(folder, { recursive: true, force: true });
});

/** A gateway that takes its prefix off and wants a key for everything but the page itself. */
function keyedProxy(port: string): Server {
  return createServer((incoming, outgoing) => {
    const path = (incoming.url ?? '/').replace(ROOT_PATH, '') || '/';
    const isOpen = path === '/' || path.startsWith('/assets/');
    if (!(incoming.url ?? '').startsWith(ROOT_PATH)) {
      outgoing.writeHead(404).end();
    } else if (!isOpen && incoming.headers.authorization !== `Bearer ${KEY}`) {
      outgoing.writeHead(401, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ status: 401, code: 'unauthorized', detail: 'A key is wanted.' }));
    } else {
      const forwarded = httpRequest({ host: '127.0.0.1', port, path, method: incoming.method, headers: incoming.headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      forwarded.on('error', () => outgoing.writeHead(502).end());
      incoming.pipe(forwarded);
    }
  });
}

async function startJobs(): Promise<void> {
  for (const number of [0, 1, 2, 3]) {
    const { status, text } = await postProcess(server.url, `scene-${number}`, { viewpoint_name: `Scene ${number}`, bucket_name: BUCKET, object_key: `scene-${number}.tif` });
    assert.equal(status, 202, text);
  }
}

test('running and waiting jobs show their progress, and the one that is cancelled makes room for the next', async () => {
  const { page, complaints } = await openPage(browser, server.url);
  await page.goto(server.url);
  await page.getByText('0 of 3 slots busy, 0 waiting').waitFor();
  await startJobs();
  await page.getByText('3 of 3 slots busy, 1 waiting').waitFor();
  const progress = (number: number) => page.getByRole('progressbar', { name: `Progress of scene-${number}` });
  await page.getByText('Waiting for a slot').waitFor();
  await page.getByText(/^Downloading, [\d.]+ MB of 8\.39 MB/).nth(2).waitFor();
  // Each has come further than the one before, and the last one waits.
  await untilTrue('they differ', async () => {
    const values = await page.evaluate<number[]>("[...document.querySelectorAll('.jobs progress')].map(({ value }) => value)");
    const [first = 0, second = 0, third = 0, fourth] = values;
    return 0 < first && first < second && second < third && fourth === 0;
  });
  await page.locator('tbody tr').nth(3).waitFor(); // the list has noticed them
  await lookEverywhere(page, '3-running');

  await page.getByRole('button', { name: 'Cancel the job of scene-1' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the job' }).click();
  await page.getByText('3 of 3 slots busy, 0 waiting').waitFor();
  await progress(1).waitFor({ state: 'detached' });
  await page.locator('tr', { hasText: 'scene-1' }).getByText('FAILED').waitFor(); // the list has noticed
  assert.deepEqual(complaints, []);
  await page.close();
});

test("a running viewpoint's page shows its progress and cancels it", async () => {
  const { page, complaints } = await openPage(browser, server.url);
  await page.goto(`${server.url}/#/viewpoints/scene-2`);
  await page.getByText(/^Downloading, [\d.]+ MB of 8\.39 MB/).waitFor();
  await lookEverywhere(page, 'running-viewpoint');
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel the job' }).click();
  await page.locator('.error-card').getByText('cancelled', { exact: true }).waitFor();
  await page.locator('.badge', { hasText: 'FAILED' }).waitFor();
  assert.equal((await endOf(server.url, 'scene-2')).error?.code, 'cancelled');
  assert.deepEqual(complaints, []);
  await page.close();
});

test('behind a proxy under a prefix the page asks for the key that the API wants, and keeps it for the tab', async () => {
  const { page, complaints } = await openPage(browser, proxyOrigin);
  await page.goto(`${proxyOrigin}${ROOT_PATH}`);
  await page.getByText('The service wants an access key.').waitFor();
  await lookInBoth(page, 'key-form');
  await page.getByLabel('Access key').fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByText('The service wants an access key.').waitFor();
  await page.getByLabel('Access key').fill(KEY);
  await page.keyboard.press('Enter');
  await page.getByText(/of 3 slots busy/).waitFor();
  await page.locator('tbody td.name a', { hasText: 'scene-1' }).click();
  await page.getByRole('heading', { name: 'scene-1' }).waitFor();
  await page.locator('.badge', { hasText: 'FAILED' }).waitFor();
  await page.reload();
  await page.locator('.badge', { hasText: 'FAILED' }).waitFor();
  assert.equal(await page.locator('.key-form').isVisible(), false);
  assert.deepEqual(complaints.filter((complaint) => !complaint.includes('status of 401')), []);
  await page.close();
});

test('the page says when the service is gone, and goes on when it is back', async () => {
  const { page } = await openPage(browser, server.url);
  await page.goto(server.url);
  await page.getByText(/of 3 slots busy/).waitFor();
  await page.route('**/executor', (route) => route.abort());
  const notice = page.getByRole('alert').filter({ hasText: 'The service does not answer.' });
  await notice.waitFor();
  await page.unroute('**/executor');
  await notice.waitFor({ state: 'hidden' });
  await page.close();
});
