import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { listProcesses } from '../run/processes.js';
import { startCuttableProxy, type CuttableProxy } from '../support/cuttable-proxy.js';
import { request } from '../support/http.js';
import { startServer } from '../support/program.js';
import { finding, type Finding } from './invariants.js';
import type { Trial } from './trial.js';
import { startWorld } from './world.js';

/** What starting costs, and the first looks after what is down. */
const SETTLE_MS = 20_000;
const LIMIT_PERCENT = 1;
/** What Linux counts processor time in, on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;
/** Timers as they are in production. */
const DEFAULT_TIMERS = { LEASE_SECONDS: '60', LEASE_HEARTBEAT_SECONDS: '15', PROGRESS_INTERVAL_SECONDS: '2', RECOVERY_INTERVAL_SECONDS: '60', SWEEP_INTERVAL_SECONDS: '3600', VISIBILITY_TIMEOUT_SECONDS: '300', VISIBILITY_HEARTBEAT_SECONDS: '100', RECEIVE_WAIT_SECONDS: '20' };
const STATES = ['refused', 'silent', 'open'] as const;
const WHAT = { refused: 'all of AWS refuses connections', silent: 'all of AWS takes connections and never answers', open: 'all of AWS is there and nothing is to do' };

/** Measures the processor time of replicas, their GDAL children included, that have nothing to do and nothing to reach. */
export async function runIdle(trial: Trial): Promise<Finding[]> {
  const folder = await mkdtemp(join(trial.folder, 'idle-'));
  const world = await startWorld(folder, trial.random, trial.tally);
  const proxies: CuttableProxy[] = [];
  const replicas: Awaited<ReturnType<typeof startServer>>[] = [];
  const killAll = () => replicas.forEach((replica) => replica.kill('SIGKILL'));
  process.once('exit', killAll);
  try {
    for (const state of STATES) {
      const own = await Promise.all([world.endpoints.s3, world.endpoints.sqs, world.endpoints.dynamodb].map((url) => startCuttableProxy(url)));
      proxies.push(...own);
      const [s3, sqs, dynamodb] = own.map(({ url }) => url);
      replicas.push(await startServer(world.variablesOf(`idle-${state}`, { ...DEFAULT_TIMERS, AWS_ENDPOINT_URL_S3: s3 ?? '', AWS_ENDPOINT_URL_SQS: sqs ?? '', AWS_ENDPOINT_URL_DYNAMODB: dynamodb ?? '' })));
      for (const proxy of own) proxy.set(state);
    }
    await delay(SETTLE_MS);
    const before = replicas.map(({ pid }) => processorSeconds(pid));
    await delay(trial.options.idleSeconds * 1000);
    const percents = replicas.map(({ pid }, index) => ((processorSeconds(pid) - (before[index] ?? 0)) / trial.options.idleSeconds) * 100);
    const answers = await Promise.all(replicas.map(({ url }) => request(`${url}/ping`).then(({ status }) => status, () => 0)));
    STATES.forEach((state, index) => trial.say(`when ${WHAT[state]}, an idle replica uses ${percents[index]?.toFixed(2) ?? '?'} % of a processor over ${trial.options.idleSeconds} s`));
    return [
      finding(`idle with AWS down, a replica uses less than ${LIMIT_PERCENT} % of a processor, and answers`, STATES.length, [
        ...STATES.flatMap((state, index) => ((percents[index] ?? Infinity) < LIMIT_PERCENT ? [] : [`${percents[index]?.toFixed(2) ?? '?'} % when ${WHAT[state]}`])),
        ...STATES.flatMap((state, index) => (answers[index] === 200 ? [] : [`/ping answers ${answers[index] ?? 0} when ${WHAT[state]}`])),
      ]),
    ];
  } finally {
    killAll();
    await Promise.all(replicas.map(({ end }) => end));
    process.off('exit', killAll);
    await Promise.all(proxies.map((proxy) => proxy.close()));
    await world.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** proc(5): behind the program's name, in parentheses, fields 14 and 15 of the whole are user and system time in ticks. */
function processorSeconds(pid: number): number {
  const pids = [pid, ...listProcesses().filter(({ parent }) => parent === pid).map((child) => child.pid)];
  return pids.reduce((sum, each) => {
    const stat = readFileSync(`/proc/${each}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return sum + (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  }, 0);
}
