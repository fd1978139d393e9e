import { setMaxListeners } from 'node:events';
import { HeadBucketCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Arrived } from '../domain/arrived.js';
import { ViewpointError } from '../domain/errors.js';
import { createBusyWatch } from './download/busy-process.js';
import { createConnectionGrowths, type ConnectionGrowths } from './download/connection-growth.js';
import { objectHead, type ObjectHead } from './download/object-head.js';
import { createVerifier } from './download/object-verifier.js';
import { createPartArrivals } from './download/part-arrivals.js';
import { createPartFile, type PartFile, type WrittenFile } from './download/part-file.js';
import { planParts, type Part } from './download/part-plan.js';
import { getRange } from './download/ranged-get.js';
import { withRetries, type RetryOptions } from './download/retry.js';
import { httpStatusOf, type ObjectName } from './download/s3-failure.js';
import { createTurnBudget, type TurnBudget } from './download/turn-budget.js';
import { createWatchdog, type WatchdogOptions } from './download/watchdog.js';

export type { ObjectHead } from './download/object-head.js';
export { partPathOf, type WrittenFile } from './download/part-file.js';

export interface DownloadProgress {
  readonly bytesDone: number;
  readonly bytesTotal: number;
  /** What can be read of the file at `partPathOf` its path; null where it does not grow there. */
  readonly arrived: Arrived | null;
}

export interface DownloadRequest extends ObjectName {
  /** Of the object that is wanted; a newer one is refused. */
  readonly head: ObjectHead;
  /** The new file, in a folder that exists. */
  readonly path: string;
  readonly signal: AbortSignal;
  /** Called about once per mebibyte. */
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/** All methods throw ViewpointError, or the signal's reason when it is aborted. */
export interface ObjectDownloader {
  /**
   * Asks what S3 knows of the object; null when the bucket is there and the object is not.
   * @throws ViewpointError `no_such_bucket`, `access_denied`, `download_failed`.
   */
  head(bucket: string, key: string, signal: AbortSignal): Promise<ObjectHead | null>;
  /**
   * Brings the object into the file `path`: ranges at the same time into `<path>.part`, checked against the object's digest where S3 has
   * one, and renamed. Resolves when the file can be read, while it is still being brought to the disk. When either
   * fails nothing is left. An empty object gives an empty file.
   * @throws ViewpointError `no_such_bucket`, `no_such_key`, `access_denied`, `object_archived`, `object_changed`, `object_corrupt`,
   * `download_failed`, `disk_full`, `volume_failed`.
   */
  download(request: DownloadRequest): Promise<WrittenFile>;
}

export interface DownloadOptions extends WatchdogOptions, RetryOptions {
  /** Longest range of one request; shorter ones are used where they spread better. */
  readonly partSizeBytes: number;
  /** Most ranges of one object under way at a time; fewer where more would bring nothing. */
  readonly connections: number;
}

export const DEFAULT_DOWNLOAD_OPTIONS: DownloadOptions = {
  partSizeBytes: 64_000_000,
  connections: 16,
  stallTimeoutMs: 30_000,
  minimumBytesPerSecond: 50_000,
  attempts: 6,
  backoffBaseMs: 200,
  backoffMaximumMs: 10_000,
};

/** What comes is gathered to so much before it is written, by all connections of a download together and by one of a few. */
const GATHERED_BYTES = 8 * 1024 * 1024;
const GATHERED_BYTES_OF_ONE = 1024 * 1024;

/** Bytes of all downloads together in one turn of the event loop: a few milliseconds' work. */
const BYTES_PER_TURN = 2 * 1024 * 1024;

export function createObjectDownloader(deps: { readonly s3: S3Client; readonly options?: Partial<DownloadOptions> }): ObjectDownloader {
  const { s3 } = deps;
  const options: DownloadOptions = { ...DEFAULT_DOWNLOAD_OPTIONS, ...deps.options };
  const shared: Shared = {
    s3,
    options,
    turns: createTurnBudget(BYTES_PER_TURN),
    growths: createConnectionGrowths(() => performance.now()),
    bytesPerSecond: null,
  };
  /** Buckets that have answered for an object once. */
  const knownBuckets = new Set<string>();

  const watched = async <T>(signal: AbortSignal, call: (abortSignal: AbortSignal) => Promise<T>): Promise<T> => {
    const watchdog = createWatchdog(signal, options);
    try {
      return await watchdog.wait(call(watchdog.signal));
    } finally {
      watchdog.release();
    }
  };

  return {
    head: (bucket, key, signal) =>
      withRetries({ bucket, key }, options, signal, async () => {
        try {
          const command = new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' });
          const output = await watched(signal, (abortSignal) => s3.send(command, { abortSignal }));
          knownBuckets.add(bucket);
          return objectHead(bucket, output);
        } catch (error) {
          if (httpStatusOf(error) !== 404) throw error;
          // Without a body the answer does not say what is missing.
          if (!knownBuckets.has(bucket)) await watched(signal, (abortSignal) => refuseMissingBucket(s3, bucket, abortSignal));
          knownBuckets.add(bucket);
          return null;
        }
      }),

    download: async (request) => {
      const { head, path, signal } = request;
      signal.throwIfAborted();
      const file = await createPartFile(path, head.size);
      try {
        await downloadParts(shared, request, file);
        signal.throwIfAborted();
        return await file.finish();
      } catch (error) {
        await file.discard();
        throw error;
      }
    },
  };
}

async function refuseMissingBucket(s3: S3Client, bucket: string, abortSignal: AbortSignal): Promise<void> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal });
  } catch (error) {
    const status = httpStatusOf(error);
    if (status === 404) throw new ViewpointError('no_such_bucket', `There is no bucket "${bucket}". Check the bucket name.`, { cause: error });
    // Whoever may not look at the bucket is told so only where there is one.
    if (status !== 403) throw error;
  }
}

/** What the downloads of one downloader have in common. */
interface Shared {
  readonly s3: S3Client;
  readonly options: DownloadOptions;
  readonly turns: TurnBudget;
  readonly growths: ConnectionGrowths;
  /** Of the connection that brought the latest part; null before the first. */
  bytesPerSecond: number | null;
}

/** Brings all parts, at most `connections` at a time, and checks the whole. The first part that fails ends the others. */
async function downloadParts(shared: Shared, request: DownloadRequest, file: PartFile): Promise<void> {
  const { s3, options, turns, growths } = shared;
  const { bucket, key, head, onProgress } = request;
  const plan = planParts(head.size, options);
  const verifier = head.checksum && createVerifier(head.checksum.algorithm, file);
  const failing = new AbortController();
  // Each part under way listens to it.
  setMaxListeners(2 * options.connections, failing.signal);
  const onAbort = (): void => failing.abort(request.signal.reason);
  request.signal.addEventListener('abort', onAbort, { once: true });
  if (request.signal.aborted) onAbort();
  let bytesDone = 0;
  const arrivals = createPartArrivals(head.size);

  const downloadPart = async (part: Part): Promise<void> => {
    const began = performance.now();
    const verification = verifier?.begin(part);
    const arrived = arrivals.begin(part);
    let partBytes = 0;
    await withRetries(request, options, failing.signal, async () => {
      const rest = { startByte: part.startByte + partBytes, sizeBytes: part.sizeBytes - partBytes };
      if (rest.sizeBytes === 0) return;
      const get = { bucket, key, eTag: head.eTag, objectSizeBytes: head.size, ...rest };
      const onReceived = (bytes: number): Promise<void> | null => {
        if (allAtWork) startWorkers(growth.received(bytes));
        return turns.spend(bytes);
      };
      const batchBytes = Math.min(GATHERED_BYTES_OF_ONE, GATHERED_BYTES / workers.length);
      await getRange(s3, get, { ...options, signal: failing.signal, onReceived, batchBytes }, async (batch, batchBytes) => {
        await file.write(batch, part.startByte + partBytes);
        for (const chunk of batch) verification?.update(chunk);
        partBytes += batchBytes;
        bytesDone += batchBytes;
        arrived(batchBytes);
        onProgress?.({ bytesDone, bytesTotal: head.size, arrived: arrivals.arrived() });
      });
    });
    verification?.complete();
    shared.bytesPerSecond = (part.sizeBytes / (performance.now() - began)) * 1000;
  };

  let allAtWork = true;
  const growth = growths.begin(Math.max(1, Math.min(options.connections, plan.most)), createBusyWatch());
  const workers: Promise<void>[] = [];
  const worker = async (): Promise<void> => {
    const nextPart = (): Part | null => plan.next(shared.bytesPerSecond);
    for (let part = nextPart(); part !== null; part = nextPart()) await downloadPart(part);
    allAtWork = false;
  };
  function startWorkers(count: number): void {
    for (let started = 0; started < count; started++) workers.push(worker().catch((error: unknown) => failing.abort(error)));
  }
  try {
    startWorkers(growth.first);
    // By index, since workers join while others are waited for.
    for (let index = 0; index < workers.length; index++) await workers[index];
    failing.signal.throwIfAborted();
    const digest = await verifier?.digest();
    if (digest !== undefined && digest.toString('base64') !== head.checksum?.base64) {
      throw new ViewpointError('object_corrupt', `The object "${key}" from bucket "${bucket}" does not match its ${head.checksum?.algorithm ?? ''} digest in S3.`);
    }
  } finally {
    request.signal.removeEventListener('abort', onAbort);
    await verifier?.stop();
  }
}
