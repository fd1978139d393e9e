import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TileServer } from '../support/tile-server.js';
import { measureLatency, type LatencySummary } from './latency.js';
import { cpuSecondsOf, watchMemory } from './process-tree.js';
import type { RunningService } from './rig.js';
import { requestByQueue } from './service-job.js';

export interface SmallImagesReport {
  images: number;
  megabytesEach: number;
  imagesPerSecond: number;
  /** Of the service and its GDAL processes, for one image. */
  cpuSecondsEach: number;
  /** Of this process: the queue and the table, for one image. */
  emulatorsCpuSecondsEach: number;
  /** What was watched while more images were processed. */
  watched: {
    images: number;
    imagesPerSecond: number;
    /** Of the service and its GDAL processes together, in 2^20 bytes. */
    peakMegabytes: number;
    ping: LatencySummary;
    status: LatencySummary;
  };
}

/** How many images are watched, of those that are counted: watching takes its share of the processors. */
const WATCHED_SHARE = 0.3;
const LOOK_INTERVAL_MS = 100;

/** How long many small images take that wait in the queue, from the first message to the last READY; then memory and latencies while more of them are processed. */
export async function measureSmallImages(service: RunningService, tileServer: TileServer, imagesFolder: string, fileName: string, count: number): Promise<SmallImagesReport> {
  const cpuBefore = cpuSecondsOf(service.pid);
  const ownCpuBefore = process.cpuUsage();
  const imagesPerSecond = await processMany(tileServer, fileName, 'small', count);
  const ownCpu = process.cpuUsage(ownCpuBefore);
  const counted = {
    images: count,
    megabytesEach: (await stat(join(imagesFolder, fileName))).size / 1e6,
    imagesPerSecond,
    cpuSecondsEach: (cpuSecondsOf(service.pid) - cpuBefore) / count,
    emulatorsCpuSecondsEach: (ownCpu.user + ownCpu.system) / 1e6 / count,
  };

  const memory = watchMemory(service.pid);
  const ping = measureLatency(`${service.url}/ping`);
  const status = measureLatency(`${service.url}/viewpoints/small-0/status`);
  const watchedCount = Math.ceil(WATCHED_SHARE * count);
  const watchedPerSecond = await processMany(tileServer, fileName, 'watched', watchedCount);
  return {
    ...counted,
    watched: { images: watchedCount, imagesPerSecond: watchedPerSecond, peakMegabytes: memory.stop().treeMegabytes, ping: await ping.stop(), status: await status.stop() },
  };
}

/**
 * Requests so many viewpoints and waits until all are READY; resolves with how many became it per second.
 * @throws Error when one ends otherwise.
 */
async function processMany(tileServer: TileServer, fileName: string, prefix: string, count: number): Promise<number> {
  const ids = Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
  const began = performance.now();
  // Sent beside the work: the queue is never empty, and never what the work waits for.
  await Promise.all(inLanes(ids, 4).map(async (lane) => {
    for (const id of lane) await requestByQueue(tileServer, id, `${id}--${fileName}`);
  }));
  while ((await tileServer.messageCount()) > 0) await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MS));
  const seconds = (performance.now() - began) / 1000;
  for (const id of ids) {
    const row = await tileServer.row(id);
    if (row?.['viewpoint_status']?.S !== 'READY') throw new Error(`${id} did not become READY: ${JSON.stringify(row)}`);
  }
  return count / seconds;
}

function inLanes<T>(items: readonly T[], lanes: number): T[][] {
  return Array.from({ length: lanes }, (_, lane) => items.filter((_item, index) => index % lanes === lane));
}
