import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeBig } from '../../src/imagery/samples/big-recipes.js';
import type { StatusAnswer } from '../support/http.js';
import { BUCKET, type RunningService } from './rig.js';
import { spreadOf, type Spread } from './spread.js';

/** Edge of three Byte bands that take 10^9 bytes. */
const GIGABYTE_EDGE_PIXELS = 18_258;
const LOOK_INTERVAL_MS = 5;

/** Steps that take long enough to be cancelled in, and how far the whole job is when they are half done, in percent. */
const CANCELLED_IN = { download: 15, pyramid: 45 } as const;
type CancelledStep = keyof typeof CANCELLED_IN;

export interface CancelReport {
  step: CancelledStep;
  /** Who was asked to cancel: the replica that runs the job, or another one. */
  asked: 'own' | 'other';
  /** From the request to cancel until the row is FAILED, in seconds. */
  failed: Spread;
  /** From the same until the scratch folder is empty or gone, in seconds. */
  gone: Spread;
}

export interface CancelDeps {
  /** Replicas on one table and one volume. */
  services: readonly [RunningService, RunningService];
  volumeRoot: string;
  objectKey: string;
}

/** Makes the image if it is not there yet; its path. */
export async function makeGigabyte(folder: string): Promise<string> {
  const path = join(folder, 'big-a.tif');
  return existsSync(path) ? path : await makeBig('a', folder, GIGABYTE_EDGE_PIXELS);
}

/** Cancels jobs in each step by each replica, in turn. */
export async function measureCancels(deps: CancelDeps, runs: number): Promise<CancelReport[]> {
  const cases = (['download', 'pyramid'] as const).flatMap((step) => (['own', 'other'] as const).map((asked) => ({ step, asked, times: [] as CancelTimes[] })));
  for (let run = 0; run < runs; run++) {
    for (const each of cases) each.times.push(await cancelOnce(deps, `cancel-${run}-${each.step}-${each.asked}`, each.step, each.asked));
  }
  return cases.map(({ times, ...what }) => ({ ...what, failed: spreadOf(times.map(({ failed }) => failed)), gone: spreadOf(times.map(({ gone }) => gone)) }));
}

interface CancelTimes {
  failed: number;
  gone: number;
}

async function cancelOnce({ services: [own, other], volumeRoot, objectKey }: CancelDeps, id: string, step: CancelledStep, asked: 'own' | 'other'): Promise<CancelTimes> {
  const path = `/viewpoints/${id}`;
  const body = JSON.stringify({ viewpoint_name: id, bucket_name: BUCKET, object_key: objectKey });
  const accepted = await fetch(`${own.url}${path}/process`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (accepted.status !== 202) throw new Error(await accepted.text());
  const status = async () => (await (await fetch(`${own.url}${path}/status`)).json()) as StatusAnswer;
  await until(async () => {
    const now = await status();
    if (now.viewpoint_status !== 'REQUESTED') throw new Error(`too late to cancel: ${JSON.stringify(now)}`);
    return now.step === step && now.percent >= CANCELLED_IN[step];
  });
  const began = performance.now();
  const since = () => (performance.now() - began) / 1000;
  const cancelled = await fetch(`${(asked === 'own' ? own : other).url}${path}/process`, { method: 'DELETE' });
  if (cancelled.status !== 202) throw new Error(await cancelled.text());
  const [failed, gone] = await Promise.all([
    until(async () => (await status()).viewpoint_status === 'FAILED').then(since),
    until(() => Promise.resolve(!existsSync(join(volumeRoot, id)))).then(since),
  ]);
  const { error } = await status();
  if (error?.code !== 'cancelled') throw new Error(JSON.stringify(error));
  return { failed, gone };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await wait(LOOK_INTERVAL_MS);
}
