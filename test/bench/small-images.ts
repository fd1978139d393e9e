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
  /** Of this process: the queue, the table and the measuring, for one image. */
  emulatorsCpuSecondsEach: number;
  /** Of the service and its GDAL processes together, in 2^20 bytes. */
  peakMegabytes: number;
  ping: LatencySummary;
  status: LatencySummary;
}

/** How long many small images take that wait in the queue, from the first message to the last READY. */
export async function measureSmallImages(service: RunningService, tileServer: TileServer, imagesFolder: string, fileName: string, count: number): Promise<SmallImagesReport> {
  const ids = Array.from({ length: count }, (_, index) => `small-${index}`);
  const memory = watchMemory(service.pid);
  const ping = measureLatency(`${service.url}/ping`);
  const cpuBefore = cpuSecondsOf(service.pid);
  const ownCpuBefore = process.cpuUsage();
  const began = performance.now();
  // Sent beside the work: the queue is never empty, and never what the work waits for.
  await Promise.all(inLanes(ids, 4).map(async (lane) => {
    for (const id of lane) await requestByQueue(tileServer, id, `${id}--${fileName}`);
  }));
  const status = measureLatency(`${service.url}/viewpoints/small-0/status`);
  while ((await tileServer.messageCount()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  const seconds = (performance.now() - began) / 1000;
  const ownCpu = process.cpuUsage(ownCpuBefore);
  const report: SmallImagesReport = {
    images: count,
    megabytesEach: (await stat(join(imagesFolder, fileName))).size / 1e6,
    imagesPerSecond: count / seconds,
    cpuSecondsEach: (cpuSecondsOf(service.pid) - cpuBefore) / count,
    emulatorsCpuSecondsEach: (ownCpu.user + ownCpu.system) / 1e6 / count,
    peakMegabytes: memory.stop().treeMegabytes,
    ping: await ping.stop(),
    status: await status.stop(),
  };
  for (const id of ids) {
    const row = await tileServer.row(id);
    if (row?.['viewpoint_status']?.S !== 'READY') throw new Error(`${id} did not become READY: ${JSON.stringify(row)}`);
  }
  return report;
}

function inLanes<T>(items: readonly T[], lanes: number): T[][] {
  return Array.from({ length: lanes }, (_, lane) => items.filter((_item, index) => index % lanes === lane));
}
