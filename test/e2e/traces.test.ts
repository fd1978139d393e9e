import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { definitionOf, newId, startTestService, WAIT, type TestService } from '../support/service.js';
import { startTraceCollector, type CollectedSpan, type TraceCollector } from '../support/trace-collector.js';

const RGB = definitionOf('samples/rgb-striped.tif');
const newTrace = () => {
  const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
  return { traceId, spanId, traceparent: `00-${traceId}-${spanId}-01` };
};
const byHttp = { ...newTrace(), viewpointId: newId('http') };
const unready = { ...newTrace(), viewpointId: newId('text') };
const byMessage = { ...newTrace(), viewpointId: newId('message') };
const unsampled = { ...newTrace(), viewpointId: newId('unsampled') };

let collector: TraceCollector;
let service: TestService;
before(async () => {
  collector = await startTraceCollector();
  service = await startTestService({
    variables: {
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_EXPORTER_OTLP_ENDPOINT: `${collector.url}/`,
      OTEL_EXPORTER_OTLP_HEADERS: 'x-collector-key=open%20sesame',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      EXECUTOR_CONCURRENCY: '1',
      REPLICA_NAME: 'replica-7',
    },
  });
  // With one slot, most of these jobs wait and are started by the end of another.
  const over = (trace: typeof byHttp, key: string, flags = '01') => service.process(trace.viewpointId, definitionOf(key), { ...WAIT, traceparent: `00-${trace.traceId}-${trace.spanId}-${flags}`, 'x-request-id': `request-of-${trace.viewpointId}` });
  const posts = [over(byHttp, 'samples/rgb-striped.tif'), over(unready, 'samples/text-file.tif'), over(unsampled, 'samples/rgb-striped.tif', '00')];
  await service.putRow(byMessage.viewpointId, RGB);
  await service.sendMessage(byMessage.viewpointId, RGB, randomUUID(), byMessage.traceparent);
  await Promise.all([...posts, service.endOf(byMessage.viewpointId)]);
  await service.stop();
});
after(() => collector.stop());

const spansOf = ({ traceId }: { traceId: string }) => collector.spans.filter((span) => span.traceId === traceId);

/** Names of the spans from the outermost to this one, for every span of the trace. */
function pathsOf(trace: { traceId: string }): string[] {
  const spans = spansOf(trace);
  const pathOf = (span: CollectedSpan): string => {
    const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
    return parent === undefined ? span.name : `${pathOf(parent)} > ${span.name}`;
  };
  return spans.map(pathOf);
}

test('a job that is requested over HTTP is one trace, from the request through steps to calls of AWS', () => {
  const paths = pathsOf(byHttp);
  const job = 'POST /viewpoints/:id/process > job';
  for (const path of [job, ...['download', 'pyramid', 'metadata', 'publish'].map((step) => `${job} > ${step}`), `${job} > download > S3.GetObject`, `${job} > DynamoDB.UpdateItem`, `${job} > publish > DynamoDB.UpdateItem`]) assert.ok(paths.includes(path), `${path} is not among\n${paths.join('\n')}`);
  const root = spansOf(byHttp).find(({ name }) => name.startsWith('POST'));
  assert.equal(root?.parentSpanId, byHttp.spanId);
  assert.equal(root.attributes['http.response.status_code'], 200);
  assert.equal(root.attributes['viewpoint.correlation_id'], `request-of-${byHttp.viewpointId}`);
  const jobSpan = spansOf(byHttp).find(({ name }) => name === 'job');
  assert.deepEqual([jobSpan?.attributes['viewpoint.id'], jobSpan?.attributes['viewpoint.outcome'], jobSpan?.hasFailed], [byHttp.viewpointId, 'ready', false]);
});

test('a job that fails fails its span and the step, with the code', () => {
  const failed = spansOf(unready).filter(({ hasFailed }) => hasFailed);
  assert.deepEqual(failed.map(({ name }) => name).toSorted(), ['job', 'pyramid']);
  for (const { attributes } of failed) assert.equal(attributes['error.type'], 'not_an_image');
});

test('a job that is requested by a message goes on with the trace of its sender', () => {
  const paths = pathsOf(byMessage);
  assert.ok(paths.includes('process TSJobQueue > job > download > S3.GetObject'), paths.join('\n'));
  assert.ok(paths.includes('process TSJobQueue > SQS.DeleteMessageBatch'), paths.join('\n'));
  assert.equal(spansOf(byMessage).find(({ name }) => name.startsWith('process '))?.parentSpanId, byMessage.spanId);
});

test('a sender that does not want a trace gets none', () => {
  assert.deepEqual(spansOf(unsampled), []);
});

test('polling and probes begin no traces', () => {
  const roots = collector.spans.filter(({ parentSpanId }) => parentSpanId === '').map(({ name }) => name);
  assert.deepEqual([...new Set(roots)].filter((name) => /Receive|\/ping|\/health|\/metrics/.test(name)), []);
});

test('log lines of a job name its trace', () => {
  for (const trace of [byHttp, byMessage]) {
    const lines = service.logLines.filter((line) => line['viewpointId'] === trace.viewpointId);
    assert.ok(lines.length >= 5);
    for (const line of lines) assert.equal(line['traceId'], trace.traceId, JSON.stringify(line));
  }
});

test('the collector learns which service and replica it hears from, and gets the headers that it wants', () => {
  const { 'service.name': name, 'service.version': version, 'service.instance.id': replica, 'deployment.environment.name': environment } = collector.resource;
  assert.deepEqual([name, version, replica, environment], ['viewpoint-worker', '0.0.0', 'replica-7', 'test']);
  assert.deepEqual([...new Set(collector.requests.map(({ path }) => path))], ['/v1/traces']);
  assert.equal(collector.requests[0]?.headers['x-collector-key'], 'open sesame');
});
