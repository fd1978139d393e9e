import { createHash } from 'node:crypto';

const MOST_KEPT = 2000;

export interface RepeatedMessages<Answer> {
  /** The answer to the message: the former one when the same message was here before, or is being worked on; else that of `work`. An error is not kept. */
  answer(id: string, body: Buffer | string, work: () => Promise<Answer>): Promise<Answer>;
}

/**
 * The latest messages of this process and how they were answered, so that a sender that repeats itself hears the same.
 * That no second job comes of it in another process, or later, is up to what the rows keep.
 */
export function createRepeatedMessages<Answer>(deps: { now: () => number; keptMs: number }): RepeatedMessages<Answer> {
  const kept = new Map<string, { answer: Promise<Answer>; until: number }>();

  return {
    answer(id, body, work) {
      // The id alone could be another sender's.
      const key = `${id} ${createHash('sha256').update(body).digest('base64')}`;
      const known = kept.get(key);
      if (known !== undefined && known.until > deps.now()) return known.answer;
      kept.delete(key);
      const answer = work();
      kept.set(key, { answer, until: deps.now() + deps.keptMs });
      answer.catch(() => kept.delete(key));
      for (const oldest of kept.keys()) {
        if (kept.size <= MOST_KEPT) break;
        kept.delete(oldest);
      }
      return answer;
    },
  };
}
