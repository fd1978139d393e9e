import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { NO_TRACING } from '../../src/domain/tracing.js';
import { startTracing } from '../../src/tracing/start-tracing.js';
import type { TracingSettings } from '../../src/tracing/settings.js';
import { startTraceCollector } from '../support/trace-collector.js';

const collector = await startTraceCollector();
after(() => collector.stop());
const SETTINGS: TracingSettings = {
  exporter: 'otlp',
  url: `${collector.url}/v1/traces`,
  headers: {},
  serviceName: 'viewpoint-worker',
  serviceVersion: '1',
  replica: 'r',
  attributes: {},
  sampler: 'parentbased_always_on',
  ratio: 1,
};
// The example of AWS's documentation of the header.
const XRAY = { 'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1' };
const XRAY_TRACE = '5759e988bd862e3fe1be46a994272793';
const W3C_TRACE = '0af7651916cd43dd8448eb211c80319c';
const W3C = { traceparent: `00-${W3C_TRACE}-b7ad6b7169203331-01` };

test('a trace goes on from the header of X-Ray, and from traceparent where both are there', async () => {
  const tracing = await startTracing(SETTINGS);
  tracing.start('xray', { parent: XRAY }).end();
  tracing.start('both', { parent: { ...XRAY, ...W3C } }).end();
  tracing.start('neither', { parent: { traceparent: 'nonsense', 'x-amzn-trace-id': 'Root=1-5759e988' } }).end();
  await tracing.stop();
  const spanOf = (wanted: string) => collector.spans.find(({ name }) => name === wanted);
  assert.deepEqual([spanOf('xray')?.traceId, spanOf('xray')?.parentSpanId], [XRAY_TRACE, '53995c3f42cd8ad8']);
  assert.deepEqual([spanOf('both')?.traceId, spanOf('both')?.parentSpanId], [W3C_TRACE, 'b7ad6b7169203331']);
  assert.equal(spanOf('neither')?.parentSpanId, '');
});

test('what runs within a span names its trace to others, and what runs outside names none', async () => {
  const tracing = await startTracing(SETTINGS);
  const span = tracing.start('outer', { parent: W3C });
  assert.deepEqual([tracing.isActive(), tracing.headers(), tracing.logFields()], [false, {}, {}]);
  await span.within(async () => {
    await Promise.resolve();
    assert.equal(tracing.isActive(), true);
    assert.match(tracing.headers()['traceparent'] ?? '', new RegExp(`^00-${W3C_TRACE}-[0-9a-f]{16}-01$`));
    assert.equal(tracing.logFields()['traceId'], W3C_TRACE);
  });
  span.end();
  await tracing.stop();
});

test('a sampler that keeps nothing sends nothing', async () => {
  const before = collector.spans.length;
  for (const settings of [{ sampler: 'always_off' }, { sampler: 'traceidratio', ratio: 0 }, { sampler: 'parentbased_always_off' }] as const) {
    const tracing = await startTracing({ ...SETTINGS, ...settings });
    tracing.start('dropped').end();
    await tracing.stop();
  }
  assert.equal(collector.spans.length, before);
});

test('a collector that is not there does not keep the service from ending', async () => {
  const tracing = await startTracing({ ...SETTINGS, url: 'http://127.0.0.1:9/v1/traces' });
  tracing.start('lost').end();
  await tracing.stop();
});

test('while traces are off, OpenTelemetry is not even loaded', () => {
  const module = fileURLToPath(new URL('../../src/tracing/start-tracing.js', import.meta.url));
  const script = `import { createRequire } from 'node:module';
    const { startTracing } = await import(${JSON.stringify(module)});
    await startTracing({ exporter: 'none' });
    const cache = Object.keys(createRequire(import.meta.url).cache ?? {});
    console.log(JSON.stringify(cache.filter((path) => path.includes('opentelemetry'))));
    await (await startTracing({ ...${JSON.stringify(SETTINGS)}, url: 'http://127.0.0.1:9/' })).stop();
    console.log(Object.keys(createRequire(import.meta.url).cache ?? {}).some((path) => path.includes('opentelemetry')));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  assert.deepEqual(output.trim().split('\n'), ['[]', 'true']);
});

test('off means the same object for all', async () => {
  assert.equal(await startTracing({ ...SETTINGS, exporter: 'none' }), NO_TRACING);
});
