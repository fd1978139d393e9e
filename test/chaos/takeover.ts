import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { postProcess } from '../support/http.js';
import { finding, type Finding } from './invariants.js';
import { BUCKET, putObjects, testObjects } from './objects.js';
import { startFleet } from './replicas.js';
import { strikeAt, TAKEOVER_MOMENTS } from './strikes.js';
import { describeTimes } from './takeover-times.js';
import type { Trial } from './trial.js';
import { LEASE_SECONDS, startWorld } from './world.js';

const LIMIT_MS = (LEASE_SECONDS + 5) * 1000;
const LONGEST_WAIT_MS = 60_000;
const IMAGE = 'samples/rgb-striped.tif';

/**
 * Kills the replica at work while another one is idle, at each moment of a job, and measures how long until the other has
 * taken the viewpoint over: those that came over the queue, and those that came over HTTP, which no message brings back.
 */
export async function runTakeovers(trial: Trial): Promise<Finding[]> {
  const folder = await mkdtemp(join(trial.folder, 'takeover-'));
  const world = await startWorld(folder, trial.random, trial.tally);
  const fleet = await startFleet(2, (name) => world.variablesOf(name));
  const tookMs: number[] = [];
  const broken: string[] = [];
  try {
    await putObjects(testObjects().filter(({ key }) => key === IMAGE), join(folder, 'samples'), world.tileServer);
    for (let round = 0; round < trial.options.takeovers; round++) {
      const viewpointId = `takeover-${round}`;
      const definition = { viewpoint_name: viewpointId, bucket_name: BUCKET, object_key: IMAGE, tile_size: 512, range_adjustment: 'NONE' };
      while (fleet.up().length < 2) await fleet.whenChanged();
      const [victim] = fleet.up();
      if (victim === undefined) continue;
      const isByHttp = round % 2 === 0;
      const moment = TAKEOVER_MOMENTS[Math.floor(round / 2) % TAKEOVER_MOMENTS.length] ?? 'lease taken';
      await world.tileServer.putRow(viewpointId, definition);
      const killed = strikeAt(moment, (name) => fleet.replicas.find((replica) => replica.name() === name), viewpointId, world.wire, (replica) => replica.kill());
      if (isByHttp) void postProcess(victim.url(), viewpointId).catch(() => undefined);
      else await world.tileServer.sendMessage(viewpointId, definition, null);
      const dead = await killed;
      if (dead === null) continue;
      const killedAt = performance.now();
      const isTaken = await world.wire.at((event) => event.kind === 'answered' && event.row?.viewpointId === viewpointId && event.row.owner !== null && event.row.owner !== dead, LONGEST_WAIT_MS, () => 'pass');
      const ms = Math.round(performance.now() - killedAt);
      trial.tally.add('kills with another replica idle', `${moment}, ${isByHttp ? 'asked for over HTTP' : 'over the queue'}`);
      tookMs.push(ms);
      if (!isTaken || ms > LIMIT_MS) broken.push(`${viewpointId}: ${isTaken ? `${ms} ms` : 'never'} after "${moment}", ${isByHttp ? 'over HTTP' : 'over the queue'}`);
    }
  } finally {
    await fleet.stop();
    await world.close();
    await rm(folder, { recursive: true, force: true });
  }
  for (const line of describeTimes(tookMs.sort((left, right) => left - right))) trial.say(line);
  return [finding(`an idle replica takes over within ${LIMIT_MS / 1000} s of a kill`, tookMs.length, broken)];
}
