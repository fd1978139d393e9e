import type { ViewpointRecord } from '../domain/viewpoint-record.js';
import type { ViewpointStatus } from '../domain/viewpoint.js';
import type { ViewpointTable } from '../storage/viewpoint-table.js';

/** A message in the dead-letter queue. */
export interface DeadLetter {
  messageId: string;
  body: string;
  /** Values of its message attributes, binary ones in base64. */
  attributes: Record<string, string>;
  /** When it was first sent, in epoch milliseconds; null when unknown. */
  sentAt: number | null;
  receiveCount: number;
  /** Those that the message requests, or that the rules make of the objects of its events; empty when there are none. */
  viewpointIds: readonly string[];
  /** What is wrong with a message that requests no viewpoint; null otherwise. */
  fault: string | null;
}

/**
 * The dead-letter queue of the job queue. Methods throw ViewpointError `no_dead_letter_queue`, `dependency_unavailable`,
 * `dependency_missing`.
 */
export interface DeadLetterQueue {
  /**
   * Takes up to `most` messages in hand, hands each to `visit`, and in the end gives all those back that are still there.
   * @param visit answers whether to go on; `sendBack` sends the message to the job queue and then deletes it here.
   */
  visit(most: number, visit: (letter: DeadLetter, sendBack: () => Promise<void>) => Promise<boolean>): Promise<void>;
}

export interface ListedDeadLetter extends DeadLetter {
  viewpointStatus: ViewpointStatus | null;
  /** Why the message is here, as far as its body or the row tells. */
  reason: string | null;
}

export type Redriven = 'sent_back' | 'not_a_viewpoint';

export interface DeadLetters {
  list(most: number): Promise<ListedDeadLetter[]>;
  /**
   * Sends messages back to the job queue, those of FAILED viewpoints so that they are processed again. Those that
   * request no viewpoint stay unless they are named: they would only come back here.
   * @param messageIds null: all.
   */
  redrive(messageIds: readonly string[] | null, most: number): Promise<{ letter: DeadLetter; outcome: Redriven }[]>;
}

export interface DeadLettersDeps {
  queue: DeadLetterQueue;
  table: ViewpointTable;
  now: () => number;
  /** For how long a viewpoint that is sent back is thought to be in good hands, in milliseconds; later the search for abandoned ones finds it. */
  claimMs: number;
}

/** What operators see and do of messages that could not be processed. */
export function createDeadLetters({ queue, table, now, claimMs }: DeadLettersDeps): DeadLetters {
  async function reopenFailed(record: ViewpointRecord | null): Promise<void> {
    if (record?.viewpoint_status === 'FAILED') await table.reopen(record, record.expire_time, now() + claimMs);
  }

  return {
    async list(most) {
      const listed: ListedDeadLetter[] = [];
      await queue.visit(most, async (letter) => {
        const [viewpointId] = letter.viewpointIds;
        const record = viewpointId === undefined ? null : await table.get(viewpointId);
        listed.push({ ...letter, viewpointStatus: record?.viewpoint_status ?? null, reason: reasonOf(letter, record) });
        return true;
      });
      return listed;
    },

    async redrive(messageIds, most) {
      const wanted = messageIds === null ? null : new Set(messageIds);
      const redriven: { letter: DeadLetter; outcome: Redriven }[] = [];
      await queue.visit(most, async (letter, sendBack) => {
        if (wanted === null && letter.viewpointIds.length === 0) {
          redriven.push({ letter, outcome: 'not_a_viewpoint' });
          return true;
        }
        if (wanted !== null && !wanted.delete(letter.messageId)) return true;
        // The row first: a message that finds its viewpoint FAILED is out of date and deleted. Should sending fail
        // then, the search for abandoned viewpoints finds the row.
        for (const viewpointId of letter.viewpointIds) await reopenFailed(await table.get(viewpointId));
        await sendBack();
        redriven.push({ letter, outcome: 'sent_back' });
        return wanted === null || wanted.size > 0;
      });
      return redriven;
    },
  };
}

function reasonOf({ fault, viewpointIds: [viewpointId = ''] }: DeadLetter, record: ViewpointRecord | null): string | null {
  if (fault !== null) return fault;
  if (record === null) return `there is no viewpoint "${viewpointId}"`;
  return record.error_message ?? record.job?.error?.message ?? null;
}
