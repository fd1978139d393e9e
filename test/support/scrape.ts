import assert from 'node:assert/strict';
import parse from 'parse-prometheus-text-format';
import { request } from './http.js';

export interface Scrape {
  families: ReturnType<typeof parse>;
  /** Sum of the samples with these labels; of a histogram `<name>_count`, `_sum` and `_bucket` are samples. 0 where there is none. */
  value(name: string, labels?: Readonly<Record<string, string>>): number;
}

/** Asks a service for its figures, and reads them as Prometheus does. */
export async function scrape(serviceUrl: string, headers: Record<string, string> = {}): Promise<Scrape> {
  const { status, text, headers: answered } = await request(`${serviceUrl}/metrics`, { headers });
  assert.equal(status, 200, text);
  assert.match(answered.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
  return {
    families: parse(text),
    value(name, labels = {}) {
      // The parser loses the labels of a histogram that it knows to be one, so it sees the lines of one name at a time.
      const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
      const samples = parse(`# TYPE ${name} untyped\n${lines.join('\n')}\n`)[0]?.metrics ?? [];
      const found = samples.filter((sample) => Object.entries(labels).every(([label, value]) => sample.labels?.[label] === value));
      return found.reduce((sum, { value }) => sum + Number(value), 0);
    },
  };
}
