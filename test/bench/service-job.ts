import { basename } from 'node:path';
import type { StatusAnswer } from '../support/http.js';
import type { TileServer } from '../support/tile-server.js';
import { cpuSecondsOf, watchMemory } from './process-tree.js';
import { BUCKET, type RunningService } from './rig.js';

/** One job, from the request or message to READY. */
export interface JobFigures {
  seconds: number;
  cpuSeconds: number;
  /** Most memory of the service and its GDAL processes together, in 2^20 bytes. */
  peakMegabytes: number;
  /** Of that, the service itself. */
  serviceMegabytes: number;
  /** Of each step, in seconds. */
  steps: Record<string, number>;
}

const LOOK_INTERVAL_MS = 20;

/**
 * Processes an image and measures the service meanwhile.
 * @throws Error when the viewpoint does not become READY.
 */
export async function measureJob(service: RunningService, tileServer: TileServer, fileName: string, run: string, way: 'rest' | 'sqs'): Promise<JobFigures> {
  const id = `${run}-${way}-${basename(fileName).replaceAll('.', '-')}`;
  const memory = watchMemory(service.pid);
  const cpuBefore = cpuSecondsOf(service.pid);
  const began = performance.now();
  const status = await (way === 'rest' ? processByRest(service.url, id, `${run}--${fileName}`) : processByQueue(service.url, tileServer, id, `${run}--${fileName}`));
  const seconds = (performance.now() - began) / 1000;
  const { ownMegabytes, treeMegabytes } = memory.stop();
  return {
    seconds,
    cpuSeconds: cpuSecondsOf(service.pid) - cpuBefore,
    peakMegabytes: treeMegabytes,
    serviceMegabytes: ownMegabytes,
    steps: Object.fromEntries(Object.entries(status.timings_ms).map(([step, ms]) => [step, ms / 1000])),
  };
}

/**
 * Has a viewpoint processed, and waits for its end.
 * @throws Error when it does not become READY.
 */
export async function processByRest(url: string, id: string, key: string): Promise<StatusAnswer> {
  const response = await fetch(`${url}/viewpoints/${id}/process`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', prefer: 'wait=300' },
    body: JSON.stringify({ viewpoint_name: id, bucket_name: BUCKET, object_key: key }),
  });
  return readyOf(key, (await response.json()) as StatusAnswer);
}

async function processByQueue(url: string, tileServer: TileServer, id: string, key: string): Promise<StatusAnswer> {
  await requestByQueue(tileServer, id, key);
  for (;;) {
    const status = (await (await fetch(`${url}/viewpoints/${id}/status`)).json()) as StatusAnswer;
    if (status.viewpoint_status !== 'REQUESTED') return readyOf(key, status);
    await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MS));
  }
}

function readyOf(key: string, status: StatusAnswer): StatusAnswer {
  if (status.viewpoint_status !== 'READY') throw new Error(`${key} did not become READY: ${JSON.stringify(status)}`);
  return status;
}

/** Row and message, as the tile server writes them. */
export async function requestByQueue(tileServer: TileServer, id: string, key: string): Promise<void> {
  const definition = { viewpoint_name: id, bucket_name: BUCKET, object_key: key, tile_size: 512, range_adjustment: 'NONE' };
  await tileServer.putRow(id, definition);
  await tileServer.sendMessage(id, definition, null);
}
