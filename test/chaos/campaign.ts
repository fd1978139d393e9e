import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { checkCampaign, type CampaignResult } from './check-campaign.js';
import { disturb } from './disturb.js';
import type { Finding } from './invariants.js';
import { putObjects, testObjects } from './objects.js';
import { planViewpoints, type PlannedViewpoint } from './plan.js';
import { publishedFiles, watchScratches, type FileIdentity } from './publications.js';
import { readReference } from './reference.js';
import { startFleet } from './replicas.js';
import { createRequester } from './requester.js';
import { errorOf, readRows, statusOf } from './rows.js';
import { untilAllEnded } from './settle.js';
import type { Trial } from './trial.js';
import { NAMES, startWorld, type World } from './world.js';

/** Viewpoints that are under way at a time, at least. */
const BACKLOG = 10;
const LOOK_INTERVAL_MS = 250;

/**
 * Has a fleet of replicas process viewpoints while they are killed, suspended and cut off, lets them come to their end in
 * calm, and checks what became of every one.
 */
export async function runCampaign(campaign: Trial): Promise<Finding[]> {
  const { options, random, tally, say } = campaign;
  const folder = await mkdtemp(join(campaign.folder, 'campaign-'));
  const world = await startWorld(folder, random.fork(), tally);
  try {
    return await run(campaign, world, folder);
  } finally {
    await world.close();
    if (options.keep) say(`kept: ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
}

async function run(campaign: Trial, world: World, folder: string): Promise<Finding[]> {
  const { options, random, say } = campaign;
  const objects = testObjects();
  const plan = planViewpoints(options.viewpoints, objects, random.fork());
  const used = objects.filter(({ key }) => plan.some(({ definition }) => definition.object_key === key));
  say(`making ${used.length} objects and processing each once undisturbed`);
  const images = await putObjects(used, join(folder, 'samples'), world.tileServer);
  const reference = await readReference(world, used);

  const fleet = await startFleet(options.replicas, (name) => world.variablesOf(name));
  try {
    return await checkCampaign(await disturbFleet(campaign, { world, fleet, plan, reference, images }));
  } finally {
    await fleet.stop();
  }
}

interface Setting extends Pick<CampaignResult, 'world' | 'fleet' | 'reference' | 'images'> {
  plan: readonly PlannedViewpoint[];
}

/** Requests the viewpoints and disturbs the fleet, then waits in calm for their ends; the fleet has stopped when it resolves. */
async function disturbFleet({ options, random, tally, say }: Trial, setting: Setting): Promise<CampaignResult> {
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

  const disturbance = disturb({ fleet, world, random: random.fork(), tally, kills: options.kills, limitMs: options.disturbSeconds * 1000 });
  const startedAt = Date.now();
  for (const [index, planned] of plan.entries()) {
    // Requests keep pace with the kills, so that both end together.
    while (underWay.size >= BACKLOG && index / plan.length > disturbance.progress()) {
      await delay(LOOK_INTERVAL_MS);
      await look();
    }
    underWay.add(planned.viewpointId);
    await requester.request(planned);
    if (index % 50 === 49) say(`${index + 1} viewpoints requested, ${tally.total('kills')} kills, ${Math.round((Date.now() - startedAt) / 1000)} s`);
  }
  while (underWay.size > BACKLOG && disturbance.progress() < 1) {
    await delay(LOOK_INTERVAL_MS);
    await look();
  }
  await disturbance.end();
  await requester.settled();
  say(`calm after ${tally.total('kills')} kills and ${Math.round((Date.now() - startedAt) / 1000)} s`);
  await fleet.whenUp();
  const ended = await untilAllEnded(world, requester.expectations, look, say);
  const askedAgain = await askAgain();
  const endedAfter = askedAgain > 0 ? await untilAllEnded(world, requester.expectations, look, say) : ended;
  say(`ended after ${Math.round((Date.now() - startedAt) / 1000)} s, ${askedAgain} asked for again`);
  await look();
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
