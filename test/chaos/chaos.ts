import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCampaign } from './campaign.js';
import { runHostile } from './hostile.js';
import { runIdle } from './idle.js';
import { describeFinding, type Finding } from './invariants.js';
import { readOptions } from './options.js';
import { createRandom } from './random.js';
import { runTakeovers } from './takeover.js';
import { createTally } from './tally.js';

/** Entry of `npm run chaos`. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const random = createRandom(options.seed);
  const tally = createTally();
  const say = (line: string) => console.log(line);
  const folder = await mkdtemp(join(tmpdir(), 'viewpoint-chaos-'));
  say(`seed ${options.seed}`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));
  const findings: Finding[] = [];
  try {
    findings.push(...(await runIdle({ random: random.fork(), tally, folder, say })));
    findings.push(...(await runTakeovers({ random: random.fork(), tally, folder, say })));
    if (options.hostile > 0) findings.push(...(await runHostile({ count: options.hostile, random: random.fork(), tally, folder, say })));
    if (options.viewpoints > 0) findings.push(...(await runCampaign({ options, random: random.fork(), tally, folder, say })));
  } finally {
    if (!options.keep) await rm(folder, { recursive: true, force: true });
  }
  say('\nTried');
  for (const line of tally.lines()) say(`  ${line}`);
  say('\nPromises');
  for (const finding of findings) say(`  ${describeFinding(finding)}`);
  const broken = findings.filter((finding) => finding.broken.length > 0).length;
  say(broken === 0 ? '\nAll promises held.' : `\n${broken} promises broke; seed ${options.seed}.`);
  process.exitCode = broken === 0 ? 0 : 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 2;
}
