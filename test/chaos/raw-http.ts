import { connect } from 'node:net';

export interface RawAnswer {
  /** null: the connection ended without an answer. */
  status: number | null;
  contentType: string;
  body: string;
}

const LIMIT_MS = 20_000;

/**
 * Sends bytes as they are, which no HTTP client would do, and reads the first final answer; the connection ends after it.
 * @throws Error when nothing comes for long: the server hangs.
 */
export function sendRaw(port: number, bytes: Buffer): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const chunks: Buffer[] = [];
    const limit = setTimeout(() => {
      socket.destroy();
      reject(new Error(`no answer in ${LIMIT_MS / 1000} s`));
    }, LIMIT_MS);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => undefined); // a server may close before it has read everything
    socket.on('close', () => {
      clearTimeout(limit);
      resolve(parse(Buffer.concat(chunks).toString('latin1')));
    });
    socket.write(bytes);
  });
}

function parse(text: string): RawAnswer {
  const final = text.replace(/^(?:HTTP\/1\.1 1\d\d [^\r]*\r\n(?:[^\r]+\r\n)*\r\n)+/, '');
  const end = final.indexOf('\r\n\r\n');
  const head = end < 0 ? final : final.slice(0, end);
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1];
  return {
    status: status === undefined ? null : Number(status),
    contentType: /\r\ncontent-type: *([^\r;]*)/i.exec(head)?.[1] ?? '',
    body: end < 0 ? '' : final.slice(end + 4),
  };
}

/** A request as bytes, on a connection that ends with its answer. */
export function rawRequest({ method, path, headers, body }: { method: string; path: string; headers: readonly string[]; body: Buffer | null }): Buffer {
  const lengths = body === null || headers.some((header) => /^(content-length|transfer-encoding):/i.test(header)) ? [] : [`Content-Length: ${body.length}`];
  const head = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'Connection: close', ...headers, ...lengths].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body ?? Buffer.alloc(0)]);
}
