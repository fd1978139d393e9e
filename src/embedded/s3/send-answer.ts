import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { S3Answer } from './s3-answer.js';

/**
 * Writes an answer at the pace at which the client takes it. A body that turns out shorter than announced cuts the connection,
 * since that is the only way left to say that something went wrong; what was read by then is sent first.
 */
export async function sendAnswer(response: ServerResponse, answer: S3Answer, options: { withBody: boolean; gone: AbortSignal }): Promise<void> {
  const { body } = answer;
  if (body !== undefined) response.setHeader('Content-Length', body.sizeBytes);
  else if (answer.status !== 204 && answer.status !== 304) response.setHeader('Content-Length', 0);
  response.writeHead(answer.status, answer.headers);
  if (body === undefined || !options.withBody) {
    response.end();
    return;
  }

  response.flushHeaders();
  let sentBytes = 0;
  try {
    for await (const chunk of body.read()) {
      sentBytes += chunk.length;
      if (!response.write(chunk)) await once(response, 'drain', { signal: options.gone });
    }
  } finally {
    if (sentBytes === body.sizeBytes) response.end();
    else if (!options.gone.aborted) await cutAfterFlush(response);
  }
}

async function cutAfterFlush(response: ServerResponse): Promise<void> {
  await new Promise<void>((resolve) => {
    response.once('close', resolve);
    // The callback of an empty write comes when all before it has gone out.
    response.write('', () => resolve());
  });
  response.destroy();
}
