// The shorter part of `npm run chaos`: few viewpoints, few kills, the same promises.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { runCampaign } from './campaign.js';
import { runHostile } from './hostile.js';
import { describeFinding, type Finding } from './invariants.js';
import { readOptions } from './options.js';
import { createRandom } from './random.js';
import { createTally } from './tally.js';

const SEED = 20;

async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'viewpoint-chaos-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function assertHeld(findings: readonly Finding[]): void {
  assert.ok(findings.length > 0);
  assert.deepEqual(findings.filter(({ broken }) => broken.length > 0).map(describeFinding), []);
}

test('replicas that are killed, suspended and cut off lose nothing, do nothing twice and publish nothing wrong', async (t) => {
  const folder = await temporaryFolder(t);
  const tally = createTally();
  const options = readOptions(['--viewpoints', '10', '--replicas', '2', '--kills', '4', '--seed', String(SEED), '--disturb-seconds', '20']);
  assertHeld(await runCampaign({ options, random: createRandom(SEED), tally, folder, say: (line) => t.diagnostic(line) }));
  assert.ok(tally.total('kills') > 0);
  assert.equal(tally.total('requests'), 10);
});

test('hostile requests and messages are refused properly and leave no trace', async (t) => {
  const folder = await temporaryFolder(t);
  const tally = createTally();
  assertHeld(await runHostile({ options: readOptions(['--hostile', '300']), random: createRandom(SEED), tally, folder, say: (line) => t.diagnostic(line) }));
  assert.equal(tally.total('answers to hostile requests'), 225);
});
