import { setTimeout as delay } from 'node:timers/promises';
import { cancelledError, toViewpointError, ViewpointError } from '../domain/errors.js';
import { definitionDifferences, definitionOf, type Lease, type ViewpointRecord } from '../domain/viewpoint-record.js';
import type { PipelineResult, PipelineRun } from '../pipeline/run-pipeline.js';
import type { ViewpointTable } from '../storage/viewpoint-table.js';
import type { Volume } from '../storage/volume.js';
import { backoffMs, type BackoffOptions } from './backoff.js';
import type { Completions } from './completions.js';
import type { JobTracker } from './job-tracker.js';
import { keepLease, type LeaseKeeper } from './lease-keeper.js';
import type { Outcome } from './outcome.js';

const READY_LIFETIME_DAYS = 36_500;
const DAY_SECONDS = 86_400;
/** Leases that one job may lose to nobody before it leaves the viewpoint to a later try. */
const MOST_LOSSES = 3;

export interface JobLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface RunJobDeps {
  table: ViewpointTable;
  volume: Volume;
  pipeline: (run: PipelineRun) => Promise<PipelineResult>;
  completions: Completions;
  owner: string;
  now: () => number;
  lease: { leaseMs: number; heartbeatMs: number; reportMs: number };
  /** Whether the error comes of an outage that hits every viewpoint: such a one does not fail for it. */
  isOutage: (error: ViewpointError) => Promise<boolean>;
  /** Tries of one job before it is left to a later one. */
  retries: BackoffOptions & { tries: number };
}

export interface JobRun {
  viewpointId: string;
  tracker: JobTracker;
  log: JobLog;
  /** Aborted with a ViewpointError: `cancelled` or `shutting_down`. */
  signal: AbortSignal;
  isLastChance: () => boolean;
}

interface ActiveRun extends JobRun {
  /** Who asked to be told of the end, which a writer that puts the whole row does not know of. */
  callbackUrls: Set<string>;
  /** The row as it was written last with the lease. */
  latest?: ViewpointRecord;
}

/** The tile server's API changed the viewpoint while it was processed, or its image was replaced: the work starts over with the new row. */
class DefinitionChanged extends Error {
  constructor(readonly record: ViewpointRecord) {
    super('the viewpoint was changed during the job');
  }
}

/**
 * Takes the lease, runs the pipeline, and alone decides how the viewpoint ends: READY, FAILED with its cause,
 * or again later. Never throws for what happens to the viewpoint; an unreachable table is the outcome `again`.
 */
export async function runJob(deps: RunJobDeps, jobRun: JobRun): Promise<Outcome> {
  const run: ActiveRun = { ...jobRun, callbackUrls: new Set() };
  try {
    let outcome = await leaseAndRun(deps, run);
    // A writer that puts the whole row wipes the lease off it: then the viewpoint is free, and taken again.
    for (let losses = 1; outcome.end === 'leased_elsewhere' && outcome.until <= deps.now() && losses < MOST_LOSSES; losses++) {
      outcome = await leaseAndRun(deps, run);
    }
    return outcome;
  } catch (error) {
    run.log.error({ err: error }, 'job could not be carried out');
    return { end: 'again', error: toViewpointError(error) };
  }
}

async function leaseAndRun(deps: RunJobDeps, run: ActiveRun): Promise<Outcome> {
  const takenAtMs = performance.now();
  const record = await deps.table.acquireLease(run.viewpointId, deps.owner, deps.now() + deps.lease.leaseMs);
  return record === null ? await withoutLease(deps, run) : await withLease(deps, run, record, takenAtMs);
}

async function withoutLease({ table, volume }: RunJobDeps, run: JobRun): Promise<Outcome> {
  const record = await table.get(run.viewpointId);
  if (record?.viewpoint_status === 'DELETED') await tidyUp(run, () => volume.removeViewpoint(run.viewpointId));
  if (record?.viewpoint_status !== 'REQUESTED') return { end: 'settled', record };
  return leasedElsewhere(record);
}

async function withLease(deps: RunJobDeps, run: ActiveRun, record: ViewpointRecord, firstTakenAtMs: number): Promise<Outcome> {
  const { table, owner, now } = deps;
  const lease: Lease = { viewpointId: run.viewpointId, owner, attempt: record.attempt };
  remember(run, record);
  run.tracker.attemptStarted(record.attempt, record.job?.percent ?? 0);
  run.log.info({ attempt: record.attempt }, 'job started');
  let takenAtMs = firstTakenAtMs;
  for (let current = record; ; ) {
    const keeper = keepLease(table, lease, () => run.tracker.report(), {
      ...deps.lease,
      now,
      takenAtMs,
      onError: (error) => run.log.warn({ err: error, attempt: lease.attempt }, 'lease not renewed'),
    });
    try {
      // Whoever held the viewpoint was asked to stop and died before it did.
      if (current.cancel_requested > 0) return await endUnready(deps, run, lease, current, cancelledError());
      return await untilEnd(deps, run, lease, keeper, current);
    } catch (error) {
      if (!(error instanceof DefinitionChanged)) throw error;
      run.log.info({ attempt: lease.attempt }, 'viewpoint changed during the job, starting over');
      current = error.record;
      takenAtMs = performance.now(); // the change showed in a row that still named this lease
    } finally {
      await keeper.stop();
    }
  }
}

async function untilEnd(deps: RunJobDeps, run: ActiveRun, lease: Lease, keeper: LeaseKeeper, record: ViewpointRecord): Promise<Outcome> {
  const signal = AbortSignal.any([run.signal, keeper.signal]);
  let kills = 0;
  for (let tries = 1; ; ) {
    try {
      const result = await deps.pipeline({ record, lease, signal, progress: run.tracker, confirm: () => confirmUnchanged(run, keeper, record) });
      await keeper.stop();
      return await endReady(deps, run, lease, record, result);
    } catch (thrown) {
      if (thrown instanceof DefinitionChanged) throw thrown;
      let error = toViewpointError(signal.aborted ? signal.reason : thrown);
      if (error.code === 'decoder_killed' && ++kills > 1) error = killedAgain(error);
      run.tracker.tryFailed(error);
      const isWorthATry = error.retryable && (tries < deps.retries.tries || (kills === 1 && error.code === 'decoder_killed'));
      if (!isWorthATry || signal.aborted) return await endUnready(deps, run, lease, record, error);
      run.log.warn({ err: error, attempt: lease.attempt, tries }, 'try failed, trying again');
      // Whoever else needs the room gets it meanwhile.
      if (error.code === 'disk_full') await tidyUp(run, () => deps.volume.removeScratch(lease));
      await delay(backoffMs(deps.retries, tries), undefined, { signal }).catch(() => undefined);
      tries++;
    }
  }
}

/** Killed once, a decoder may have been the victim of others; twice, it is this image that asks for too much. */
function killedAgain(cause: ViewpointError): ViewpointError {
  return new ViewpointError('decoder_crashed', 'The image decoder was killed from outside twice on this image, most likely since it needs more memory than there is.', { cause });
}

async function confirmUnchanged(run: ActiveRun, keeper: LeaseKeeper, record: ViewpointRecord): Promise<void> {
  const current = await keeper.renew();
  remember(run, current);
  const isSameObject = current.object_version === record.object_version;
  if (!isSameObject || definitionDifferences(definitionOf(current), definitionOf(record)).length > 0) throw new DefinitionChanged(current);
}

async function endReady({ table, completions, now }: RunJobDeps, run: ActiveRun, lease: Lease, record: ViewpointRecord, result: PipelineResult): Promise<Outcome> {
  run.tracker.imageKnown(result.image);
  run.tracker.ended(null);
  const isWritten = await table.finishReady(lease, definitionOf(record), {
    localObjectPath: result.localObjectPath,
    expireTime: Math.floor(now() / 1000) + READY_LIFETIME_DAYS * DAY_SECONDS,
    job: run.tracker.report(),
    ended: (current) => completions.ended(current, 'READY', run.tracker.report(), run.callbackUrls),
    objectVersion: record.object_version,
    ...(run.latest === undefined ? {} : { known: run.latest }),
  });
  if (isWritten) {
    completions.written(lease.viewpointId);
    run.log.info({ attempt: lease.attempt, timingsMs: run.tracker.report().timings_ms }, 'viewpoint ready');
    return { end: 'ready' };
  }
  await startOverIfHeld(table, lease);
  throw new ViewpointError('lease_lost', `The viewpoint "${lease.viewpointId}" was taken over, deleted or ended by another process.`);
}

/** An end that could not be written although the lease holds: the row is no longer what the job went by. */
async function startOverIfHeld(table: ViewpointTable, lease: Lease): Promise<void> {
  const current = await table.get(lease.viewpointId);
  if (current?.viewpoint_status === 'REQUESTED' && current.lease_owner === lease.owner && current.attempt === lease.attempt) {
    throw new DefinitionChanged(current);
  }
}

async function endUnready(deps: RunJobDeps, run: ActiveRun, lease: Lease, record: ViewpointRecord, error: ViewpointError): Promise<Outcome> {
  const { table, volume, completions } = deps;
  const details = { err: error, code: error.code, attempt: lease.attempt };
  if (error.code === 'lease_lost') return await leaveLost(deps, run, lease);

  if (error.code === 'shutting_down') {
    // Its message may have used up its receives: then the search for abandoned viewpoints brings it back.
    await table.releaseLease(lease, run.tracker.report(), deps.now() + deps.lease.leaseMs);
    run.log.warn(details, 'job handed back');
    return { end: 'handed_back' };
  }
  const isLastChance = run.isLastChance();
  if (error.retryable && (!isLastChance || (await deps.isOutage(error)))) {
    if (error.code === 'disk_full') await tidyUp(run, () => volume.removeScratch(lease));
    // Nobody else comes back to a viewpoint at its last chance, but the search for abandoned ones does.
    await table.releaseLease(lease, run.tracker.report(), isLastChance ? deps.now() + deps.lease.leaseMs : 0);
    run.log.warn(details, 'job left for a later try');
    return { end: 'again', error };
  }
  run.tracker.ended(error);
  await tidyUp(run, () => volume.removeScratch(lease));
  // Those that are there while the lease holds are dead or this attempt's own.
  const deadScratches = await volume.scratchNames(lease.viewpointId).catch(() => []);
  const job = run.tracker.report();
  const ended = (current: ViewpointRecord) => completions.ended(current, 'FAILED', job, run.callbackUrls);
  if (!(await table.finishFailed(lease, { message: error.message, job, objectVersion: record.object_version, ended }))) {
    await startOverIfHeld(table, lease);
    return await leaveLost(deps, run, lease);
  }
  completions.written(lease.viewpointId);
  await tidyUp(run, () => volume.removeScratches(lease.viewpointId, deadScratches));
  // An image that cannot be used is its owner's business, not an operator's.
  if (error.retryable) run.log.error(details, 'viewpoint failed');
  else run.log.warn(details, 'viewpoint failed');
  return { end: 'failed', error };
}

/** What cannot be removed now is left to the sweep: it must not keep a viewpoint from its end. */
async function tidyUp(run: JobRun, remove: () => Promise<void>): Promise<void> {
  await remove().catch((error: unknown) => run.log.warn({ err: error }, 'files not removed, left to the sweep'));
}

/** Another process has the viewpoint, or it is deleted: nothing of ours may stay where it does harm. */
async function leaveLost({ table, volume }: RunJobDeps, run: JobRun, lease: Lease): Promise<Outcome> {
  const record = await table.get(lease.viewpointId);
  run.log.warn({ attempt: lease.attempt, status: record?.viewpoint_status ?? 'gone' }, 'lease lost, job abandoned');
  if (record === null || record.viewpoint_status === 'DELETED') await tidyUp(run, () => volume.removeViewpoint(lease.viewpointId));
  if (record?.viewpoint_status !== 'REQUESTED') {
    await tidyUp(run, () => volume.removeScratch(lease));
    return { end: 'settled', record };
  }
  return leasedElsewhere(record); // whoever is next makes use of what this attempt has brought, or removes it
}

function remember(run: ActiveRun, record: ViewpointRecord): void {
  run.latest = record;
  for (const url of record.callback_urls) run.callbackUrls.add(url);
}

function leasedElsewhere(record: ViewpointRecord): Outcome {
  return { end: 'leased_elsewhere', until: record.lease_owner === null ? 0 : record.lease_expires_at };
}
