import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { untilTrue } from '../support/eventually.js';
import { look, lookEverywhere, lookInBoth, PHONE } from '../support/look.js';
import { openPage, type OpenPage } from '../support/open-page.js';
import { definitionOf, startTestService, WAIT, type TestService } from '../support/service.js';

const HOSTILE = '<img src=x onerror="document.title=\'owned\'">';

let service: TestService;
let browser: Browser;
before(async () => {
  [service, browser] = await Promise.all([startTestService(), launchBrowser()]);
});
after(async () => {
  await browser.close();
  await service.stop();
});

async function open(hash: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const opened = await openPage(browser, service.url, options);
  await opened.page.goto(`${service.url}/${hash}`);
  return opened;
}

/** Opens the page of a READY viewpoint and waits until everything on it is drawn. */
async function openReady(viewpointId: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const opened = await open(`#/viewpoints/${viewpointId}`, options);
  for (const part of ['.preview canvas', '.map .footprint', '.histogram-drawing']) await opened.page.locator(part).first().waitFor();
  return opened;
}

/** Share of the preview's pixels that are neither transparent nor the colour of the first. */
function variety(page: Page): Promise<number> {
  return page.evaluate(`(() => {
    const canvas = document.querySelector('.preview canvas');
    const pixels = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    return pixels.filter((pixel) => pixel >>> 24 === 255 && pixel !== pixels[0]).length / pixels.length;
  })()`);
}

test('a new service has an empty dashboard, and the keyboard alone takes an image from there to READY', async () => {
  const { page, complaints } = await open('');
  await page.getByText('There are no viewpoints yet.').waitFor();
  await page.getByText('0 of 2 slots busy, 0 waiting').waitFor();
  await lookInBoth(page, '0-viewpoints');

  await page.locator('summary').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('viewpoint-images');
  await page.keyboard.press('Tab');
  await page.keyboard.type('samples/rgb-striped.tif');
  assert.equal(await page.getByLabel('Viewpoint id', { exact: true }).inputValue(), 'rgb-striped');
  await look(page, 'form');
  await page.keyboard.press('Enter');

  await page.waitForURL(`${service.url}/#/viewpoints/rgb-striped`);
  assert.equal(await page.title(), 'rgb-striped – Viewpoint worker');
  assert.equal(await page.evaluate('document.activeElement.tagName'), 'H1');
  await page.locator('.badge', { hasText: 'READY' }).waitFor();
  assert.deepEqual(complaints, []);
  await page.close();
});

test('a READY viewpoint shows its preview, place, histograms and timings, in light, dark and on a phone', async () => {
  await service.process('shown', definitionOf('samples/rgb-striped.tif', { viewpoint_name: 'Rio Grande', range_adjustment: 'DRA' }), WAIT);
  for (const [name, options] of [['viewpoint-dark', { colorScheme: 'dark' }], ['viewpoint-phone', { viewport: PHONE }]] as const) {
    const { page, complaints } = await openReady('shown', options);
    await look(page, name);
    assert.deepEqual(complaints, []);
    await page.close();
  }
  const { page, complaints } = await openReady('shown');
  await look(page, 'viewpoint');
  assert.ok((await variety(page)) > 0.9, 'the preview shows an image');
  await page.getByRole('img', { name: 'Footprint from 106.7° W to 106.49° W and from 35.05° N to 35.2° N' }).waitFor();
  assert.equal(await page.locator('.histogram').count(), 3);
  assert.match(await page.locator('.timings').innerText(), /Downloading[\s\S]*Statistics and overviews[\s\S]*Together/);

  // The sample's first band goes from 11 to 241 in buckets of one.
  await page.getByLabel('Range adjustment', { exact: true }).selectOption('MINMAX');
  await page.getByRole('img', { name: /^Histogram of Band 1, red: uint8, 11 to 241, .*; black 11, white 240\.$/ }).waitFor();
  await page.getByRole('img', { name: 'Preview of shown, range adjustment MINMAX' }).waitFor();
  await page.getByLabel('Range adjustment', { exact: true }).selectOption('NONE');
  await page.getByRole('img', { name: /^Histogram of Band 1, red: .*; black 0, white 255\.$/ }).waitFor();

  await page.locator('summary', { hasText: 'bounds' }).click();
  await page.getByText(/"bounds": \[\s+0,\s+0,\s+2100,\s+1500\s+\]/).waitFor();
  assert.deepEqual(complaints, []);
  await page.close();
});

test('an image without a place on Earth says so', async () => {
  await service.process('nowhere', definitionOf('samples/ungeoreferenced.tif'), WAIT);
  const { page, complaints } = await open('#/viewpoints/nowhere');
  await page.getByText('The image has no place on Earth').waitFor();
  assert.equal(await page.locator('.map').count(), 0);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('a FAILED viewpoint tells the step, the cause and whether another try helps, and can be processed again', async () => {
  await service.process('failed', definitionOf('absent.tif', { viewpoint_name: HOSTILE }), WAIT);
  const { page, complaints } = await open('#/viewpoints/failed');
  await page.getByRole('heading', { name: 'Failed in step “Downloading”' }).waitFor();
  await page.getByText('The bucket "viewpoint-images" holds no object "absent.tif". Check the object key.').waitFor();
  await page.getByText('no_such_key').waitFor();
  await lookEverywhere(page, 'failed');
  await service.putObject('absent.tif', 'no image');
  await page.getByRole('button', { name: 'Process again' }).click();
  await page.getByText('not_an_image').waitFor();
  assert.deepEqual(complaints, []);
  await page.close();
});

test('a READY viewpoint is processed again after a question, which Escape answers with no', async () => {
  await service.process('again', definitionOf('samples/rgb-striped.tif'), WAIT);
  const { page } = await openReady('again');
  const reprocess = page.getByRole('button', { name: 'Reprocess' });
  await reprocess.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Process the image again?').waitFor();
  await look(page, 'question');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await reprocess.click();
  await dialog.getByRole('button', { name: 'Reprocess' }).click();
  await page.locator('dd', { hasText: /^2$/ }).waitFor(); // the second attempt
  await page.locator('.badge', { hasText: 'READY' }).waitFor();
  await page.close();
});

test('what does not exist, and an id that cannot, is said in words', async () => {
  const { page } = await open('#/viewpoints/nobody');
  await page.getByText('There is no viewpoint "nobody".').waitFor();
  await page.locator('.badge', { hasText: 'NOT FOUND' }).waitFor();
  await page.goto(`${service.url}/#/viewpoints/${encodeURIComponent(HOSTILE)}`);
  await page.getByRole('heading', { name: HOSTILE }).waitFor();
  await page.getByRole('alert').filter({ hasText: 'params' }).waitFor();
  assert.equal(await page.locator('img').count(), 0);
  await page.close();
});

test('a thousand viewpoints are paged and filtered, and hostile ids, names and messages stay text', async () => {
  const rows = Array.from({ length: 1000 }, (_, index) => index);
  for (let first = 0; first < rows.length; first += 50) {
    await Promise.all(
      rows.slice(first, first + 50).map((index) => {
        const isFailed = index % 25 === 0;
        const definition = definitionOf(`archive/${isFailed ? HOSTILE : 'scene'}-${index}.tif`, { viewpoint_name: isFailed ? HOSTILE : `Scene ${index}` });
        const changes = isFailed ? { viewpoint_status: { S: 'FAILED' }, error_message: { S: HOSTILE } } : { viewpoint_status: { S: 'READY' } };
        return service.putRow(isFailed ? `${HOSTILE}${index}` : `scene-${index}`, definition, changes);
      }),
    );
  }
  const { page, complaints } = await open('');
  await page.getByText('25 viewpoints on this page').waitFor();
  await lookInBoth(page, '1000-viewpoints');
  const ids = () => page.locator('tbody td.name a').allInnerTexts();
  const seen: string[][] = [await ids()];
  for (let turned = 0; turned < 3; turned++) {
    await page.getByRole('link', { name: 'Next page' }).click();
    await untilTrue('the next page is there', async () => ![undefined, seen.at(-1)?.[0]].includes((await ids())[0]));
    seen.push(await ids());
  }
  assert.equal(new Set(seen.flat()).size, 100);
  await page.getByRole('link', { name: 'Previous page' }).click();
  await page.locator('tbody td.name a', { hasText: seen[2]?.[0] ?? '' }).first().waitFor();
  await page.reload();
  await page.locator('tbody td.name a', { hasText: seen[2]?.[0] ?? '' }).first().waitFor();

  await page.getByRole('link', { name: 'FAILED' }).click();
  await page.getByText('25 viewpoints with status FAILED on this page').waitFor();
  assert.ok((await page.locator('tbody .badge').allInnerTexts()).every((status) => status === 'FAILED'));
  await page.getByText(HOSTILE).first().waitFor();
  assert.equal(await page.locator('img').count(), 0);
  assert.notEqual(await page.title(), 'owned');
  await page.getByLabel('Open a viewpoint by its id').fill('scene-999');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'scene-999' }).waitFor();
  assert.deepEqual(complaints.filter((complaint) => !complaint.includes('status of 4')), []);
  await page.close();
});

test('a forged page token is refused in words, with a way back', async () => {
  const { page } = await open('#/?token=forged');
  await page.getByRole('status').filter({ hasText: 'token' }).waitFor();
  await page.getByRole('link', { name: 'First page' }).click();
  await page.getByText('25 viewpoints on this page').waitFor();
  await page.close();
});

test('the page is guarded by a strict policy, and nothing beside its files is served', async () => {
  const { status, headers } = await service.request('/');
  assert.equal(status, 200);
  assert.match(headers.get('content-type') ?? '', /^text\/html/);
  assert.match(headers.get('content-security-policy') ?? '', /^default-src 'self';/);
  for (const path of ['/assets/dashboard/../../server.js', '/assets/dashboard/%2e%2e/%2e%2e/server.js', '/assets/dashboard/index.html', '/assets/dashboard/tsconfig.json', '/assets/domain/errors.js']) {
    assert.equal((await service.request(path)).status, 404, path);
  }
});
