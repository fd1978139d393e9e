import type { ChaosOptions, PhaseName } from './options.js';
import { finding, type Finding } from './invariants.js';
import type { Random } from './random.js';
import type { Tally } from './tally.js';

/** What each part of the harness is given. */
export interface Trial {
  options: ChaosOptions;
  random: Random;
  tally: Tally;
  /** Folder to work in. */
  folder: string;
  say: (line: string) => void;
}

export type Phase = (trial: Trial) => Promise<Finding[]>;

/**
 * Runs the parts one after the other and adds what they find to `findings`. A part that breaks off has broken a promise
 * of its own, and the next one begins.
 */
export async function runPhases(phases: readonly (readonly [PhaseName, Phase])[], trial: Trial, findings: Finding[]): Promise<void> {
  for (const [name, run] of phases) {
    const startedAt = performance.now();
    trial.say(`\n${name}`);
    try {
      findings.push(...(await run({ ...trial, random: trial.random.fork() })));
    } catch (error) {
      findings.push(finding(`the part "${name}" of the harness runs to its end`, 1, [stackOf(error)]));
    }
    trial.say(`${name} took ${Math.round((performance.now() - startedAt) / 1000)} s`);
  }
}

export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
