import { parseArgs } from 'node:util';

/** Parts of the harness, in the order in which they run. */
export const PHASES = ['idle', 'takeover', 'decoder', 'disk', 'hostile', 'campaign'] as const;
export type PhaseName = (typeof PHASES)[number];

export interface ChaosOptions {
  phases: readonly PhaseName[];
  viewpoints: number;
  replicas: number;
  /** Replicas killed with SIGKILL; kills of GDAL children come on top. */
  kills: number;
  /** Hostile inputs to HTTP and queue together. */
  hostile: number;
  /** Kills after which the takeover is timed while another replica is idle. */
  takeovers: number;
  /** For how long the processor time of an idle replica is measured, in seconds. */
  idleSeconds: number;
  seed: number;
  /** After this the campaign stops disturbing and has to come to its end, in seconds. */
  disturbSeconds: number;
  /** After this the harness ends with what it has found so far, in seconds. */
  limitSeconds: number;
  /** Keep the volume, the state of the emulated services and the logs of the replicas. */
  keep: boolean;
}

const USAGE = `Usage: npm run chaos -- [--phases ${PHASES.join(',')}] [--viewpoints N] [--replicas N] [--kills N] [--hostile N] [--takeovers N]
  [--idle-seconds N] [--disturb-seconds N] [--limit-seconds N] [--seed S] [--keep]
Runs several replicas on emulated AWS services and one volume, kills and disturbs them, and checks that nothing is lost,
done twice or wrongly READY. The same seed gives the same viewpoints, disturbances and hostile inputs in the same order;
when each of them meets the service is up to the machine. Ends with 1 when a promise is broken.`;

const DEFAULTS = { viewpoints: '60', replicas: '3', kills: '25', hostile: '1000', takeovers: '6', 'idle-seconds': '60', 'disturb-seconds': '600', 'limit-seconds': '1800' } as const;

/** @throws Error with the usage when an option is not known or not a whole number. */
export function readOptions(args: readonly string[]): ChaosOptions {
  const text = (name: keyof typeof DEFAULTS) => ({ type: 'string', default: DEFAULTS[name] }) as const;
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        phases: { type: 'string', default: PHASES.join(',') },
        viewpoints: text('viewpoints'),
        replicas: text('replicas'),
        kills: text('kills'),
        hostile: text('hostile'),
        takeovers: text('takeovers'),
        'idle-seconds': text('idle-seconds'),
        'disturb-seconds': text('disturb-seconds'),
        'limit-seconds': text('limit-seconds'),
        seed: { type: 'string', default: String(Date.now() % 1_000_000) },
        keep: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`, { cause: error });
  }
  return {
    phases: phases(values.phases),
    viewpoints: whole(values.viewpoints),
    replicas: Math.max(1, whole(values.replicas)),
    kills: whole(values.kills),
    hostile: whole(values.hostile),
    takeovers: whole(values.takeovers),
    idleSeconds: whole(values['idle-seconds']),
    seed: whole(values.seed),
    disturbSeconds: whole(values['disturb-seconds']),
    limitSeconds: whole(values['limit-seconds']),
    keep: values.keep,
  };
}

function phases(text: string): PhaseName[] {
  const wanted = text.split(',');
  const unknown = wanted.find((name) => !PHASES.some((phase) => phase === name));
  if (unknown !== undefined) throw new Error(`"${unknown}" is no part of the harness.\n${USAGE}`);
  return PHASES.filter((phase) => wanted.includes(phase));
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`"${text}" is not a whole number.\n${USAGE}`);
  return Number(text);
}
