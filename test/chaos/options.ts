import { parseArgs } from 'node:util';

export interface ChaosOptions {
  viewpoints: number;
  replicas: number;
  /** Replicas killed with SIGKILL; kills of GDAL children come on top. */
  kills: number;
  /** Hostile inputs to HTTP and queue together. */
  hostile: number;
  seed: number;
  /** After this the campaign stops disturbing and has to come to its end, in seconds. */
  disturbSeconds: number;
  /** Keep the volume and the logs of the replicas. */
  keep: boolean;
}

const USAGE = `Usage: npm run chaos -- [--viewpoints N] [--replicas N] [--kills N] [--hostile N] [--seed S] [--disturb-seconds N] [--keep]
Runs several replicas on emulated AWS services and one volume, kills and disturbs them, and checks that nothing is lost,
done twice or wrongly READY. The same seed gives the same viewpoints, disturbances and hostile inputs in the same order;
when each of them meets the service is up to the machine. Ends with 1 when an invariant breaks.`;

const DEFAULTS = { viewpoints: '60', replicas: '3', kills: '25', hostile: '1000', 'disturb-seconds': '600' } as const;

/** @throws Error with the usage when an option is not known or not a whole number. */
export function readOptions(args: readonly string[]): ChaosOptions {
  const text = (name: keyof typeof DEFAULTS) => ({ type: 'string', default: DEFAULTS[name] }) as const;
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        viewpoints: text('viewpoints'),
        replicas: text('replicas'),
        kills: text('kills'),
        hostile: text('hostile'),
        'disturb-seconds': text('disturb-seconds'),
        seed: { type: 'string', default: String(Date.now() % 1_000_000) },
        keep: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`, { cause: error });
  }
  return {
    viewpoints: whole(values.viewpoints),
    replicas: Math.max(1, whole(values.replicas)),
    kills: whole(values.kills),
    hostile: whole(values.hostile),
    seed: whole(values.seed),
    disturbSeconds: whole(values['disturb-seconds']),
    keep: values.keep,
  };
}

function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`"${text}" is not a whole number.\n${USAGE}`);
  return Number(text);
}
