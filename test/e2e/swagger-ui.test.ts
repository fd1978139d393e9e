import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.js';
import { openPage, type OpenPage } from '../support/open-page.js';
import { startTestService, type TestService } from '../support/service.js';

/** The built tests lie in dist/test/e2e; the screenshots go where people look, beside the sources. */
const OUTPUT_FOLDER = fileURLToPath(new URL('../../../test/output/', import.meta.url));

let service: TestService;
let browser: Browser;
before(async () => {
  [service, browser] = await Promise.all([startTestService(), launchBrowser()]);
  await mkdir(OUTPUT_FOLDER, { recursive: true });
});
after(async () => {
  await browser.close();
  await service.stop();
});

/** An open Swagger UI, and everything that the browser complains about or asks of anybody else. */
async function openDocs(): Promise<OpenPage> {
  const opened = await openPage(browser, service.url, { viewport: { width: 1280, height: 1400 } });
  await opened.page.goto(`${service.url}/docs`);
  await opened.page.locator('#operations-Processing-processViewpoint').waitFor();
  return opened;
}

/** Opens an operation; `send` executes its example as it stands, and answers status and body. */
async function openOperation(page: Page, tag: string, operationId: string): Promise<{ operation: Locator; send: () => Promise<{ status: number; text: string }> }> {
  const operation = page.locator(`#operations-${tag}-${operationId}`);
  await operation.locator('.opblock-summary-control').first().click();
  const button = operation.getByRole('button', { name: 'Execute' });
  await button.waitFor();
  return {
    operation,
    async send() {
      const [response] = await Promise.all([page.waitForResponse((answer) => !answer.url().includes('/docs')), button.click()]);
      await operation.locator('.live-responses-table .response-col_status').first().waitFor();
      return { status: response.status(), text: await response.text() };
    },
  };
}

test('the examples of Swagger UI process a viewpoint to its end as they stand', async () => {
  const { page, complaints } = await openDocs();
  const processing = await openOperation(page, 'Processing', 'processViewpoint');
  const accepted = await processing.send();
  assert.ok([200, 202].includes(accepted.status), accepted.text);
  await processing.operation.locator('.live-responses-table .response-col_status', { hasText: String(accepted.status) }).first().waitFor();
  await processing.operation.screenshot({ path: join(OUTPUT_FOLDER, 'swagger-ui-process.png') });

  const status = await openOperation(page, 'Processing', 'getViewpointStatus');
  assert.match(await status.operation.locator('.response[data-code="200"] .example').first().innerText(), /"viewpoint_status": "READY"/);
  let state = '';
  for (let asked = 0; asked < 300 && state !== 'READY'; asked++) {
    const { status: code, text } = await status.send();
    assert.equal(code, 200, text);
    state = (JSON.parse(text) as { viewpoint_status: string }).viewpoint_status;
    assert.notEqual(state, 'FAILED', text);
  }
  assert.equal(state, 'READY');

  const artifact = await openOperation(page, 'Artifacts', 'getImageInfo');
  const { status: code, text } = await artifact.send();
  assert.equal(code, 200, text);
  const { features } = JSON.parse(text) as { features: { geometry: { coordinates: unknown } }[] };
  assert.deepEqual(features[0]?.geometry.coordinates, [[[-106.7, 35.2], [-106.7, 35.05], [-106.49, 35.05], [-106.49, 35.2], [-106.7, 35.2]]]);
  await artifact.operation.scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(OUTPUT_FOLDER, 'swagger-ui.png') });
  assert.deepEqual(complaints, []);
  await page.close();
});
