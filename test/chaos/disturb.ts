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
  /** Resolves when everything that was to be done is done. */
  over(): Promise<void>;
  /** Does no more, and resolves when the traces are gone. */
  end(): Promise<void>;
}

type Deed = 'kill' | 'kill decoder' | 'freeze decoder' | 'suspend' | 'clock';

/** Beside each kill of a replica there are others now and then. */
const DEEDS: Deed[] = ['kill', 'kill', 'kill', 'kill', 'kill', 'kill', 'kill', 'kill', 'kill', 'kill decoder', 'kill decoder', 'freeze decoder', 'suspend', 'clock'];
const LONGEST_PAUSE_MS = 600;
const LONGEST_SPELL_MS = 3000;
const LONGEST_CALM_MS = 3000;
const LONGEST_FREEZE_MS = 3000;

/** Kills, suspends and cuts off the replicas until so many are killed or the time is up. */
export function disturb(deps: { fleet: Fleet; world: World; random: Random; tally: Tally; kills: number; limitMs: number }): Disturbance {
  const { fleet, world, tally, kills, limitMs } = deps;
  const startedAt = performance.now();
  let killed = 0;
  const traces = new Set<Promise<void>>();
  const weatherRandom = deps.random.fork();
  const timeShare = () => (performance.now() - startedAt) / limitMs;
  let isStopped = false;
  /** Viewpoints whose decoder may have been killed: a second time would rightly count as the image's own fault. */
  const struck = new Set<string>();
  const isOver = () => isStopped || killed >= kills || timeShare() >= 1;

  async function kill(replica: Replica, random: Random): Promise<void> {
    const moment = await strike(replica, world.wire, random, () => {
      killed++;
      replica.kill();
      return 'drop';
    });
    tally.add('kills', moment);
  }

  async function suspend(replica: Replica, random: Random): Promise<void> {
    const moment = await strike(replica, world.wire, random, () => {
      replica.suspend();
      return 'pass';
    });
    tally.add('suspensions beyond the lease', moment);
    trace(delay(LEASE_SECONDS * 1000 + random.integer(500, 4000)).then(() => replica.resume()));
  }

  async function disturbDecoder(replica: Replica, random: Random, what: 'kill decoder' | 'freeze decoder'): Promise<void> {
    if (!(await untilStep(replica, random.pick(['pyramid', 'metadata'])))) return;
    const children = replica.children();
    const viewpointIds = (await replica.running()).map(({ viewpointId }) => viewpointId);
    if (children.length === 0 || viewpointIds.length === 0 || viewpointIds.some((id) => struck.has(id))) return;
    for (const id of viewpointIds) struck.add(id);
    const pid = random.pick(children);
    tally.add('GDAL children', what === 'kill decoder' ? 'killed' : 'frozen for a while');
    if (what === 'kill decoder') {
      killProcess(pid);
      return;
    }
    signal(pid, 'SIGSTOP');
    trace(delay(random.integer(500, LONGEST_FREEZE_MS)).then(() => signal(pid, 'SIGCONT')));
  }

  async function act(replica: Replica, random: Random): Promise<void> {
    const deed = random.pick(DEEDS);
    if (deed === 'kill') await kill(replica, random);
    else if (deed === 'suspend') await suspend(replica, random);
    else if (deed === 'clock') {
      replica.signal('SIGWINCH');
      tally.add('clocks', 'jump');
    } else await disturbDecoder(replica, random, deed);
  }

  function trace(work: Promise<void>): void {
    traces.add(work);
    void work.finally(() => traces.delete(work));
  }

  async function actUntilOver(replica: Replica, random: Random): Promise<void> {
    while (!isOver()) {
      await delay(random.integer(0, LONGEST_PAUSE_MS));
      if (replica.isUp()) await act(replica, random);
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

  const acting = Promise.all([...fleet.replicas.map((replica) => actUntilOver(replica, deps.random.fork())), changeWeather()]);
  return {
    progress: () => (kills === 0 ? 1 : Math.min(1, Math.max(killed / kills, timeShare()))),
    async over() {
      await acting;
    },
    async end() {
      isStopped = true;
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
