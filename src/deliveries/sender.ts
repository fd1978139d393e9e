import type { Completion, Delivery } from '../domain/completion.js';

/** What became of one try to tell. */
export interface SendResult {
  /** `later`: another try may succeed; `never`: none will. */
  end: 'delivered' | 'later' | 'never';
  /** HTTP status of the answer; null when there was none. */
  statusCode: number | null;
  error: string | null;
  /** Shortest wait before the next try that the receiver asked for, in milliseconds. */
  retryAfterMs?: number;
}

/** Tells one target of a completion; never throws. An abort ends the try. */
export type Sender = (completion: Completion, delivery: Delivery, signal: AbortSignal) => Promise<SendResult>;
