import { setTimeout as delay } from 'node:timers/promises';
import type { Expectation } from './plan.js';
import { readRows, statusOf } from './rows.js';
import { NAMES, type World } from './world.js';

const LOOK_INTERVAL_MS = 500;
const NEWS_INTERVAL_MS = 15_000;
/** Longer than the longest wait of a message whose job could not be carried out. */
const LONGEST_STANDSTILL_MS = 150_000;

/** Resolves with true when every viewpoint has its end and the queue is empty, with false when nothing has moved for long. */
export async function untilAllEnded(world: World, expectations: ReadonlyMap<string, Expectation>, look: () => Promise<void>, say: (line: string) => void): Promise<boolean> {
  let last = '';
  let movedAt = performance.now();
  let saidAt = performance.now();
  for (;;) {
    const rows = await readRows(world.dynamodb, NAMES.tableName);
    const open = [...expectations.keys()].filter((viewpointId) => statusOf(rows.get(viewpointId)) === 'REQUESTED');
    const messages = await world.tileServer.messageCount();
    await look();
    if (open.length === 0 && messages === 0) return true;
    const now = `${open.join()} ${messages}`;
    if (now !== last) movedAt = performance.now();
    else if (performance.now() - movedAt > LONGEST_STANDSTILL_MS) return false;
    last = now;
    if (performance.now() - saidAt > NEWS_INTERVAL_MS) {
      saidAt = performance.now();
      say(`waiting for ${open.length} viewpoints (${open.slice(0, 5).join(', ')}) and ${messages} messages`);
    }
    await delay(LOOK_INTERVAL_MS);
  }
}
