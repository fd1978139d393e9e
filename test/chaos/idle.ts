import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { listProcesses } from '../run/processes.js';
import { startServer } from '../support/program.js';
import { finding, type Finding } from './invariants.js';
import type { Trial } from './trial.js';
import { startWorld } from './world.js';

const SETTLE_MS = 15_000;
const MEASURE_MS = 30_000;
const LIMIT_PERCENT = 1;
/** What Linux counts processor time in, on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;
/** Timers as they are in production. */
const DEFAULT_TIMERS = { LEASE_SECONDS: '60', LEASE_HEARTBEAT_SECONDS: '15', PROGRESS_INTERVAL_SECONDS: '2', RECOVERY_INTERVAL_SECONDS: '300', VISIBILITY_TIMEOUT_SECONDS: '300', VISIBILITY_HEARTBEAT_SECONDS: '100', RECEIVE_WAIT_SECONDS: '20' };

/** Measures the processor time of a replica, its children included, that has nothing to reach. */
export async function runIdle(deps: Trial): Promise<Finding[]> {
  const folder = await mkdtemp(join(deps.folder, 'idle-'));
  const world = await startWorld(folder, deps.random, deps.tally);
  const replica = await startServer(world.variablesOf('idle', DEFAULT_TIMERS));
  const killReplica = () => replica.kill('SIGKILL');
  process.once('exit', killReplica);
  try {
    await world.cutOff();
    await delay(SETTLE_MS);
    const before = processorSeconds(replica.pid);
    await delay(MEASURE_MS);
    const percent = ((processorSeconds(replica.pid) - before) / (MEASURE_MS / 1000)) * 100;
    deps.say(`idle with SQS and DynamoDB down, the replica uses ${percent.toFixed(2)} % of a processor`);
    return [finding(`idle with AWS down, a replica uses less than ${LIMIT_PERCENT} % of a processor`, 1, percent < LIMIT_PERCENT ? [] : [`${percent.toFixed(2)} %`])];
  } finally {
    killReplica();
    await replica.end;
    process.off('exit', killReplica);
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
