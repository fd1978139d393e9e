import { setTimeout as delay } from 'node:timers/promises';

const TICK_MS = 20;
const LONGEST_WAIT_MS = 60_000;

/** Asks until there is an answer; throws, naming what did not come about, when there is none in a minute. */
export async function eventually<Value>(what: string, ask: () => Promise<Value | undefined>): Promise<Value> {
  const deadline = performance.now() + LONGEST_WAIT_MS;
  while (performance.now() < deadline) {
    const value = await ask();
    if (value !== undefined) return value;
    await delay(TICK_MS);
  }
  throw new Error(`In ${LONGEST_WAIT_MS / 1000} s it did not come about that ${what}.`);
}

/** Asks until it is true. */
export async function untilTrue(what: string, ask: () => Promise<boolean> | boolean): Promise<void> {
  await eventually(what, async () => ((await ask()) ? true : undefined));
}
