import { createHash } from 'node:crypto';

/**
 * Requests for a viewpoint that carried an id of their own (an Idempotency-Key, the id of a webhook or of an SNS message):
 * the row keeps the latest, so that one that is repeated starts no second job, on whichever replica it arrives.
 */

export interface RequestId {
  /** Unique among requests of its kind for the viewpoint, as `webhook:msg_1`. */
  id: string;
  /** Of what was asked for; the same id with another one is a mistake of the caller. */
  fingerprint: string;
}

export interface NotedRequest extends RequestId {
  /** Epoch seconds. */
  at: number;
  /** What was answered, if that is to be answered again. */
  answer: { status: 200 | 202; body: object } | null;
}

/** Callers try again within hours (the draft of Idempotency-Key leaves the time to the service). */
const KEPT_SECONDS = 86_400;
/** Keeps the row far from DynamoDB's 400 kB, and the tile server's reads quick. */
const MOST_KEPT = 16;

/** An id and a fingerprint of fixed length, however long the caller's are. */
export function requestId(kind: string, id: string, asked: object): RequestId {
  return { id: digest(`${kind}\0${id}`), fingerprint: digest(JSON.stringify(asked)) };
}

/** The requests in the row's text; none when it cannot be read. */
export function notedRequests(text: string | null): NotedRequest[] {
  try {
    const list: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(list) ? list.filter((item: unknown): item is NotedRequest => typeof item === 'object' && item !== null) : [];
  } catch {
    return [];
  }
}

/** The row's text with one more request, or with another answer to it; old ones go. */
export function withRequest(text: string | null, request: RequestId, answer: NotedRequest['answer'], nowSeconds: number): string {
  const others = notedRequests(text).filter(({ id, at }) => id !== request.id && nowSeconds - at < KEPT_SECONDS);
  return JSON.stringify([...others, { ...request, at: nowSeconds, answer }].slice(-MOST_KEPT));
}

/** The request that was noted under this id, within the time for which requests are kept. */
export function requestNoted(text: string | null, { id }: RequestId, nowSeconds: number): NotedRequest | undefined {
  return notedRequests(text).find((noted) => noted.id === id && nowSeconds - noted.at < KEPT_SECONDS);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 27);
}
