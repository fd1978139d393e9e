import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { landOutline } from './land-outline.js';

const LAND = fileURLToPath(new URL('../../../src/dashboard/land.json', import.meta.url));

test("the map's land is that of Natural Earth", async () => {
  const { path } = JSON.parse(await readFile(LAND, 'utf8')) as { path: string };
  assert.equal(path, await landOutline());
});
