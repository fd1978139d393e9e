import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { AnswerBody } from './s3-answer.js';
import type { S3Operation } from './s3-request.js';

/** A fault that stands in the place of the answer. */
export type AnswerFault =
  /** S3's error document with `code`, or, with `body`, that text instead, as a proxy in between would send it. */
  | { readonly kind: 'error'; readonly status: number; readonly code: string; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  /** The connection is cut before the first byte. */
  | { readonly kind: 'disconnect' }
  /** The connection stays open and nothing ever comes. */
  | { readonly kind: 'black-hole' };

/** A fault in which bytes are answered. */
export type RangeFault =
  /** The whole object with status 200, whatever range was asked for. */
  | { readonly kind: 'ignore-range' }
  /** Answered as though `range` had been asked for, e.g. `bytes=0-9`. */
  | { readonly kind: 'other-range'; readonly range: string };

/** A fault in the body, whose offsets count from the body's first byte. */
export type BodyFault =
  /** The connection is cut after that many bytes. */
  | { readonly kind: 'truncate'; readonly afterBytes: number }
  /** The body ends early and Content-Length agrees, so that nothing looks wrong. */
  | { readonly kind: 'shorten'; readonly toBytes: number }
  /** Nothing comes any more after that many bytes, and the connection stays open. */
  | { readonly kind: 'stall'; readonly afterBytes: number }
  /** All bits of one byte are inverted. */
  | { readonly kind: 'flip-byte'; readonly atByte: number }
  /** The body drips, in ten pieces a second. */
  | { readonly kind: 'slow'; readonly bytesPerSecond: number };

export type Fault = AnswerFault | RangeFault | BodyFault;

export interface RequestSeen {
  readonly operation: S3Operation;
  /** Empty for ListBuckets. */
  readonly bucket: string;
  /** Empty for operations on a bucket. */
  readonly key: string;
  /** The Range header as it came. */
  readonly range?: string;
  /** Counts from 1 the requests of the same operation, bucket, key and range. */
  readonly attempt: number;
  readonly headers: IncomingHttpHeaders;
}

/** Called before each request is acted on; what it returns is what goes wrong. A promise holds the request up until it resolves. */
export type FaultHook = (request: RequestSeen) => Fault | undefined | Promise<Fault | undefined>;

const PIECES_PER_SECOND = 10;

/**
 * The body with a fault worked into it. A body that yields less than its `sizeBytes` makes the server cut the connection.
 * `gone` is the client's leaving, which ends a stall and a drip.
 */
export function damageBody(body: AnswerBody, fault: BodyFault, gone: AbortSignal): AnswerBody {
  switch (fault.kind) {
    case 'truncate':
      return { ...body, read: () => first(body.read(), fault.afterBytes) };
    case 'shorten':
      return { ...body, sizeBytes: Math.min(body.sizeBytes, fault.toBytes), read: () => first(body.read(), fault.toBytes) };
    case 'stall':
      return {
        ...body,
        read: async function* () {
          yield* first(body.read(), fault.afterBytes);
          await aborted(gone);
        },
      };
    case 'flip-byte':
      return { ...body, read: () => flip(body.read(), fault.atByte) };
    case 'slow':
      return { ...body, read: () => drip(body.read(), fault.bytesPerSecond, gone) };
  }
}

/** Resolves when the signal is aborted. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

async function* first(chunks: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let remaining = bytes;
  if (remaining === 0) return;
  for await (const chunk of chunks) {
    yield chunk.subarray(0, remaining);
    remaining -= chunk.length;
    if (remaining <= 0) return;
  }
}

async function* flip(chunks: AsyncIterable<Uint8Array>, atByte: number): AsyncGenerator<Uint8Array> {
  let offset = 0;
  for await (const chunk of chunks) {
    const index = atByte - offset;
    const byte = chunk[index];
    offset += chunk.length;
    if (byte === undefined) {
      yield chunk;
      continue;
    }
    const damaged = Uint8Array.from(chunk);
    damaged[index] = byte ^ 0xff;
    yield damaged;
  }
}

async function* drip(chunks: AsyncIterable<Uint8Array>, bytesPerSecond: number, gone: AbortSignal): AsyncGenerator<Uint8Array> {
  const pieceBytes = Math.max(1, Math.floor(bytesPerSecond / PIECES_PER_SECOND));
  for await (const chunk of chunks) {
    for (let offset = 0; offset < chunk.length; offset += pieceBytes) {
      const piece = chunk.subarray(offset, offset + pieceBytes);
      yield piece;
      await delay((piece.length / bytesPerSecond) * 1000, undefined, { signal: gone });
    }
  }
}
