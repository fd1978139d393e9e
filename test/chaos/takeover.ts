import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finding, type Finding } from './invariants.js';
import { BUCKET, putObjects, testObjects } from './objects.js';
import { startFleet } from './replicas.js';
import { untilStep } from './strikes.js';
import type { Trial } from './trial.js';
import { LEASE_SECONDS, startWorld } from './world.js';

const ROUNDS = 5;
const LIMIT_MS = (LEASE_SECONDS + 5) * 1000;
const LONGEST_WAIT_MS = 60_000;
const IMAGE = 'samples/rgb-striped.tif';

/** Kills the replica at work while another one is idle, and measures how long until that has taken the viewpoint over. */
export async function runTakeovers(deps: Trial): Promise<Finding[]> {
  const folder = await mkdtemp(join(deps.folder, 'takeover-'));
  const world = await startWorld(folder, deps.random, deps.tally);
  const fleet = await startFleet(2, (name) => world.variablesOf(name));
  const tookMs: number[] = [];
  try {
    await putObjects(testObjects().filter(({ key }) => key === IMAGE), join(folder, 'samples'), world.tileServer);
    for (let round = 0; round < ROUNDS; round++) {
      const viewpointId = `takeover-${round}`;
      const definition = { viewpoint_name: viewpointId, bucket_name: BUCKET, object_key: IMAGE, tile_size: 512, range_adjustment: 'NONE' };
      const isTaken = (attempt: number) => world.wire.at((event) => event.kind === 'answered' && event.row?.viewpointId === viewpointId && event.row.attempt === attempt, LONGEST_WAIT_MS, () => 'pass');
      while (fleet.up().length < 2) await fleet.whenChanged();
      const first = isTaken(1);
      await world.tileServer.putRow(viewpointId, definition);
      await world.tileServer.sendMessage(viewpointId, definition, null);
      await first;
      const owner = world.wire.rows.get(viewpointId)?.at(-1)?.replica;
      const replica = fleet.replicas.find((candidate) => candidate.name() === owner);
      if (replica === undefined || !(await untilStep(replica, 'pyramid'))) continue;
      const second = isTaken(2);
      const killedAt = performance.now();
      replica.kill();
      await second;
      tookMs.push(Math.round(performance.now() - killedAt));
    }
  } finally {
    await fleet.stop();
    await world.close();
    await rm(folder, { recursive: true, force: true });
  }
  deps.say(`takeovers after a kill took ${tookMs.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(', ')}; the lease lasts ${LEASE_SECONDS} s`);
  return [finding(`an idle replica takes over within ${LIMIT_MS / 1000} s of a kill`, tookMs.length, tookMs.filter((ms) => ms > LIMIT_MS).map((ms) => `${ms} ms`))];
}
