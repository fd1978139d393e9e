import { existsSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { ARTIFACT_SUFFIXES } from '../../domain/artifacts.js';
import { deferred } from '../../domain/deferred.js';
import { toViewpointError } from '../../domain/errors.js';
import { isFullDisk, volumeError } from '../../domain/volume-error.js';
import type { ChildMessage, ChildRequest, ImageSize, Operations, ParentMessage } from '../protocol.js';
import { createArrival, type Arrival } from './ahead/arrival.js';
import { writeDocuments } from './documents.js';
import { withJpegWarnings } from './jpeg-warnings.js';
import { limitMemory } from './memory-limit.js';
import { makePreview } from './preview.js';
import { probe } from './probe.js';
import { buildPyramid } from './pyramid.js';

/**
 * Entry of the GDAL child process: carries out one request at a time and ends with its parent. Its argument is how
 * much memory it may allocate, in bytes.
 * It holds no credentials, and the kernel takes it first when memory runs out.
 */
const PROGRESS_INTERVAL_MS = 200;
/** The lowest, so that the service answers health checks while all cores compute. */
const PRIORITY = constants.priority.PRIORITY_LOW;

setPriority(PRIORITY);
limitMemory(Number(process.argv[2]));
volunteerForOutOfMemoryKill();
// A Ctrl-C in a terminal reaches the whole process group; the parent alone decides when a job ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
// An orderly exit would wait for the GDAL call under way, which may never end.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

let goOn: (() => void) | undefined;
let arrival: Arrival | null = null;
process.on('message', (raw) => {
  const message = raw as ParentMessage;
  if ('proceed' in message) goOn?.();
  else if ('arrived' in message) arrival?.update(message.arrived);
  else void answer(message);
});
// What this module imports is loaded by now, GDAL's native library too.
send({ kind: 'ready' });

async function answer({ operation, request }: ChildRequest): Promise<void> {
  try {
    const onProgress = throttled((fraction: number) => send({ kind: 'progress', fraction }));
    send({ kind: 'done', reply: await carryOut(operation, request, onProgress) });
  } catch (thrown) {
    const error = isFullDisk(thrown) ? volumeError('The artifacts cannot be made', thrown) : toViewpointError(thrown);
    send({ kind: 'failed', code: error.code, message: error.message });
  }
}

async function carryOut(
  operation: ChildRequest['operation'],
  request: ChildRequest['request'],
  onProgress: (fraction: number) => void,
): Promise<Operations[typeof operation]['reply']> {
  switch (operation) {
    case 'probe':
      return probe();
    case 'pyramid':
      return pyramidOf(request as Operations['pyramid']['request'], onProgress);
    case 'metadata':
      return withJpegWarnings(() => writeDocuments(request as Operations['metadata']['request']));
    case 'preview':
      return withJpegWarnings(() => makePreview(request as Operations['preview']['request']));
  }
}

function pyramidOf(request: Operations['pyramid']['request'], onProgress: (fraction: number) => void): Promise<Operations['pyramid']['reply']> {
  const overviewsPath = request.imagePath + ARTIFACT_SUFFIXES.overviews;
  const bringsOverviews = existsSync(overviewsPath);
  let arriving = request.arrivingPath === undefined ? null : { ...createArrival(), path: request.arrivingPath };
  arrival = arriving;
  const removeUnfinished = async () => {
    arriving = null;
    if (!bringsOverviews) await rm(overviewsPath, { force: true });
  };
  return withJpegWarnings(() => buildPyramid(request, { onProgress, onSized: leaveToGoOn }, arriving), removeUnfinished);
}

/** Tells what the image will cost, and resolves when the parent lets the work go on; it kills this process where it does not. */
async function leaveToGoOn(size: ImageSize): Promise<void> {
  const leave = deferred<undefined>();
  goOn = () => leave.resolve(undefined);
  send({ kind: 'sized', size });
  await leave.promise;
}

function send(message: ChildMessage): void {
  process.send?.(message);
}

function throttled(report: (fraction: number) => void): (fraction: number) => void {
  let last = -Infinity;
  return (fraction) => {
    const now = performance.now();
    if (now - last < PROGRESS_INTERVAL_MS) return;
    last = now;
    report(fraction);
  };
}

function volunteerForOutOfMemoryKill(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Only Linux has this file; elsewhere the system chooses by itself.
  }
}
