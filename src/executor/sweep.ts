import { repeat, type Repetition } from '../domain/repeat.js';
import type { ViewpointTable } from '../storage/viewpoint-table.js';
import { isRemoved } from '../storage/scratch.js';
import type { Volume } from '../storage/volume.js';
import type { JobLog } from './run-job.js';

export interface SweepDeps {
  table: ViewpointTable;
  volume: Volume;
  log: JobLog;
  intervalMs: number;
  /** Scratch in which something was written more recently is left, in milliseconds: its attempt may be of another table. */
  quietMs: number;
  /** Epoch milliseconds, as the file system tells them. */
  now: () => number;
}

const PAGE_ROWS = 1000;

/**
 * Removes what nobody else does, at once and then now and then: scratch folders whose viewpoint has its end state or
 * is gone, left by processes that died, removals that such processes left half done, and the folders of viewpoints that
 * were deleted while a process that has died since was at work on them. Scratch of a viewpoint that is REQUESTED is its
 * worker's, or the next one's to make use of, unless its removal has begun.
 */
export function startSweep(deps: SweepDeps): Repetition {
  const { log } = deps;
  return repeat(0, async (stopping) => {
    try {
      await sweepOnce(deps, stopping);
    } catch (error) {
      if (!stopping.aborted) log.warn({ err: error }, 'volume not swept');
    }
    // Replicas that started together must not sweep together for ever.
    return deps.intervalMs * (0.75 + Math.random() / 2);
  });
}

async function sweepOnce(deps: SweepDeps, signal: AbortSignal): Promise<void> {
  const viewpointIds = await deps.volume.viewpointIds();
  for (const viewpointId of viewpointIds) {
    signal.throwIfAborted();
    await sweepScratch(deps, viewpointId);
  }
  const withFolder = new Set(viewpointIds);
  for await (const viewpointId of deletedViewpoints(deps.table)) {
    signal.throwIfAborted();
    if (withFolder.has(viewpointId)) await removeIfDeleted(deps, viewpointId);
  }
}

async function sweepScratch({ table, volume, log, quietMs, now }: SweepDeps, viewpointId: string): Promise<void> {
  // Before the row is read: an attempt that begins later has a folder of another name.
  const names = await volume.quietScratches(viewpointId, now() - quietMs);
  if (names.length === 0) return;
  const record = await table.get(viewpointId);
  const scratches = record?.viewpoint_status === 'REQUESTED' ? names.filter(isRemoved) : names;
  if (scratches.length === 0) return;
  await volume.removeScratches(viewpointId, scratches);
  log.warn({ viewpointId, status: record?.viewpoint_status ?? 'gone', scratches }, 'scratch of dead attempts removed');
}

async function removeIfDeleted({ table, volume, log }: SweepDeps, viewpointId: string): Promise<void> {
  // A scan may tell of a row as it was; this read does not.
  if ((await table.get(viewpointId))?.viewpoint_status !== 'DELETED') return;
  await volume.removeViewpoint(viewpointId);
  log.warn({ viewpointId }, 'folder of a deleted viewpoint removed');
}

async function* deletedViewpoints(table: ViewpointTable): AsyncGenerator<string> {
  let after: string | null | undefined;
  while (after !== null) {
    const page = await table.list({ status: 'DELETED', limit: PAGE_ROWS, ...(after === undefined ? {} : { after }) });
    for (const { viewpoint_id: viewpointId } of page.records) yield viewpointId;
    after = page.nextAfter;
  }
}
