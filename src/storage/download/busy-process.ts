import { performance } from 'node:perf_hooks';

/** Share of its time in which an event loop may be at work before it counts as busy. */
const BUSY_UTILIZATION = 0.8;

/** Tells whether this process's event loop has been busy since it was last asked. */
export function createBusyWatch(): () => boolean {
  let last = performance.eventLoopUtilization();
  return () => {
    const current = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(current, last);
    last = current;
    return utilization > BUSY_UTILIZATION;
  };
}
