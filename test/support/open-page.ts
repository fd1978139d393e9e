import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** Drawing a page takes its time on a busy machine without a graphics card. */
const PAGE_TIMEOUT_MS = 60_000;

export interface OpenPage {
  page: Page;
  /** Everything that the browser complained about, and every request to anybody but the service. */
  complaints: string[];
}

/** A new page that notes what the browser complains about: errors, failed requests, requests to another origin, blocked content. */
export async function openPage(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options });
  page.setDefaultTimeout(PAGE_TIMEOUT_MS);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => {
    // What a page left behind when it moved on is no failure.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.url()}`);
  });
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('data:')) complaints.push(`foreign: ${request.url()}`);
  });
  return { page, complaints };
}
