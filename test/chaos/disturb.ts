import { setTimeout as delay } from 'node:timers/promises';
import { killProcess } from '../run/processes.js';
import type { Random } from './random.js';
import type { Fleet, Replica } from './replicas.js';
import { strike, untilStep } from './strikes.js';
import type { Tally } from './tally.js';
import { LEASE_SECONDS, type World } from './world.js';

export interface Disturbance {
  /** Share of the kills, or of the time, that is behind. */
  progress(): number;
  /** Resolves when all disturbances are over and their traces gone. */
  end(): Promise<void>;
  readonly killed: readonly Killing[];
}

/** One replica's end by SIGKILL. */
export interface Killing {
  replica: string;
  atMs: number;
  moment: string;
}

type Deed = 'kill' | 'kill decoder' | 'freeze decoder' | 'suspend' | 'clock';

/** Beside each kill of a replica there are others now and then. */
const DEEDS: Deed[] = ['kill', 'kill', 'kill', 'kill', 'kill', 'kill', 'kill', 'kill decoder', 'kill decoder', 'freeze decoder', 'suspend', 'clock'];
const LONGEST_PAUSE_MS = 400;
const LONGEST_SPELL_MS = 3000;
const LONGEST_CALM_MS = 3000;
const LONGEST_FREEZE_MS = 3000;

/** Kills, suspends and cuts off the replicas until so many are killed or the time is up. */
export function disturb(deps: { fleet: Fleet; world: World; random: Random; tally: Tally; kills: number; limitMs: number }): Disturbance {
  const { fleet, world, tally, kills, limitMs } = deps;
  const startedAt = performance.now();
  const killed: Killing[] = [];
  const traces = new Set<Promise<void>>();
  const random = deps.random.fork();
  const weatherRandom = deps.random.fork();
  const timeShare = () => (performance.now() - startedAt) / limitMs;
  const isOver = () => killed.length >= kills || timeShare() >= 1;

  async function nextReplica(): Promise<Replica> {
    await fleet.whenUp();
    const up = fleet.up();
    return up.length === 0 ? await nextReplica() : random.pick(up);
  }

  async function kill(replica: Replica): Promise<void> {
    const moment = await strike(replica, world.wire, random, () => {
      killed.push({ replica: replica.name(), atMs: Date.now(), moment: '' });
      replica.kill();
      return 'drop';
    });
    const last = killed.at(-1);
    if (last !== undefined) last.moment = moment;
    tally.add('kills', moment);
  }

  async function suspend(replica: Replica): Promise<void> {
    const moment = await strike(replica, world.wire, random, () => {
      replica.suspend();
      return 'pass';
    });
    tally.add('suspensions beyond the lease', moment);
    trace(delay(LEASE_SECONDS * 1000 + random.integer(500, 4000)).then(() => replica.resume()));
  }

  async function disturbDecoder(replica: Replica, what: 'kill decoder' | 'freeze decoder'): Promise<void> {
    if (!(await untilStep(replica, random.pick(['pyramid', 'metadata'])))) return;
    const children = replica.children();
    if (children.length === 0) return;
    const pid = random.pick(children);
    tally.add('GDAL children', what === 'kill decoder' ? 'killed' : 'frozen for a while');
    if (what === 'kill decoder') {
      killProcess(pid);
      return;
    }
    signal(pid, 'SIGSTOP');
    trace(delay(random.integer(500, LONGEST_FREEZE_MS)).then(() => signal(pid, 'SIGCONT')));
  }

  async function act(): Promise<void> {
    const replica = await nextReplica();
    const deed = random.pick(DEEDS);
    if (deed === 'kill') await kill(replica);
    else if (deed === 'suspend') await suspend(replica);
    else if (deed === 'clock') {
      replica.signal('SIGUSR2');
      tally.add('clocks', 'jump');
    } else await disturbDecoder(replica, deed);
  }

  function trace(work: Promise<void>): void {
    traces.add(work);
    void work.finally(() => traces.delete(work));
  }

  async function actUntilOver(): Promise<void> {
    while (!isOver()) {
      await act();
      await delay(random.integer(0, LONGEST_PAUSE_MS));
    }
  }

  async function changeWeather(): Promise<void> {
    while (!isOver()) {
      world.weather.turn();
      await delay(weatherRandom.integer(300, LONGEST_SPELL_MS));
      world.weather.calm();
      await delay(weatherRandom.integer(300, LONGEST_CALM_MS));
    }
  }

  const acting = Promise.all([actUntilOver(), changeWeather()]);
  return {
    killed,
    progress: () => (kills === 0 ? 1 : Math.min(1, Math.max(killed.length / kills, timeShare()))),
    async end() {
      await acting;
      world.weather.calm();
      await Promise.all(traces);
    },
  };
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}
