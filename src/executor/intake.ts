import { ViewpointError } from '../domain/errors.js';
import { requestNoted, withRequest, type NotedRequest, type RequestId } from '../domain/noted-requests.js';
import { refuseUnusable } from '../domain/usable-definition.js';
import { definitionDifferences, definitionOf, viewpointOf, type RowNotes, type ViewpointRecord } from '../domain/viewpoint-record.js';
import { expireTimeAfter, type Viewpoint, type ViewpointDefinition, type ViewpointStatus } from '../domain/viewpoint.js';
import type { ViewpointTable } from '../storage/viewpoint-table.js';
import type { Completions } from './completions.js';
import type { Executor } from './executor.js';
import type { Job, Outcome } from './outcome.js';

export interface ProcessRequest {
  viewpointId: string;
  /** Absent: the row must exist. */
  definition?: ViewpointDefinition;
  /** Process again although the viewpoint is READY. */
  force: boolean;
  correlationId: string;
  /** Who wants to be told of the end; checked already. */
  callbackUrl?: string;
  /** Marks the request as one that may be repeated, without another job. */
  requestId?: RequestId;
  /** Leaves a FAILED viewpoint as it is; tried again otherwise. */
  leaveFailed?: boolean;
  /** Leaves the viewpoint to the queue when there is no room here; refused otherwise. */
  queueWhenFull?: boolean;
}

export interface Taken {
  record: ViewpointRecord;
  /** null when there is nothing to do here. */
  job: Job | null;
  /** The same request when it came first; undefined unless this one repeats it. */
  repeated: NotedRequest | undefined;
}

export interface Intake {
  (request: ProcessRequest): Promise<Taken>;
  /** Keeps what was answered to a request that carries an id, for its repetitions; does without when the table is out of reach. */
  noteAnswer(viewpointId: string, requestId: RequestId, answer: NonNullable<NotedRequest['answer']>): Promise<void>;
}

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
  onNoteError: (error: unknown, viewpointId: string) => void;
}

const HAS_ENDED: ReadonlySet<ViewpointStatus> = new Set(['READY', 'FAILED']);
/** Ends after which a job has left the viewpoint for good. */
const LEAVING_ENDS: ReadonlySet<Outcome['end']> = new Set(['ready', 'failed', 'settled']);
/** They lie on the row, which is written all the time. */
const MOST_CALLBACKS = 10;
/** Each time another writer was quicker. */
const MOST_TRIES = 20;
/** The same, before an answer goes without a note. */
const NOTE_TRIES = 3;

/**
 * Takes a request to process a viewpoint that did not come over the queue: sees to its row, and submits it.
 * The job is null when the viewpoint is READY already. No message stands behind such a job, so when the service
 * shuts down before its end, it is handed over to another replica.
 *
 * The id of a request goes into the row with the very write that creates or reopens it, so that whoever repeats the
 * request finds either that nothing was done or that the job is on its way, also when this process dies in between.
 * The function throws ViewpointError `viewpoint_not_found`, `definition_conflict`, `deleted_cannot_be_processed`,
 * `bucket_not_allowed`, `unusable_object_key`, `idempotency_key_reused`, `callback_refused`, `executor_full`,
 * `shutting_down`, `dependency_unavailable`.
 */
export function createIntake(deps: IntakeDeps): Intake {
  const { table, executor, now } = deps;
  const expireTime = () => expireTimeAfter(now(), deps.timeToLiveDays);
  const claimedUntil = () => now() + deps.claimMs;
  const nowSeconds = () => Math.floor(now() / 1000);

  /** The row, and whether this request made it. */
  async function rowFor({ viewpointId, definition, requestId, callbackUrl }: ProcessRequest): Promise<{ record: ViewpointRecord; isNew: boolean }> {
    const existing = await table.get(viewpointId);
    let isNew = false;
    if (existing === null && definition !== undefined) {
      refuseUnusable(definition, deps.allowedBuckets);
      isNew = await table.create(viewpointId, definition, expireTime(), claimedUntil(), notesOf(null, requestId), callbackUrl === undefined ? [] : [callbackUrl]);
    }
    const record = existing ?? (await table.get(viewpointId));
    if (record === null) {
      throw new ViewpointError('viewpoint_not_found', `There is no viewpoint "${viewpointId}". Send its definition in the body to create it.`);
    }
    return { record, isNew };
  }

  function notesOf(text: string | null, requestId: RequestId | undefined): RowNotes {
    return requestId === undefined ? {} : { requests: withRequest(text, requestId, null, nowSeconds()) };
  }

  function repeatedIn(record: ViewpointRecord, requestId: RequestId | undefined): NotedRequest | undefined {
    const noted = requestId === undefined ? undefined : requestNoted(record.requests, requestId, nowSeconds());
    if (noted === undefined || noted.fingerprint === requestId?.fingerprint) return noted;
    throw new ViewpointError('idempotency_key_reused', `The viewpoint "${record.viewpoint_id}" was asked for something else under the same idempotency key. Use a new key for a new request.`);
  }

  /** Brings the row to REQUESTED and notes the request in it; `isToDo` tells whether there is a job to be done. */
  async function requested(record: ViewpointRecord, request: ProcessRequest, tries = 1): Promise<Omit<Taken, 'job'> & { isToDo: boolean }> {
    const repeated = repeatedIn(record, request.requestId);
    if (repeated !== undefined) return { record, repeated, isToDo: record.viewpoint_status === 'REQUESTED' };
    if (request.definition !== undefined) refuseOther(record, request.definition);
    if (isToReopen(record, request)) {
      const reopened = await table.reopen(record, expireTime(), claimedUntil(), notesOf(record.requests, request.requestId));
      return reopened === null ? requestedAgain(record, request, tries) : { record: reopened, repeated, isToDo: true };
    }
    const noted = request.requestId === undefined ? record : await table.note(record, notesOf(record.requests, request.requestId));
    return noted === null ? requestedAgain(record, request, tries) : { record: noted, repeated, isToDo: noted.viewpoint_status === 'REQUESTED' };
  }

  /** Another writer was quicker: what it left of the row decides. When it reopened the viewpoint, what force asks for is done. */
  async function requestedAgain(former: ViewpointRecord, request: ProcessRequest, tries: number): Promise<Omit<Taken, 'job'> & { isToDo: boolean }> {
    if (tries >= MOST_TRIES) throw new ViewpointError('dependency_unavailable', `The row of the viewpoint "${request.viewpointId}" changes too often, or is not as it should be.`);
    const current = await table.get(request.viewpointId);
    if (current === null) throw new ViewpointError('viewpoint_not_found', `The viewpoint "${request.viewpointId}" was removed meanwhile.`);
    return requested(current, { ...request, force: request.force && current.viewpoint_status === former.viewpoint_status }, tries + 1);
  }

  function isToReopen(record: ViewpointRecord, { force, leaveFailed = false }: ProcessRequest): boolean {
    switch (record.viewpoint_status) {
      case 'READY':
        return force;
      case 'DELETED':
        throw new ViewpointError('deleted_cannot_be_processed', `The viewpoint "${record.viewpoint_id}" is deleted. Use another viewpoint id.`);
      case 'REQUESTED':
        return false;
      case 'FAILED':
        return !leaveFailed;
      case 'UPDATING':
      case 'NOT FOUND':
        return true;
    }
  }

  /** Sees to it that who asked to be told is told, of the end that comes or, when the job has ended already, of that. */
  async function withCallback(taken: Awaited<ReturnType<typeof requested>>, callbackUrl: string | undefined): Promise<Awaited<ReturnType<typeof requested>>> {
    if (callbackUrl === undefined) return taken;
    const viewpointId = taken.record.viewpoint_id;
    if (taken.isToDo && (await addCallback(viewpointId, callbackUrl))) return taken;
    const current = await tellOfFormerEnd(viewpointId, callbackUrl);
    return { ...taken, record: current ?? taken.record, isToDo: false };
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

  /** Answers the row when there was something to tell. */
  async function tellOfFormerEnd(viewpointId: string, callbackUrl: string): Promise<ViewpointRecord | null> {
    const changed = await table.changeDeliveries(viewpointId, (record) => (HAS_ENDED.has(record.viewpoint_status) ? deps.completions.endedBefore(record, callbackUrl) : null));
    if (changed !== null) deps.completions.written(viewpointId);
    return changed;
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

  async function take(request: ProcessRequest): Promise<Taken> {
    // Before anything is written: a full executor must not leave a row behind.
    if (request.queueWhenFull !== true && executor.find(request.viewpointId) === undefined) executor.refuseIfFull();
    const row = await rowFor(request);
    const { record, repeated, isToDo } = row.isNew ? { record: row.record, repeated: undefined, isToDo: true } : await withCallback(await requested(row.record, request), request.callbackUrl);
    if (!isToDo) return { record, repeated, job: null };
    // A row that was not just made or reopened may be one that nobody looks after.
    if (!row.isNew) await table.claim(request.viewpointId, claimedUntil());
    return { record, repeated, job: await submitted(record, request) };
  }

  /** The job; null when it is left to the queue. */
  async function submitted(record: ViewpointRecord, { viewpointId, correlationId, queueWhenFull = false }: ProcessRequest): Promise<Job | null> {
    try {
      const joined = executor.find(viewpointId);
      const job = executor.submit({ viewpointId, correlationId, isLastChance: true });
      // A job that was about to leave when this request reopened its viewpoint has nothing more to do with it.
      const isLeftOpen = (end: Outcome['end']) => end === 'handed_back' || (job === joined && LEAVING_ENDS.has(end));
      void job.outcome.then(({ end }) => (isLeftOpen(end) ? handOver(viewpointId, correlationId) : undefined));
      return job;
    } catch (error) {
      if (!queueWhenFull || !(error instanceof ViewpointError)) throw error;
      await deps.handOver(viewpointOf(record), correlationId);
      return null;
    }
  }

  async function noteAnswer(viewpointId: string, requestId: RequestId, answer: NonNullable<NotedRequest['answer']>): Promise<void> {
    for (let tries = 1; tries <= NOTE_TRIES; tries++) {
      const record = await table.get(viewpointId);
      if (record === null) return;
      if ((await table.note(record, { requests: withRequest(record.requests, requestId, answer, nowSeconds()) })) !== null) return;
    }
  }

  return Object.assign(take, {
    noteAnswer: (...args: Parameters<Intake['noteAnswer']>) => noteAnswer(...args).catch((error: unknown) => deps.onNoteError(error, args[0])),
  });
}

function refuseOther(record: ViewpointRecord, definition: ViewpointDefinition): void {
  const differences = definitionDifferences(definitionOf(record), definition);
  if (differences.length === 0) return;
  throw new ViewpointError(
    'definition_conflict',
    `The viewpoint "${record.viewpoint_id}" exists with another ${differences.join(', ')}. Leave the body out to process it as it is, or use another viewpoint id.`,
  );
}
