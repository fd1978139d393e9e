import { Agent, request, type Dispatcher } from 'undici';
import { messageOf, ViewpointError } from '../domain/errors.js';

export interface SnsClient {
  /**
   * The body of an answer; redirects are not followed.
   * @throws ViewpointError `dependency_unavailable` when SNS cannot be reached, takes too long, or answers 5xx or 429; `signature_invalid` when it answers anything else but 2xx, or too much.
   */
  get(url: URL): Promise<string>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 5000;
const LONGEST_BODY_BYTES = 64 * 1024;

/**
 * GET requests to SNS over TLS, whose host the caller has checked: the host's certificate makes sure that it is AWS
 * that answers, whatever name resolution says (it may well be a private address, with a VPC endpoint).
 * `given` is how connections are made, where not as usual; it stays open.
 */
export function createSnsClient(given?: Dispatcher): SnsClient {
  const dispatcher = given ?? new Agent({ connect: { timeout: TIMEOUT_MS } });

  return {
    async get(url) {
      const { statusCode, text } = await fetchText(url).catch((error: unknown) => {
        if (error instanceof ViewpointError) throw error;
        throw new ViewpointError('dependency_unavailable', `${url.host} cannot be reached: ${messageOf(error)}`, { cause: error });
      });
      if (statusCode >= 200 && statusCode < 300) return text;
      const isPassing = statusCode >= 500 || statusCode === 429;
      throw new ViewpointError(isPassing ? 'dependency_unavailable' : 'signature_invalid', `${url.host} answered ${statusCode} to what the message asks of it.`);
    },
    close: () => (given === undefined ? dispatcher.destroy() : Promise.resolve()),
  };

  async function fetchText(url: URL): Promise<{ statusCode: number; text: string }> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const { statusCode, body } = await request(url, { dispatcher, signal, headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS });
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      // Leaving the loop destroys the body.
      if (bytes > LONGEST_BODY_BYTES) throw new ViewpointError('signature_invalid', `${url.host} answered more than ${LONGEST_BODY_BYTES} bytes.`);
      chunks.push(chunk);
    }
    return { statusCode, text: Buffer.concat(chunks).toString('utf8') };
  }
}
