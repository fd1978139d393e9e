import { Worker } from 'node:worker_threads';

export interface LatencySummary {
  requests: number;
  medianMs: number;
  p99Ms: number;
  longestMs: number;
}

/** Asks a URL again and again, one request after the other, from a thread whose own event loop has nothing else to do. */
export function measureLatency(url: string): { stop(): Promise<LatencySummary> } {
  const worker = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
     const times = [];
     let isStopping = false;
     parentPort.on('message', () => { isStopping = true; });
     (async () => {
       while (!isStopping) {
         const start = performance.now();
         const response = await fetch(workerData.url);
         await response.text();
         if (!response.ok) throw new Error('answered ' + response.status);
         times.push(performance.now() - start);
         await new Promise((resolve) => setTimeout(resolve, 20));
       }
       parentPort.postMessage(times);
       parentPort.close();
     })();`,
    { eval: true, workerData: { url } },
  );
  const times = new Promise<number[]>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return {
    async stop() {
      worker.postMessage('stop');
      return summaryOf(await times);
    },
  };
}

function summaryOf(times: number[]): LatencySummary {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (quantile: number) => sorted[Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] ?? NaN;
  return { requests: sorted.length, medianMs: at(0.5), p99Ms: at(0.99), longestMs: at(1) };
}
