import { readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { SCRATCH_PREFIX } from '../../src/domain/artifacts.js';
import { isRemoved } from '../../src/storage/scratch.js';
import type { ProcessEnd } from './replicas.js';
import { readRows, statusOf } from './rows.js';
import type { Tally } from './tally.js';
import { LEASE_SECONDS, NAMES, SWEEP_INTERVAL_SECONDS, type World } from './world.js';

const LOOK_INTERVAL_MS = 500;
/** The service leaves scratch that was written to in the latest two leases; then two sweeps may come late and take their time. */
const LONGEST_WAIT_MS = (2 * LEASE_SECONDS + 4 * SWEEP_INTERVAL_SECONDS) * 1000;

/** What lies on the volume, or beside it, that is not of a READY viewpoint: one line each. */
export async function readLeftOvers(world: World): Promise<string[]> {
  const rows = await readRows(world.dynamodb, NAMES.tableName);
  const names = await readdir(world.volume, { recursive: true });
  const inside = names.flatMap((path) => {
    const [viewpointId = ''] = path.split('/');
    const status = statusOf(rows.get(viewpointId)) ?? 'gone';
    if (path.includes(SCRATCH_PREFIX)) return [`scratch: ${path}, its row is ${status}`];
    return path === viewpointId && status !== 'READY' ? [`${path}: its row is ${status}`] : [];
  });
  const beside = (await readdir(world.volumeFolder)).filter((name) => name !== 'volume').map((name) => `beside the volume: ${name}`);
  return [...inside, ...beside];
}

/** Resolves when nothing is left over, or when the sweeps of the replicas, which have to run still, have had their chance. */
export async function untilSwept(world: World, say: (line: string) => void): Promise<void> {
  const startedAt = performance.now();
  const atFirst = await readLeftOvers(world);
  let left = atFirst;
  while (left.length > 0 && performance.now() - startedAt < LONGEST_WAIT_MS) {
    await delay(LOOK_INTERVAL_MS);
    left = await readLeftOvers(world);
  }
  if (atFirst.length > 0) say(`${atFirst.length} things were left over, ${left.length} after ${Math.round((performance.now() - startedAt) / 1000)} s of sweeps`);
}

/** What the sweeps removed that no job had, as the replicas' logs tell. */
export function countSwept(ends: readonly ProcessEnd[], tally: Tally): void {
  for (const { end } of ends) {
    for (const line of end.stdout.split('\n')) {
      if (line.includes('"msg":"folder of a deleted viewpoint removed"')) tally.add('left to the sweep', 'folder of a deleted viewpoint');
      if (!line.includes('"msg":"scratch of dead attempts removed"')) continue;
      const { scratches } = JSON.parse(line) as { scratches: string[] };
      for (const name of scratches) tally.add('left to the sweep', isRemoved(name) ? 'removal begun' : 'scratch');
    }
  }
}
