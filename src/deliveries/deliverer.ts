import { changeDeliveries, pruned, type Completion, type Delivery } from '../domain/completion.js';
import type { ViewpointRecord } from '../domain/viewpoint-record.js';
import { backoffMs, type BackoffOptions } from '../executor/backoff.js';
import type { JobLog } from '../executor/run-job.js';
import type { ViewpointTable } from '../storage/viewpoint-table.js';
import { createAgenda } from './agenda.js';
import type { Sender, SendResult } from './sender.js';

export interface Deliverer {
  /** Something on the row is due now. */
  due(viewpointId: string): void;
  /** Something on a row will be due, in epoch milliseconds; another replica may see to it, which gets some time to. */
  dueElsewhere(viewpointId: string, dueAt: number): void;
  /** Begins no more tries, lets those under way end within the time, and gives the rest back. */
  stop(graceMs: number): Promise<void>;
}

export interface DelivererDeps {
  table: ViewpointTable;
  send: Sender;
  log: JobLog;
  now: () => number;
  retries: BackoffOptions & { tries: number };
  /** After this time, in milliseconds, another replica may try what this one began and said no more of. */
  claimMs: number;
  /** Told how each try went. */
  onTried?: (outcome: 'delivered' | 'retried' | 'given_up') => void;
}

interface Sent {
  completionId: string;
  delivery: Delivery;
  result: SendResult;
  startedAt: number;
  endedAt: number;
}

/** Rows whose deliveries are under way at a time. */
const CONCURRENCY = 16;
/** How long others wait for the replica that tried last, in milliseconds. */
const OTHERS_WAIT_MS = 5000;
/** The longest wait that a receiver may ask for, in milliseconds: a row that never became READY lasts a day. */
const LONGEST_RETRY_AFTER_MS = 12 * 3600_000;
const TABLE_BACKOFF_MS = 5000;
const MOST_REMEMBERED = 1000;

/**
 * Tells of completions that lie on the rows of the table. Each try is claimed on the row first, by moving its time
 * into the future, so that of several replicas one makes it, and its outcome is written there, so that any replica can
 * make the next. A replica that dies between the two makes for one try too many: receivers know it by the event's id.
 */
export function createDeliverer(deps: DelivererDeps): Deliverer {
  const { table, log, now } = deps;
  const stopping = new AbortController();
  const agenda = createAgenda({ now, concurrency: CONCURRENCY, run: attend });
  /** Completions that this replica has still to tell of: the tile server may put a row without them. */
  const remembered = new Map<string, { version: number; completions: Completion[] }>();

  /** Makes the tries that are due on a row; answers when to look at it again, in epoch milliseconds, or 0 for never. */
  async function attend(viewpointId: string): Promise<number> {
    try {
      const claimed = await claim(viewpointId);
      if (claimed === null) return await lookLater(viewpointId);
      const sent = await Promise.all(claimed.flatMap(({ completion, deliveries }) => deliveries.map((delivery) => send(viewpointId, completion, delivery))));
      const written = await table.changeDeliveries(viewpointId, (record) => ({ ...record, completions: pruned(outcomes(withRemembered(record), sent)) }));
      remember(viewpointId, written);
      return written?.delivery_due_at ?? 0;
    } catch (error) {
      log.warn({ err: error, viewpointId }, 'deliveries put off');
      return now() + TABLE_BACKOFF_MS;
    }
  }

  async function claim(viewpointId: string): Promise<{ completion: Completion; deliveries: Delivery[] }[] | null> {
    const isDue = ({ state, due_at }: Delivery) => state === 'pending' && due_at <= now();
    let claimed: { completion: Completion; deliveries: Delivery[] }[] = [];
    const written = await table.changeDeliveries(viewpointId, (record) => {
      const completions = withRemembered(record);
      claimed = completions.map((completion) => ({ completion, deliveries: completion.deliveries.filter(isDue) })).filter(({ deliveries }) => deliveries.length > 0);
      if (claimed.length === 0) return null;
      return { ...record, completions: changeDeliveries(completions, (delivery) => (isDue(delivery) ? { ...delivery, due_at: now() + deps.claimMs, tries: delivery.tries + 1 } : delivery)) };
    });
    remember(viewpointId, written);
    return written === null ? null : claimed;
  }

  /** Nothing was due: another replica was here first, or will be. */
  async function lookLater(viewpointId: string): Promise<number> {
    const dueAt = (await table.get(viewpointId))?.delivery_due_at ?? 0;
    return dueAt === 0 ? 0 : Math.max(now(), dueAt) + OTHERS_WAIT_MS;
  }

  async function send(viewpointId: string, completion: Completion, delivery: Delivery): Promise<Sent> {
    const startedAt = now();
    const result = await deps.send(completion, delivery, stopping.signal);
    const details = { viewpointId, deliveryId: delivery.id, eventId: completion.id, statusCode: result.statusCode, tries: delivery.tries + 1 };
    if (result.end === 'delivered') log.info(details, 'completion delivered');
    else log.warn({ ...details, reason: result.error }, 'completion not delivered');
    const isLast = result.end === 'never' || delivery.tries + 1 >= deps.retries.tries;
    deps.onTried?.(result.end === 'delivered' ? 'delivered' : isLast ? 'given_up' : 'retried');
    return { completionId: completion.id, delivery, result, startedAt, endedAt: now() };
  }

  function outcomes(completions: readonly Completion[], sent: readonly Sent[]): Completion[] {
    return changeDeliveries(completions, (delivery, completion) => {
      const mine = sent.find((one) => one.completionId === completion.id && one.delivery.id === delivery.id);
      return mine === undefined ? delivery : afterTry(delivery, mine);
    });
  }

  function afterTry(delivery: Delivery, { result, startedAt, endedAt }: Sent): Delivery {
    // A try that this replica's end cut off says nothing of the receiver.
    if (result.end === 'later' && result.statusCode === null && stopping.signal.aborted) return { ...delivery, due_at: now(), tries: Math.max(0, delivery.tries - 1) };
    const attempt = { at: new Date(startedAt).toISOString(), status_code: result.statusCode, error: result.error, duration_ms: Math.max(0, Math.round(endedAt - startedAt)) };
    const attempts = [...delivery.attempts, attempt];
    if (result.end === 'delivered') return { ...delivery, state: 'delivered', due_at: 0, attempts };
    if (result.end === 'never' || delivery.tries >= deps.retries.tries) return { ...delivery, state: 'failed', due_at: 0, attempts };
    const waitMs = Math.max(backoffMs(deps.retries, delivery.tries), Math.min(LONGEST_RETRY_AFTER_MS, result.retryAfterMs ?? 0));
    return { ...delivery, due_at: endedAt + waitMs, attempts };
  }

  /** What the row holds, and what it has lost to a writer that puts whole rows, whose count of versions begins anew. */
  function withRemembered(record: ViewpointRecord): Completion[] {
    const mine = remembered.get(record.viewpoint_id);
    if (mine === undefined || record.delivery_version >= mine.version) return record.completions;
    const there = new Set(record.completions.map(({ id }) => id));
    return [...mine.completions.filter(({ id }) => !there.has(id)), ...record.completions];
  }

  function remember(viewpointId: string, record: ViewpointRecord | null): void {
    if (record === null) return;
    if (record.delivery_due_at === 0) remembered.delete(viewpointId);
    else if (remembered.size < MOST_REMEMBERED || remembered.has(viewpointId)) remembered.set(viewpointId, { version: record.delivery_version, completions: record.completions });
  }

  return {
    due: (viewpointId) => agenda.add(viewpointId, now()),
    dueElsewhere: (viewpointId, dueAt) => agenda.add(viewpointId, Math.max(now(), dueAt + OTHERS_WAIT_MS * Math.random())),
    async stop(graceMs) {
      const timer = setTimeout(() => stopping.abort(new Error('the service is shutting down')), graceMs);
      await agenda.stop();
      clearTimeout(timer);
    },
  };
}

