import { appendFile, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mountSmallDisk } from '../support/small-disk.js';
import { conduct } from './campaign.js';
import type { Disturbance } from './disturb.js';
import type { Finding } from './invariants.js';
import type { Random } from './random.js';
import type { Tally } from './tally.js';
import type { Trial } from './trial.js';
import type { Wire } from './wire.js';

const MEGABYTE = 1024 * 1024;
const DISK_BYTES = 640 * MEGABYTE;
const VIEWPOINTS = 40;
const REPLICAS = 2;
const FILLS = 20;
const CHUNK = Buffer.alloc(4 * MEGABYTE, 1);
const LONGEST_FULL_MS = 900;
const LONGEST_CALM_MS = 800;
/** What is left of the disk when it is full: nothing, next to nothing, and what a job begins with but cannot end with. */
const ROOM_BYTES = [0, 0, 100_000, 3 * MEGABYTE, 66 * MEGABYTE];
/** From the first byte of a download, most jobs of the samples are over in this. */
const LONGEST_JOB_MS = 400;
const LONGEST_WAIT_MS = 2500;

/** Replicas on a file system of its own that is full again and again, at any moment of their jobs. */
export async function runFullDisk(trial: Trial): Promise<Finding[]> {
  const { random, tally, say } = trial;
  const disk = mountSmallDisk(DISK_BYTES);
  if (disk === null) {
    say('skipped: this process may not mount a file system (it takes root)');
    return [];
  }
  const removeDisk = () => disk.remove();
  process.once('exit', removeDisk);
  try {
    const { findings, fleet } = await conduct(trial, {
      replicas: REPLICAS,
      viewpoints: VIEWPOINTS,
      volumeFolder: disk.folder,
      disturb: (_fleet, world) => fillDisk({ folder: disk.folder, wire: world.wire, random: random.fork(), tally }),
    });
    for (const { end } of fleet.ends) {
      for (const line of end.stdout.split('\n')) if (line.includes('"code":"disk_full"')) tally.add('what a full disk came to', (JSON.parse(line) as { msg: string }).msg);
    }
    return findings.map((each) => ({ ...each, promise: `on a full disk: ${each.promise}` }));
  } finally {
    process.off('exit', removeDisk);
    disk.remove();
  }
}

function fillDisk({ folder, wire, random, tally }: { folder: string; wire: Wire; random: Random; tally: Tally }): Disturbance {
  const ballast = join(folder, 'ballast');
  let fills = 0;
  let isStopped = false;

  async function fill(): Promise<void> {
    const isMidJob = await wire.at((event) => event.kind === 'download', LONGEST_WAIT_MS, () => 'pass');
    await delay(random.integer(0, LONGEST_JOB_MS));
    const roomBytes = random.pick(ROOM_BYTES);
    for (;;) {
      const { bavail, bsize } = await statfs(folder);
      const surplus = bavail * bsize - roomBytes;
      if (surplus <= 0) break;
      const isFull = await appendFile(ballast, CHUNK.subarray(0, Math.min(CHUNK.length, surplus))).then(() => false, () => true);
      if (isFull) break;
    }
    tally.add('disk filled', `${isMidJob ? 'during a job' : 'while none ran'}, ${(roomBytes / 1e6).toFixed(1)} MB left`);
    await delay(random.integer(100, LONGEST_FULL_MS));
    await rm(ballast, { force: true });
    fills++;
    await delay(random.integer(100, LONGEST_CALM_MS));
  }

  async function fillUntilOver(): Promise<void> {
    while (!isStopped && fills < FILLS) await fill();
  }

  const acting = fillUntilOver();
  return {
    progress: () => fills / FILLS,
    over: () => acting,
    async end() {
      isStopped = true;
      await acting;
      await rm(ballast, { force: true });
    },
  };
}
