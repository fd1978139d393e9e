import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Holds the page as it stands against axe's rules of WCAG 2.2 A and AA and its best practices. */
export async function assertAccessible(page: Page, what: string): Promise<void> {
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(await source());
  const { violations, passes } = await page.evaluate<AxeResults>('axe.run(document, { resultTypes: ["violations", "passes"] })');
  assert.ok(passes.length > 10, `axe has looked at ${what}`);
  const findings = violations.map(({ id, impact, nodes }) => `${id} (${impact ?? 'unknown'}): ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary ?? ''}`).join(' | ')}`);
  assert.deepEqual(findings, [], what);
}

async function source(): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return readFile(AXE, 'utf8');
}
