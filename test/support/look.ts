import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { assertAccessible } from './accessibility.js';

export const PHONE = { width: 390, height: 844 };

/** The built tests lie in dist/test; the pictures go where people look, beside the sources. */
const OUTPUT_FOLDER = fileURLToPath(new URL('../../../test/output/', import.meta.url));

/** Holds the page as it stands against axe's rules and the width of its window, and keeps a picture of all of it as `dashboard-<name>.png` in the tests' output folder. */
export async function look(page: Page, name: string): Promise<void> {
  await assertAccessible(page, name);
  const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  assert.ok(overflow <= 0, `${name} is ${overflow} pixels too wide`);
  await mkdir(OUTPUT_FOLDER, { recursive: true });
  await page.screenshot({ path: join(OUTPUT_FOLDER, `dashboard-${name}.png`), fullPage: true });
}

/** The same in dark colours too. */
export async function lookInBoth(page: Page, name: string): Promise<void> {
  await look(page, name);
  await page.emulateMedia({ colorScheme: 'dark' });
  await look(page, `${name}-dark`);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** In both colours, in a wide window and on a phone. */
export async function lookEverywhere(page: Page, name: string): Promise<void> {
  await lookInBoth(page, name);
  const wide = page.viewportSize();
  await page.setViewportSize(PHONE);
  await lookInBoth(page, `${name}-phone`);
  if (wide !== null) await page.setViewportSize(wide);
}
