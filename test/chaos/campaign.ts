import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { checkCampaign, type CampaignResult } from './check-campaign.js';
import { disturb, type Disturbance } from './disturb.js';
import type { Finding } from './invariants.js';
import { countSwept, untilSwept } from './left-overs.js';
import { putObjects, testObjects } from './objects.js';
import { planViewpoints, type PlannedViewpoint } from './plan.js';
import { publishedFiles, watchScratches, type FileIdentity } from './publications.js';
import { readReference } from './reference.js';
import { startFleet, type Fleet } from './replicas.js';
import { createRequester } from './requester.js';
import { errorOf, readRows, statusOf } from './rows.js';
import { untilAllEnded } from './settle.js';
import { readTakeovers } from './takeover-times.js';
import type { Trial } from './trial.js';
import { NAMES, startWorld, type World } from './world.js';

/** Viewpoints that are under way at a time, at least. */
const BACKLOG = 10;
const LOOK_INTERVAL_MS = 250;

/** What makes one campaign differ from another. */
export interface CampaignKind {
  replicas: number;
  viewpoints: number;
  /** Where the volume is; a folder of the campaign's own when undefined. */
  volumeFolder?: string;
  disturb: (fleet: Fleet, world: World) => Disturbance;
}

/** Replicas that are killed, suspended and cut off. */
export async function runCampaign(trial: Trial): Promise<Finding[]> {
  const { options, random, tally, say } = trial;
  if (options.viewpoints === 0) return [];
  const { findings, world, fleet: ended } = await conduct(trial, {
    replicas: options.replicas,
    viewpoints: options.viewpoints,
    disturb: (fleet, theWorld) => disturb({ fleet, world: theWorld, random: random.fork(), tally, kills: options.kills, limitMs: options.disturbSeconds * 1000 }),
  });
  const jumps = ended.ends.reduce((sum, { end }) => sum + clockJumps(end.stdout), 0);
  say(`${jumps} jumps of a clock by half an hour or more are seen in the logs of the replicas`);
  for (const line of readTakeovers(world.wire, ended.kills)) say(line);
  return findings;
}

const TELLING_JUMP_MS = 1_800_000;

/** How often the time of the log lines leaps. */
function clockJumps(log: string): number {
  const times = [...log.matchAll(/"time":"([^"]+)"/g)].map(([, time = '']) => Date.parse(time));
  return times.filter((time, index) => index > 0 && Math.abs(time - (times[index - 1] ?? time)) > TELLING_JUMP_MS).length;
}

/**
 * Has a fleet of replicas process viewpoints while it is disturbed, lets them come to their end in calm, and checks what
 * became of every one.
 */
export async function conduct(trial: Trial, kind: CampaignKind): Promise<{ findings: Finding[]; world: World; fleet: Fleet }> {
  const { options, random, tally } = trial;
  const folder = await mkdtemp(join(trial.folder, 'campaign-'));
  const world = await startWorld(folder, random.fork(), tally, kind.volumeFolder);
  try {
    return { ...(await run(trial, kind, world, folder)), world };
  } finally {
    await world.close();
    if (!options.keep) await rm(folder, { recursive: true, force: true });
  }
}

async function run(trial: Trial, kind: CampaignKind, world: World, folder: string): Promise<{ findings: Finding[]; fleet: Fleet }> {
  const { random, say } = trial;
  const objects = testObjects();
  const plan = planViewpoints(kind.viewpoints, objects, random.fork());
  const used = objects.filter(({ key }) => plan.some(({ definition }) => definition.object_key === key));
  say(`making ${used.length} objects and processing each once undisturbed`);
  const images = await putObjects(used, join(folder, 'samples'), world.tileServer);
  const reference = await readReference(world, used);

  const fleet = await startFleet(kind.replicas, (name) => world.variablesOf(name));
  try {
    const result = await disturbFleet(trial, kind, { world, fleet, plan, reference, images });
    countSwept(fleet.ends, trial.tally);
    return { findings: await checkCampaign(result), fleet };
  } finally {
    await fleet.stop();
  }
}

interface Setting extends Pick<CampaignResult, 'world' | 'fleet' | 'reference' | 'images'> {
  plan: readonly PlannedViewpoint[];
}

/** Requests the viewpoints and disturbs the fleet, then waits in calm for their ends; the fleet has stopped when it resolves. */
async function disturbFleet({ tally, say }: Trial, kind: CampaignKind, setting: Setting): Promise<CampaignResult> {
  const { world, fleet, plan } = setting;
  const requester = createRequester({ ...world, tableName: NAMES.tableName, fleet, tally });
  const underWay = new Set<string>();
  const readyFiles = new Map<string, Map<string, FileIdentity>>();
  const scratches = watchScratches(world.volume, () => underWay);

  /** Notes what has ended, and the files of what is READY, in which nothing may change any more. */
  async function look(): Promise<void> {
    const rows = await readRows(world.dynamodb, NAMES.tableName);
    for (const viewpointId of underWay) {
      const status = statusOf(rows.get(viewpointId));
      if (status === 'REQUESTED') continue;
      underWay.delete(viewpointId);
      if (status === 'READY') readyFiles.set(viewpointId, await publishedFiles(world.volume, viewpointId));
    }
  }

  const disturbance = kind.disturb(fleet, world);
  const startedAt = Date.now();
  try {
    for (const [index, planned] of plan.entries()) {
      // Requests keep pace with the disturbance, so that both end together.
      while (underWay.size >= BACKLOG && index / plan.length > disturbance.progress()) {
        await delay(LOOK_INTERVAL_MS);
        await look();
      }
      underWay.add(planned.viewpointId);
      await requester.request(planned);
      if (index % 50 === 49) say(`${index + 1} viewpoints requested, ${fleet.kills.length} kills, ${Math.round((Date.now() - startedAt) / 1000)} s`);
    }
    while (underWay.size > BACKLOG && disturbance.progress() < 1) {
      await delay(LOOK_INTERVAL_MS);
      await look();
    }
    await disturbance.over();
  } finally {
    await disturbance.end();
  }
  await requester.settled();
  say(`calm after ${fleet.kills.length} kills and ${Math.round((Date.now() - startedAt) / 1000)} s`);
  await fleet.whenUp();
  const ended = await untilAllEnded(world, requester.expectations, look, say);
  const askedAgain = await askAgain();
  const endedAfter = askedAgain > 0 ? await untilAllEnded(world, requester.expectations, look, say) : ended;
  say(`ended after ${Math.round((Date.now() - startedAt) / 1000)} s, ${askedAgain} asked for again`);
  await look();
  await untilSwept(world, say);
  await fleet.stop();
  await scratches.stop();

  return { ...setting, expectations: requester.expectations, readyFiles, scratches, isEnded: endedAfter };

  /** As an operator would, what failed for a passing reason. */
  async function askAgain(): Promise<number> {
    let count = 0;
    for (const [viewpointId, row] of await readRows(world.dynamodb, NAMES.tableName)) {
      if (statusOf(row) !== 'FAILED' || errorOf(row)?.retryable !== true) continue;
      tally.add('asked again after', errorOf(row)?.code ?? '');
      underWay.add(viewpointId);
      await requester.requestAgain(viewpointId);
      count++;
    }
    return count;
  }
}
