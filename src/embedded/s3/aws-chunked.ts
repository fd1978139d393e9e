import { S3Error } from './s3-error.js';

const MAX_LINE_BYTES = 8 * 1024;
const LF = 0x0a;

/**
 * Unwraps the `aws-chunked` content encoding: chunks `hex-size[;chunk-signature=…]CRLF data CRLF`, a chunk of size 0,
 * then trailer lines (Amazon S3 API Reference, "Signature calculations: transferring payload in multiple chunks").
 * Signatures are not checked. Trailers are put into `trailers`, names in lower case.
 * Yields views of the incoming buffers. Throws `IncompleteBody` when the body ends early and `InvalidRequest` when it is malformed.
 */
export async function* decodeAwsChunked(source: AsyncIterable<Buffer>, trailers: Map<string, string>): AsyncGenerator<Buffer> {
  let state: 'size' | 'data' | 'after-data' | 'trailer' | 'end' = 'size';
  let remaining = 0;
  let line = Buffer.alloc(0);

  for await (const incoming of source) {
    let chunk = incoming;
    while (chunk.length > 0) {
      if (state === 'data') {
        const data = chunk.subarray(0, remaining);
        chunk = chunk.subarray(data.length);
        remaining -= data.length;
        if (remaining === 0) state = 'after-data';
        yield data;
        continue;
      }
      const end = chunk.indexOf(LF);
      line = Buffer.concat([line, end === -1 ? chunk : chunk.subarray(0, end + 1)]);
      if (line.length > MAX_LINE_BYTES) throw malformed();
      if (end === -1) break;
      chunk = chunk.subarray(end + 1);
      const text = line.toString('latin1').trimEnd();
      line = Buffer.alloc(0);

      if (state === 'size') {
        const size = /^([0-9a-f]{1,13})(?:;.*)?$/i.exec(text)?.[1];
        if (size === undefined) throw malformed();
        remaining = Number.parseInt(size, 16);
        state = remaining === 0 ? 'trailer' : 'data';
      } else if (state === 'after-data') {
        if (text !== '') throw malformed();
        state = 'size';
      } else if (text === '') {
        state = 'end';
      } else {
        if (state === 'end') throw malformed();
        addTrailer(trailers, text);
      }
    }
  }
  // Some clients leave out the line ends at the very end.
  if (state !== 'end' && state !== 'trailer') throw new S3Error('IncompleteBody');
  if (line.length > 0) addTrailer(trailers, line.toString('latin1'));
}

function addTrailer(trailers: Map<string, string>, line: string): void {
  const colon = line.indexOf(':');
  if (colon < 1) throw malformed();
  trailers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
}

function malformed(): S3Error {
  return new S3Error('InvalidRequest', { message: 'The body is not valid aws-chunked.' });
}
