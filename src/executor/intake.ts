import { ViewpointError } from '../domain/errors.js';
import { refuseUnusable } from '../domain/usable-definition.js';
import { definitionDifferences, definitionOf, viewpointOf, type ViewpointRecord } from '../domain/viewpoint-record.js';
import type { Viewpoint, ViewpointDefinition } from '../domain/viewpoint.js';
import type { ViewpointTable } from '../storage/viewpoint-table.js';
import type { Completions } from './completions.js';
import type { Executor } from './executor.js';
import type { Job } from './outcome.js';

export interface ProcessRequest {
  viewpointId: string;
  /** Absent: the row must exist. */
  definition?: ViewpointDefinition;
  /** Process again although the viewpoint is READY. */
  force: boolean;
  correlationId: string;
  /** Who wants to be told of the end; checked already. */
  callbackUrl?: string;
}

export type Intake = (request: ProcessRequest) => Promise<{ record: ViewpointRecord; job: Job | null }>;

export interface IntakeDeps {
  table: ViewpointTable;
  executor: Executor;
  completions: Completions;
  /** Leaves a viewpoint to another replica. */
  handOver: (viewpoint: Viewpoint, correlationId: string) => Promise<void>;
  now: () => number;
  /** Days until a row that never became READY expires. */
  timeToLiveDays: number;
  /** For how long a waiting job is thought to be in good hands, in milliseconds; later another replica looks after it. */
  claimMs: number;
  allowedBuckets: readonly string[] | null;
  onHandOverError: (error: unknown, viewpointId: string) => void;
}

const DAY_SECONDS = 86_400;
/** They lie on the row, which is written all the time. */
const MOST_CALLBACKS = 10;

/**
 * Takes a request to process a viewpoint that did not come over the queue: sees to its row, and submits it.
 * The job is null when the viewpoint is READY already. No message stands behind such a job, so when the service
 * shuts down before its end, it is handed over to another replica.
 * The function throws ViewpointError `viewpoint_not_found`, `definition_conflict`, `deleted_cannot_be_processed`,
 * `bucket_not_allowed`, `unusable_object_key`, `callback_refused`, `executor_full`, `shutting_down`, `dependency_unavailable`.
 */
export function createIntake(deps: IntakeDeps): Intake {
  const { table, executor, now } = deps;
  const expireTime = () => Math.floor(now() / 1000) + deps.timeToLiveDays * DAY_SECONDS;
  const claimedUntil = () => now() + deps.claimMs;

  async function rowFor({ viewpointId, definition, callbackUrl }: ProcessRequest): Promise<ViewpointRecord> {
    const existing = await table.get(viewpointId);
    if (existing === null && definition !== undefined) {
      refuseUnusable(definition, deps.allowedBuckets);
      await table.create(viewpointId, definition, expireTime(), claimedUntil(), callbackUrl === undefined ? [] : [callbackUrl]);
    }
    const record = existing ?? (await table.get(viewpointId));
    if (record === null) {
      throw new ViewpointError('viewpoint_not_found', `There is no viewpoint "${viewpointId}". Send its definition in the body to create it.`);
    }
    if (definition !== undefined) refuseOther(record, definition);
    return record;
  }

  /** Brings the row to REQUESTED; null when there is nothing to do. */
  async function requested(record: ViewpointRecord, request: Pick<ProcessRequest, 'force' | 'callbackUrl'>): Promise<ViewpointRecord | null> {
    const { callbackUrl } = request;
    switch (record.viewpoint_status) {
      case 'READY':
        if (request.force) return reopened(record, request);
        if (callbackUrl !== undefined) await tellOfFormerEnd(record.viewpoint_id, callbackUrl);
        return null;
      case 'DELETED':
        throw new ViewpointError('deleted_cannot_be_processed', `The viewpoint "${record.viewpoint_id}" is deleted. Use another viewpoint id.`);
      case 'REQUESTED':
        if (callbackUrl !== undefined && !record.callback_urls.includes(callbackUrl) && !(await addCallback(record.viewpoint_id, callbackUrl))) return changedMeanwhile(record, request);
        await table.claim(record.viewpoint_id, claimedUntil());
        return record;
      case 'FAILED':
      case 'UPDATING':
      case 'NOT FOUND':
        return reopened(record, request);
    }
  }

  async function reopened(record: ViewpointRecord, request: Pick<ProcessRequest, 'callbackUrl'>): Promise<ViewpointRecord | null> {
    const changed = await table.reopen(record, expireTime(), claimedUntil());
    return changed === null ? changedMeanwhile(record, request) : requested(changed, { ...request, force: false });
  }

  async function changedMeanwhile({ viewpoint_id }: ViewpointRecord, request: Pick<ProcessRequest, 'callbackUrl'>): Promise<ViewpointRecord | null> {
    const current = await table.get(viewpoint_id);
    if (current === null) throw new ViewpointError('viewpoint_not_found', `The viewpoint "${viewpoint_id}" was removed meanwhile.`);
    return requested(current, { ...request, force: false });
  }

  /** False when the job has ended meanwhile. */
  async function addCallback(viewpointId: string, callbackUrl: string): Promise<boolean> {
    const changed = await table.changeCallbacks(viewpointId, ({ callback_urls, completions }) => {
      const urls = [...new Set([...callback_urls, callbackUrl])];
      if (urls.length <= MOST_CALLBACKS) return { callback_urls: urls, completions };
      throw new ViewpointError('callback_refused', `${MOST_CALLBACKS} callbacks wait for the end of the viewpoint "${viewpointId}" already, which is the most.`);
    });
    return changed !== null;
  }

  async function tellOfFormerEnd(viewpointId: string, callbackUrl: string): Promise<void> {
    const changed = await table.changeDeliveries(viewpointId, (record) => (record.viewpoint_status === 'READY' ? deps.completions.endedBefore(record, callbackUrl) : null));
    if (changed !== null) deps.completions.written(viewpointId);
  }

  async function handOver(viewpointId: string, correlationId: string): Promise<void> {
    try {
      const record = await table.get(viewpointId);
      if (record?.viewpoint_status === 'REQUESTED') await deps.handOver(viewpointOf(record), correlationId);
    } catch (error) {
      deps.onHandOverError(error, viewpointId);
      // The search for abandoned viewpoints finds what somebody claimed once and holds no longer.
      await table.claim(viewpointId, now()).catch((claimError: unknown) => deps.onHandOverError(claimError, viewpointId));
    }
  }

  return async (request) => {
    // Before anything is written: a full executor must not leave a row behind.
    if (executor.find(request.viewpointId) === undefined) executor.refuseIfFull();
    const record = await rowFor(request);
    const toDo = await requested(record, request);
    if (toDo === null) return { record, job: null };
    const job = executor.submit({ viewpointId: request.viewpointId, correlationId: request.correlationId, isLastChance: true });
    void job.outcome.then(({ end }) => (end === 'handed_back' ? handOver(request.viewpointId, request.correlationId) : undefined));
    return { record: toDo, job };
  };
}

function refuseOther(record: ViewpointRecord, definition: ViewpointDefinition): void {
  const differences = definitionDifferences(definitionOf(record), definition);
  if (differences.length === 0) return;
  throw new ViewpointError(
    'definition_conflict',
    `The viewpoint "${record.viewpoint_id}" exists with another ${differences.join(', ')}. Leave the body out to process it as it is, or use another viewpoint id.`,
  );
}
