import { randomUUID } from 'node:crypto';
import { completionEvent } from '../domain/completion-event.js';
import { eventType, pruned, type Completion, type Delivery, type DeliveryPart, type DeliveryTarget } from '../domain/completion.js';
import { EMPTY_JOB_REPORT, type JobReport } from '../domain/job.js';
import type { ViewpointRecord } from '../domain/viewpoint-record.js';
import type { ViewpointStatus } from '../domain/viewpoint.js';

/** Sees to it that the end of a job is told of. */
export interface Completions {
  /**
   * What the row holds once the job has ended so: a completion for whoever asked to be told, on the row or of this
   * replica alone (`callbackUrls`), and for the targets of all.
   */
  ended(record: ViewpointRecord, status: ViewpointStatus, job: JobReport, callbackUrls?: Iterable<string>): DeliveryPart;
  /** The same for one who asks when the job has ended already; null when it was told of that end before. */
  endedBefore(record: ViewpointRecord, callbackUrl: string): DeliveryPart | null;
  /** The row is written: what is due on it can be delivered. */
  written(viewpointId: string): void;
}

export interface CompletionsDeps {
  /** Told of every job. */
  targets: readonly DeliveryTarget[];
  /** Attribute `source` of the events. */
  source: string;
  now: () => number;
  onWritten: (viewpointId: string) => void;
}

export function createCompletions({ targets, source, now, onWritten }: CompletionsDeps): Completions {
  const pendingDelivery = (completionId: string, index: number, target: DeliveryTarget): Delivery => ({
    ...target,
    id: `${completionId}-${index}`,
    state: 'pending',
    due_at: now(),
    tries: 0,
    attempts: [],
  });

  function newCompletion(record: ViewpointRecord, status: ViewpointStatus, job: JobReport, told: readonly DeliveryTarget[]): Completion {
    const id = `msg_${randomUUID().replaceAll('-', '')}`;
    const time = new Date(now()).toISOString();
    const event = JSON.stringify(completionEvent({ id, source, time, record, status, job }));
    return { id, type: eventType(status), created_at: time, event, deliveries: told.map((target, index) => pendingDelivery(id, index, target)) };
  }

  return {
    ended(record, status, job, callbackUrls = []) {
      const addresses = new Set([...callbackUrls, ...record.callback_urls]);
      const callbacks = [...addresses].map((address): DeliveryTarget => ({ kind: 'webhook', address }));
      const others = targets.filter(({ address }) => !addresses.has(address));
      const told = [...callbacks, ...others];
      const completions = told.length === 0 ? record.completions : [...record.completions, newCompletion(record, status, job, told)];
      return { callback_urls: [], completions: pruned(completions) };
    },

    endedBefore(record, callbackUrl) {
      const target: DeliveryTarget = { kind: 'webhook', address: callbackUrl };
      const { callback_urls, completions } = record;
      const latest = completions.at(-1);
      // Of the end that the row shows there is an event only if somebody was told of it.
      if (latest === undefined || latest.type !== eventType(record.viewpoint_status) || !isOf(latest, record)) {
        return { callback_urls, completions: pruned([...completions, newCompletion(record, record.viewpoint_status, record.job ?? EMPTY_JOB_REPORT, [target])]) };
      }
      if (latest.deliveries.some(({ address }) => address === callbackUrl)) return null;
      const delivery = pendingDelivery(latest.id, latest.deliveries.length, target);
      return { callback_urls, completions: pruned([...completions.slice(0, -1), { ...latest, deliveries: [...latest.deliveries, delivery] }]) };
    },

    written: onWritten,
  };
}

/** Whether a completion is of the end that the row shows. */
function isOf({ event }: Completion, { job }: ViewpointRecord): boolean {
  return job?.ended_at != null && (JSON.parse(event) as { time?: unknown }).time === job.ended_at;
}
