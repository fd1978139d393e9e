import type { ViewpointRecord } from '../domain/viewpoint-record.js';
import type { DecoderPool } from '../imagery/decoder-pool.js';
import type { ImageSize, MetadataReport, PyramidReport } from '../imagery/protocol.js';
import type { Reservation } from '../storage/disk-room.js';
import { partPathOf } from '../storage/s3-download.js';
import type { ArrivingDownload } from './head-start.js';
import type { ProgressListener } from './progress.js';
import { SPARE_BYTES } from './spare-room.js';

export interface DecodingLimits {
  /** Largest columns × rows × bands that is accepted. */
  maximumSamples: number;
  /** Longest that the decoder may take for one step of an image, in milliseconds, whatever its size … */
  decoderTimeoutMs: number;
  /** … and beyond that for each 10^9 samples. */
  decoderTimeoutMsPerGigasample: number;
}

export interface DecodingDeps {
  decoder: DecoderPool;
  limits: DecodingLimits;
  exactStatistics: boolean;
}

export interface DecodingJob {
  record: ViewpointRecord;
  imagePath: string;
  /** Where the image will lie once published. */
  publishedPath: string;
  reservation: Reservation;
  signal: AbortSignal;
  progress: ProgressListener;
}

/** The steps of a job that a decoder carries out. */
export interface Decoding {
  /** @param download of the image, when it is not there as a whole yet; the progress begins when it is. */
  pyramid(download?: ArrivingDownload): Promise<PyramidReport>;
  metadata(): Promise<MetadataReport>;
}

export function createDecoding({ decoder, limits, exactStatistics }: DecodingDeps, { record, imagePath, publishedPath, reservation, signal, progress }: DecodingJob): Decoding {
  let timeoutMs = limits.decoderTimeoutMs;

  return {
    pyramid(download) {
      const onProgress = (fraction: number): void => {
        if (download === undefined || download.isWhole()) progress.stepAdvanced(fraction);
      };
      async function onSized({ samples, sideFileBytes }: ImageSize): Promise<number> {
        await reservation.reserve((download?.bytesToCome() ?? 0) + sideFileBytes + SPARE_BYTES, signal);
        timeoutMs = limits.decoderTimeoutMs + (samples / 1e9) * limits.decoderTimeoutMsPerGigasample;
        return timeoutMs;
      }
      const request = { imagePath, tileSize: record.tile_size, rangeAdjustment: record.range_adjustment, maximumSamples: limits.maximumSamples, exactStatistics };
      const options = { signal, timeoutMs, onProgress, onSized };
      if (download === undefined) return decoder.run('pyramid', request, options);
      return decoder.run('pyramid', { ...request, arrivingPath: partPathOf(imagePath) }, { ...options, arrivals: download });
    },

    metadata: () =>
      decoder.run(
        'metadata',
        { imagePath, publishedPath, viewpointName: record.viewpoint_name, viewpointId: record.viewpoint_id },
        { signal, timeoutMs, onProgress: (fraction) => progress.stepAdvanced(fraction) },
      ),
  };
}
