import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { StatusAnswer } from './http.js';

export interface StreamEvent {
  id: string;
  event: string;
  data: StatusAnswer;
}

export interface EventStream {
  status: number;
  headers: IncomingHttpHeaders;
  /** Every line so far. */
  readonly lines: readonly string[];
  /** The next event; null when the stream has ended. */
  next(): Promise<StreamEvent | null>;
  /** All events that are left, once the stream has ended. */
  rest(): Promise<StreamEvent[]>;
  /** Goes away as a client does. */
  leave(): void;
}

/** Opens a stream of events as a browser does, and reads it by the rules of the HTML standard as far as this service uses them. */
export async function openEvents(url: string, headers: Record<string, string> = {}): Promise<EventStream> {
  const request = httpRequest(url, { headers: { accept: 'text/event-stream', ...headers } });
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.setEncoding('utf8');
  const lines: string[] = [];
  const events = read(response, lines);

  async function next(): Promise<StreamEvent | null> {
    const { value, done } = await events.next();
    return done === true ? null : value;
  }
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    lines,
    next,
    async rest() {
      const all: StreamEvent[] = [];
      for (let event = await next(); event !== null; event = await next()) all.push(event);
      return all;
    },
    leave: () => void response.destroy(),
  };
}

async function* read(response: IncomingMessage, lines: string[]): AsyncGenerator<StreamEvent, undefined> {
  let buffered = '';
  let fields: Record<string, string> = {};
  for await (const chunk of response as AsyncIterable<string>) {
    buffered += chunk;
    for (let end = buffered.indexOf('\n'); end !== -1; end = buffered.indexOf('\n')) {
      const line = buffered.slice(0, end);
      buffered = buffered.slice(end + 1);
      lines.push(line);
      if (line !== '') {
        const colon = line.indexOf(': ');
        fields[line.slice(0, colon)] = line.slice(colon + 2);
      } else if (fields['data'] !== undefined) {
        yield { id: fields['id'] ?? '', event: fields['event'] ?? 'message', data: JSON.parse(fields['data']) as StatusAnswer };
        fields = {};
      } else fields = {};
    }
  }
}
