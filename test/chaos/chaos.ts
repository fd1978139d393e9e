import { mkdtemp } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCampaign } from './campaign.js';
import { runDecoderTrouble } from './decoder-trouble.js';
import { runFullDisk } from './full-disk.js';
import { runHostile } from './hostile.js';
import { runIdle } from './idle.js';
import { describeFinding, finding, type Finding } from './invariants.js';
import { readOptions, type PhaseName } from './options.js';
import { createRandom } from './random.js';
import { runTakeovers } from './takeover.js';
import { createTally } from './tally.js';
import { runPhases, stackOf, type Phase } from './trial.js';

const RUN: Partial<Record<PhaseName, Phase>> = { idle: runIdle, takeover: runTakeovers, decoder: runDecoderTrouble, disk: runFullDisk, hostile: runHostile, campaign: runCampaign };

/**
 * Entry of `npm run chaos`. However it ends, by itself, at its time limit, by a signal or an error of its own, it prints
 * what it has tried and found until then; processes that are left are killed as it exits.
 */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const tally = createTally();
  const say = (line: string) => console.log(line);
  const folder = await mkdtemp(join(tmpdir(), 'viewpoint-chaos-'));
  const findings: Finding[] = [];
  const startedAt = performance.now();
  say(`seed ${options.seed}`);

  function conclude(brokenOff: string | null): never {
    if (brokenOff !== null) findings.push(finding('the harness runs to its end', 1, [brokenOff]));
    say('\nTried');
    for (const line of tally.lines()) say(`  ${line}`);
    say('\nPromises');
    for (const each of findings) say(`  ${describeFinding(each)}`);
    const broken = findings.filter((each) => each.broken.length > 0).length;
    say(`\n${broken === 0 ? 'All promises held' : `${broken} promises broke`} after ${Math.round((performance.now() - startedAt) / 1000)} s; seed ${options.seed}.`);
    if (options.keep) say(`kept: ${folder}`);
    else rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    process.exit(broken === 0 ? 0 : 1);
  }

  // Not unref'ed: while it runs, a part that waits for nothing any more cannot end the process without a word.
  setTimeout(() => conclude(`it was not done after ${options.limitSeconds} s`), options.limitSeconds * 1000);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => conclude(`it was ended by ${signal}`));
  process.once('uncaughtException', (error) => conclude(stackOf(error)));
  const phases = options.phases.flatMap((name) => {
    const run = RUN[name];
    return run === undefined ? [] : [[name, run] as const];
  });
  await runPhases(phases, { options, random: createRandom(options.seed), tally, folder, say }, findings);
  conclude(null);
}

try {
  await main();
} catch (error) {
  console.error(stackOf(error));
  process.exitCode = 2;
}
