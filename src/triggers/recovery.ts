import type { Executor } from '../executor/executor.js';
import type { JobLog } from '../executor/run-job.js';
import type { Unattended, ViewpointTable } from '../storage/viewpoint-table.js';

export interface Recovery {
  stop(): Promise<void>;
}

const LEAST_JITTER = 0.75;
const LONGEST_JITTER = 1.25;

/**
 * Searches the table now and then for viewpoints that a replica took on and died over: a message brings back those
 * that came over the queue, nothing else those that came over HTTP. Each is submitted to this replica's executor
 * as far as it has room; the lease decides between several replicas that find the same.
 */
export function startRecovery(deps: {
  table: ViewpointTable;
  executor: Executor;
  log: JobLog;
  now: () => number;
  intervalMs: number;
  /** Called with what is to be told before the next search, so that one reading of the table serves both. */
  onDeliveries: (found: Unattended['deliveries']) => void;
}): Recovery {
  const { table, executor, log, now } = deps;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();
  let isStopped = false;

  async function search(): Promise<void> {
    try {
      const { abandoned, deliveries } = await table.listUnattended(now(), now() + deps.intervalMs * LONGEST_JITTER);
      deps.onDeliveries(deliveries);
      for (const viewpointId of abandoned) {
        if (isStopped || executor.freeSlots() === 0) break;
        log.warn({ viewpointId }, 'viewpoint was abandoned, taken over');
        executor.submit({ viewpointId, correlationId: null, isLastChance: true });
      }
    } catch (error) {
      log.warn({ err: error }, 'search for abandoned viewpoints failed');
    }
    schedule();
  }

  function schedule(): void {
    // Replicas that started together must not search together for ever.
    const jitter = LEAST_JITTER + Math.random() * (LONGEST_JITTER - LEAST_JITTER);
    if (!isStopped) timer = setTimeout(() => void (underWay = search()), deps.intervalMs * jitter);
  }

  underWay = search();

  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await underWay;
    },
  };
}
