import { ViewpointError, type ErrorCode } from '../domain/errors.js';
import type { DecoderPool } from '../imagery/decoder-pool.js';
import type { ObjectDownloader } from '../storage/s3-download.js';
import type { JobQueue } from '../triggers/job-queue.js';
import type { DecoderEnd, Metrics } from './metrics.js';

/** The downloader, counting what arrives. */
export function observedDownloader(downloader: ObjectDownloader, metrics: Metrics): ObjectDownloader {
  return {
    ...downloader,
    download(request) {
      let counted = 0;
      return downloader.download({
        ...request,
        onProgress(progress) {
          metrics.bytesDownloaded(progress.bytesDone - counted);
          counted = progress.bytesDone;
          request.onProgress?.(progress);
        },
      });
    },
  };
}

const DECODER_ENDS: Partial<Record<ErrorCode, DecoderEnd>> = {
  decoder_crashed: 'crashed',
  decoder_killed: 'killed',
  decoder_timeout: 'timeout',
  cancelled: 'stopped',
  shutting_down: 'stopped',
  lease_lost: 'stopped',
};

/** The decoder pool, counting children that did not live to see the end of their image. */
export function observedDecoder(decoder: DecoderPool, metrics: Metrics): DecoderPool {
  return {
    expect: () => decoder.expect(),
    check: (timeoutMs, signal) => decoder.check(timeoutMs, signal),
    close: () => decoder.close(),
    async run(operation, request, options) {
      try {
        return await decoder.run(operation, request, options);
      } catch (error) {
        const cause = error instanceof ViewpointError ? DECODER_ENDS[error.code] : undefined;
        if (cause !== undefined) metrics.decoderEnded(cause);
        throw error;
      }
    },
  };
}

/** The queue, counting what is received and deleted. */
export function observedQueue(queue: JobQueue, metrics: Metrics, now: () => number): JobQueue {
  return {
    ...queue,
    async receive(most) {
      const messages = await queue.receive(most);
      for (const { sentAt } of messages) if (sentAt !== null) metrics.messageReceived((now() - sentAt) / 1000);
      return messages;
    },
    async delete(message) {
      await queue.delete(message);
      metrics.messageDeleted();
    },
  };
}
