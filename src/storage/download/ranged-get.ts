import { Readable } from 'node:stream';
import { GetObjectCommand, type GetObjectCommandOutput, type S3Client } from '@aws-sdk/client-s3';
import { ViewpointError } from '../../domain/errors.js';
import { objectChanged } from './s3-failure.js';
import { createWatchdog, TransferFault, type Watchdog, type WatchdogOptions } from './watchdog.js';

export interface RangedGet {
  readonly bucket: string;
  readonly key: string;
  /** As S3 gave it, with quotes. */
  readonly eTag: string;
  readonly objectSizeBytes: number;
  readonly startByte: number;
  readonly sizeBytes: number;
}

/** Told of the bytes as they come; what it answers is waited for before more are read. */
type OnReceived = (bytes: number) => Promise<void> | null;

export interface RangedGetOptions extends WatchdogOptions {
  readonly signal: AbortSignal;
  readonly onReceived: OnReceived;
  /** Chunks of the network are gathered to this before they are written. */
  readonly batchBytes: number;
}

/**
 * One request for a range of an object, whose bytes go to `write` in order, in batches; what came before a fault is
 * written too. Returns once all bytes are written. Nothing of the answer is left unread when this settles.
 *
 * Throws `TransferFault` for an answer that is not the range asked for, ends early or is too slow; the SDK's errors; what `write`
 * throws; ViewpointError `object_changed`; and the signal's reason.
 */
export async function getRange(
  s3: S3Client,
  get: RangedGet,
  options: RangedGetOptions,
  write: (batch: Buffer[], batchBytes: number) => Promise<void>,
): Promise<void> {
  const watchdog = createWatchdog(options.signal, options);
  const lastByte = get.startByte + get.sizeBytes - 1;
  // Pinning the version instead of its entity tag would need s3:GetObjectVersion, which readers often lack.
  const command = new GetObjectCommand({ Bucket: get.bucket, Key: get.key, IfMatch: get.eTag, Range: `bytes=${get.startByte}-${lastByte}` });
  const answered = s3.send(command, { abortSignal: watchdog.signal });
  let body: Readable | undefined;
  let finished = false;
  try {
    const output = await watchdog.wait(answered);
    body = bodyOf(output);
    checkAnswer(output, get);
    await transfer(body, get, watchdog, options, write);
    finished = true;
  } finally {
    if (!finished) {
      // An answer that nobody reads would keep its connection for ever, also one that only comes after the wait was given up.
      watchdog.abandon();
      if (body === undefined) answered.then((late) => bodyOf(late).destroy()).catch(() => undefined);
      else body.destroy();
    }
    watchdog.release();
  }
}

async function transfer(body: Readable, get: RangedGet, watchdog: Watchdog, { onReceived, batchBytes: fullBatchBytes }: RangedGetOptions, write: (batch: Buffer[], batchBytes: number) => Promise<void>): Promise<void> {
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let batch: Buffer[] = [];
  let batchBytes = 0;
  let receivedBytes = 0;
  const flush = async (): Promise<void> => {
    if (batchBytes === 0) return;
    const [full, fullBytes] = [batch, batchBytes];
    batch = [];
    batchBytes = 0;
    await write(full, fullBytes);
  };

  try {
    for (;;) {
      const next = await watchdog.wait(chunks.next());
      if (next.done === true) break;
      watchdog.received(next.value.length);
      const pause = onReceived(next.value.length);
      receivedBytes += next.value.length;
      if (receivedBytes > get.sizeBytes) throw new TransferFault(`S3 sent more than the ${get.sizeBytes} bytes asked for`);
      batch.push(next.value);
      batchBytes += next.value.length;
      if (batchBytes >= fullBatchBytes) await flush();
      if (pause !== null) await pause;
    }
  } catch (error) {
    // The next attempt goes on behind the last byte that came.
    if (receivedBytes <= get.sizeBytes) await flush();
    throw error;
  }
  await flush();
  if (receivedBytes < get.sizeBytes) throw new TransferFault(`S3 sent ${receivedBytes} of the ${get.sizeBytes} bytes asked for`);
}

function bodyOf(output: GetObjectCommandOutput): Readable {
  if (!(output.Body instanceof Readable)) throw new TransferFault('S3 sent no body');
  // A destroyed body may still report an error, and without a listener that would end the process.
  output.Body.on('error', () => undefined);
  return output.Body;
}

/** A server that does not know ranges answers 200 with everything; a faulty one may send another range, or less of it than it says. */
function checkAnswer(output: GetObjectCommandOutput, get: RangedGet): void {
  const { startByte, sizeBytes, objectSizeBytes } = get;
  if (output.ETag !== undefined && output.ETag !== get.eTag) {
    throw new ViewpointError('object_changed', objectChanged(get));
  }
  const isWhole = output.$metadata.httpStatusCode === 200 && sizeBytes === objectSizeBytes;
  const expectedRange = `bytes ${startByte}-${startByte + sizeBytes - 1}/${objectSizeBytes}`;
  if (!isWhole && (output.$metadata.httpStatusCode !== 206 || output.ContentRange !== expectedRange)) {
    throw new TransferFault(`S3 answered ${output.$metadata.httpStatusCode ?? 'without status'} with ${output.ContentRange ?? 'no range'} where ${expectedRange} was asked for`);
  }
  if (output.ContentLength !== undefined && output.ContentLength !== sizeBytes) {
    throw new TransferFault(`S3 announced ${output.ContentLength} bytes where ${sizeBytes} were asked for`);
  }
}
