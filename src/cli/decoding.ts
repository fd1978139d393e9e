import { readConfig } from '../config/config.js';
import { environment } from '../config/environment.js';
import { createDecoderPool, type DecoderPool } from '../imagery/decoder-pool.js';

const SETTINGS = ['DECODER_MEMORY_MEGABYTES', 'DECODER_TIMEOUT_SECONDS', 'DECODER_TIMEOUT_SECONDS_PER_GIGASAMPLE', 'MAX_IMAGE_GIGASAMPLES', 'EXACT_STATISTICS'] as const;
const MEGABYTE = 1024 * 1024;

export interface Decoding {
  decoder: DecoderPool;
  timeoutMs: number;
  /** Added to the time limit for each 10^9 samples of the image. */
  timeoutMsPerGigasample: number;
  /** Largest columns × rows × bands that is accepted. */
  maximumSamples: number;
  exactStatistics: boolean;
}

/**
 * Starts a GDAL child process with the limits that the service has, and stops it after the work.
 * @throws ConfigError when a setting is not valid.
 */
export async function withDecoder<Result>(work: (decoding: Decoding) => Promise<Result>): Promise<Result> {
  const variables = environment();
  const config = readConfig(Object.fromEntries(SETTINGS.map((name) => [name, variables[name]])));
  const decoder = createDecoderPool({ memoryLimitBytes: config.DECODER_MEMORY_MEGABYTES * MEGABYTE, warmChildren: 1, environment: variables });
  try {
    return await work({
      decoder,
      timeoutMs: config.DECODER_TIMEOUT_SECONDS * 1000,
      timeoutMsPerGigasample: config.DECODER_TIMEOUT_SECONDS_PER_GIGASAMPLE * 1000,
      maximumSamples: config.MAX_IMAGE_GIGASAMPLES * 1e9,
      exactStatistics: config.EXACT_STATISTICS,
    });
  } finally {
    await decoder.close();
  }
}
