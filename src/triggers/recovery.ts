import type { Executor } from '../executor/executor.js';
import type { JobLog } from '../executor/run-job.js';
import type { ViewpointTable } from '../storage/viewpoint-table.js';

export interface Recovery {
  stop(): Promise<void>;
}

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
}): Recovery {
  const { table, executor, log, now } = deps;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();
  let isStopped = false;

  async function search(): Promise<void> {
    try {
      for (const viewpointId of await table.listAbandoned(now())) {
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
    const jitter = 0.75 + Math.random() / 2;
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
