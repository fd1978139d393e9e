import { Gauge, type Registry } from 'prom-client';
import type { Executor } from '../executor/executor.js';
import type { Volume } from '../storage/volume.js';
import type { QueueDepth } from '../triggers/job-queue.js';

export interface SampledGauges {
  executor: Pick<Executor, 'snapshot' | 'freeSlots'>;
  volume: Pick<Volume, 'freeBytes'>;
  queueDepth: () => Promise<QueueDepth>;
  /** Time since SQS last answered a receive call, in milliseconds; null without a poller. */
  queueSilentMs: () => number | null;
  now: () => number;
}

/** One figure of the queue serves all who ask within this time, in milliseconds. */
const QUEUE_FRESH_MS = 10_000;
/** A scrape does not wait longer than this for what has to be looked up, in milliseconds. */
const LOOK_UP_LIMIT_MS = 2000;

/** Registers the figures that are looked up when Prometheus asks. What cannot be had then is left out of the answer, and shows there as absent. */
export function registerSampledGauges(registry: Registry, { executor, volume, queueDepth, queueSilentMs, now }: SampledGauges): void {
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number | null) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        const value = read();
        if (value === null) this.remove();
        else this.set(value);
      },
    });
  gauge('viewpoint_jobs_running', 'Jobs that run.', () => executor.snapshot().running.length);
  gauge('viewpoint_jobs_waiting', 'Jobs that wait for a slot.', () => executor.snapshot().waiting.length);
  gauge('viewpoint_slots', 'Jobs that can run at a time.', () => executor.snapshot().concurrency);
  gauge('viewpoint_slots_free', 'Jobs that could start at once; 0 while the service shuts down.', () => executor.freeSlots());
  gauge('viewpoint_queue_silent_seconds', 'Time since SQS last answered a receive call; grows while all slots are busy, too.', () => {
    const silentMs = queueSilentMs();
    return silentMs === null ? null : silentMs / 1000;
  });

  new Gauge({
    name: 'viewpoint_volume_free_bytes',
    help: 'Room on the shared volume.',
    registers,
    async collect() {
      const bytes = await withinLimit(volume.freeBytes());
      if (bytes === null) this.remove();
      else this.set(bytes);
    },
  });

  let latest: { at: number; depth: Promise<QueueDepth | null> } | undefined;
  new Gauge({
    name: 'viewpoint_queue_messages',
    help: 'About how many messages the queue holds: visible, in flight (received, not yet deleted) and delayed.',
    labelNames: ['state'],
    registers,
    async collect() {
      if (latest === undefined || now() - latest.at > QUEUE_FRESH_MS) latest = { at: now(), depth: withinLimit(queueDepth()) };
      const depth = await latest.depth;
      this.reset();
      if (depth === null) return;
      this.set({ state: 'visible' }, depth.visible);
      this.set({ state: 'in_flight' }, depth.inFlight);
      this.set({ state: 'delayed' }, depth.delayed);
    },
  });
}

/** null when it fails or takes too long. */
async function withinLimit<Value>(value: Promise<Value>): Promise<Value | null> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), LOOK_UP_LIMIT_MS)));
  try {
    return await Promise.race([value.catch(() => null), limit]);
  } finally {
    clearTimeout(timer);
  }
}
