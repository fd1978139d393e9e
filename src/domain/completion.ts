import type { ViewpointStatus } from './viewpoint.js';

/** Where a completion is told of: a URL, the ARN of an SNS topic, or the name or ARN of an EventBridge bus. */
export interface DeliveryTarget {
  kind: 'webhook' | 'sns' | 'event_bus';
  address: string;
}

/** One try to tell. */
export interface DeliveryAttempt {
  /** ISO 8601. */
  at: string;
  /** HTTP status of the answer; null when there was none. */
  status_code: number | null;
  error: string | null;
  duration_ms: number;
}

/** The telling of one completion to one target. */
export interface Delivery extends DeliveryTarget {
  id: string;
  state: 'pending' | 'delivered' | 'failed';
  /** When it is to be tried next, in epoch milliseconds; 0 when it is not pending. */
  due_at: number;
  /** Tries so far, begun ones included. */
  tries: number;
  /** The latest tries, oldest first. */
  attempts: DeliveryAttempt[];
}

/**
 * The end of one job, as others are told of it: kept in the row's attribute `completions` until it is told, so that any
 * replica can go on. All numbers are integers and there are no sets, as the tile server demands of the table.
 */
export interface Completion {
  /** The same in all tries and for all targets: receivers know by it what they have seen. */
  id: string;
  type: string;
  /** ISO 8601. */
  created_at: string;
  /** The event as it is sent, a JSON text: every try sends the same bytes. */
  event: string;
  deliveries: Delivery[];
}

/** What of a row is about telling others. */
export interface DeliveryPart {
  /** Who asked to be told of the end of the job that is waited for. */
  callback_urls: string[];
  completions: Completion[];
}

/** Ended completions that are kept on a row, for the log and to be told once more. */
const KEPT_ENDED = 3;
/** Completions on a row at most: a receiver that is away while its viewpoint is processed over and over loses the oldest. */
const MOST_COMPLETIONS = 20;
const KEPT_ATTEMPTS = 5;

export const isPending = ({ deliveries }: Completion) => deliveries.some(({ state }) => state === 'pending');

/** When the next delivery is due, in epoch milliseconds; 0 when none is. */
export function nextDueAt(completions: readonly Completion[]): number {
  const due = completions.flatMap(({ deliveries }) => deliveries.filter(({ state }) => state === 'pending').map(({ due_at }) => due_at));
  return due.length === 0 ? 0 : Math.min(...due);
}

/** Without what a row has no room for: old completions that have ended, and of each delivery the old tries. */
export function pruned(completions: readonly Completion[]): Completion[] {
  const ended = completions.filter((completion) => !isPending(completion));
  const dropped = new Set(ended.slice(0, Math.max(0, ended.length - KEPT_ENDED)));
  return completions
    .filter((completion) => !dropped.has(completion))
    .slice(-MOST_COMPLETIONS)
    .map((completion) => ({
      ...completion,
      deliveries: completion.deliveries.map((delivery) => ({ ...delivery, attempts: delivery.attempts.slice(-KEPT_ATTEMPTS) })),
    }));
}

/** The completions with each delivery replaced by what `change` makes of it. */
export function changeDeliveries(completions: readonly Completion[], change: (delivery: Delivery, completion: Completion) => Delivery): Completion[] {
  return completions.map((completion) => ({ ...completion, deliveries: completion.deliveries.map((delivery) => change(delivery, completion)) }));
}

/** Type of the event of a job that ended so. */
export function eventType(status: ViewpointStatus): string {
  return `viewpoint.${status.toLowerCase().replace(' ', '_')}`;
}
