import type { Tally } from './tally.js';

/** Log lines that say why a message is deleted. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['message is out of date, deleted', 'deleted: there is no such viewpoint'],
  ['notice acknowledged', 'deleted: a notice'],
  ['event ignored', 'deleted: an event that no rule is for'],
]);
const NOT_OURS = 'message is not for this service, left to the dead-letter queue';

interface LogLine {
  messageId?: string;
  msg?: string;
}

/**
 * Accounts for every message by the dead-letter queue and by the log of the replica that handled them: each is either a
 * dead letter that was refused, or deleted for a reason; returns what is not.
 */
export function accountFor(sent: ReadonlyMap<string, string>, letters: ReadonlyMap<string, string>, log: string, tally: Tally): string[] {
  const told = new Map<string, Set<string>>();
  for (const { messageId, msg } of log.split('\n').map(logLine)) {
    if (messageId === undefined || msg === undefined) continue;
    told.set(messageId, (told.get(messageId) ?? new Set()).add(msg));
  }
  return [...sent].flatMap(([id, body]) => {
    const lines = told.get(id) ?? new Set<string>();
    const reasons = [...REASONS].filter(([line]) => lines.has(line)).map(([, reason]) => reason);
    const isDeleted = lines.has('message deleted');
    const what = `${id} (${body.slice(0, 120)}): ${[...lines].join('; ')}`;
    if (letters.has(id)) {
      tally.add('hostile messages', 'dead letter: not for this service');
      return lines.has(NOT_OURS) && !isDeleted ? [] : [`dead letter that nobody refused: ${what}`];
    }
    tally.add('hostile messages', reasons[0] ?? 'unaccounted for');
    return isDeleted && reasons.length > 0 ? [] : [`neither a dead letter nor deleted for a reason: ${what}`];
  });
}

function logLine(text: string): LogLine {
  try {
    return JSON.parse(text) as LogLine;
  } catch {
    return {};
  }
}
