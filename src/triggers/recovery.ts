import { repeat, type Repetition } from '../domain/repeat.js';
import type { ViewpointRecord } from '../domain/viewpoint-record.js';
import type { Executor } from '../executor/executor.js';
import type { JobLog } from '../executor/run-job.js';
import { createSilenceWatch } from '../executor/silence.js';
import type { Unattended } from '../storage/job-table/searches.js';
import type { ViewpointTable } from '../storage/viewpoint-table.js';

/** Between the end of a lease and the search for its viewpoint, at most, in milliseconds; spread, so that not all replicas search at once. */
const AFTER_EXPIRY_MS = 1000;
/** Until the next search when this replica had no room for all that it found. */
const NO_ROOM_MS = 5000;

/**
 * Searches the table now and then for viewpoints that a replica took on and died over: a message brings back those
 * that came over the queue, nothing else those that came over HTTP. Each is submitted to this replica's executor, if need be
 * as the next after those that run, ahead of what still lies in the queue; the lease decides between several replicas that find the same. A search that sees a lease
 * comes again when that ends, so with an interval of at most a lease each dead worker is noticed right then.
 */
export function startRecovery(deps: {
  table: ViewpointTable;
  executor: Executor;
  log: JobLog;
  now: () => number;
  intervalMs: number;
  leaseMs: number;
  /** Time in which the message of a viewpoint that nobody takes on has surely gone to the dead-letter queue. */
  messageLifeMs: number;
  /** Called with what is to be told before the next search, so that one reading of the table serves both. */
  onDeliveries: (found: Unattended['deliveries']) => void;
}): Repetition {
  const { table, executor, log, now } = deps;
  const silence = createSilenceWatch(deps.leaseMs);
  const untaken = createSilenceWatch(deps.messageLifeMs);

  /** Answers in how many milliseconds to search again, at the latest. */
  async function search(stopping: AbortSignal): Promise<number> {
    const { viewpointIds, held, untouched, nextExpiry, deliveries } = await table.findUnattended(now(), now() + deps.intervalMs);
    deps.onDeliveries(deliveries);
    const broken = await breakSilentLeases(held);
    const isAllTaken =
      takeOver([...viewpointIds, ...broken], () => !stopping.aborted && executor.nextSlots() > 0) &&
      takeOver(withoutMessage(untouched), () => !stopping.aborted && executor.freeSlots() > 0);
    if (!isAllTaken) return NO_ROOM_MS;
    return nextExpiry === null ? Infinity : Math.max(0, nextExpiry - now()) + AFTER_EXPIRY_MS * (0.5 + Math.random() / 2);
  }

  /** Answers whether there was room for all. */
  function takeOver(viewpointIds: readonly string[], hasRoom: () => boolean): boolean {
    return viewpointIds.every((viewpointId) => {
      if (executor.find(viewpointId) !== undefined) return true; // waits for its turn since an earlier search
      if (!hasRoom()) return false;
      log.warn({ viewpointId }, 'viewpoint was abandoned, taken over');
      executor.submit({ viewpointId, correlationId: null, isLastChance: true });
      return true;
    });
  }

  /** Answers whose leases and claims ended, wherever the clock of their writers was, since nobody has renewed them for as long as a lease lasts. */
  async function breakSilentLeases(held: readonly ViewpointRecord[]): Promise<string[]> {
    silence.keepOnly(held);
    const broken: string[] = [];
    for (const record of held) {
      if (!silence.isSilent(record)) continue;
      // A mere claim keeps nobody from taking the lease.
      if (record.lease_owner !== null && !(await table.breakLease(record))) continue;
      log.warn({ viewpointId: record.viewpoint_id, owner: record.lease_owner, expiresAt: record.lease_expires_at }, 'lease or claim was not renewed, broken');
      broken.push(record.viewpoint_id);
    }
    return broken;
  }

  /** Viewpoints that nobody took on for so long have lost their messages: whoever received them died before it could take a lease. */
  function withoutMessage(untouched: readonly ViewpointRecord[]): string[] {
    untaken.keepOnly(untouched);
    return untouched.filter((record) => untaken.isSilent(record)).map((record) => record.viewpoint_id);
  }

  return repeat(0, async (stopping) => {
    const latestMs = await search(stopping).catch((error: unknown) => {
      log.warn({ err: error }, 'search for abandoned viewpoints failed');
      return Infinity;
    });
    // Replicas that started together must not search together for ever.
    return Math.min(deps.intervalMs * (0.75 + Math.random() / 4), latestMs);
  });
}
