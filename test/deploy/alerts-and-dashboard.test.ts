import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { parse as parseYaml } from 'yaml';
import { ERROR_CODES, errorKind, type ErrorCode } from '../../src/domain/errors.js';
import { createMetrics } from '../../src/metrics/metrics.js';
import { registerSampledGauges } from '../../src/metrics/sampled-gauges.js';
import { selectorsIn, type Selector } from '../support/promql.js';

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string; description: string; runbook_url: string };
}

const read = (name: string) => readFileSync(new URL(`../../../deploy/${name}`, import.meta.url), 'utf8');
const rules = (parseYaml(read('alerts.yaml')) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(read('grafana-dashboard.json')) as { panels: { title: string; type: string; targets?: { expr: string }[] }[] };
const panelQueries = dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, query: expr.replaceAll('$__rate_interval', '5m').replaceAll('$instance', 'x') })));

const metrics = createMetrics({ version: '1.2.3' });
registerSampledGauges(metrics.registry, {
  executor: { snapshot: () => ({ replica: 'a', isAccepting: true, concurrency: 1, waitingRoom: 1, running: [], waiting: [] }), freeSlots: () => 1 },
  volume: { freeBytes: () => Promise.resolve(1) },
  queueDepth: () => Promise.resolve({ visible: 1, inFlight: 0, delayed: 0 }),
  queueSilentMs: () => 1,
  now: () => 1,
});
after(() => metrics.close());

/** Label names of every metric that there is, by the name under which Prometheus stores it. */
const known = new Map<string, readonly string[]>([['up', []]]);
for (const { name, type } of await metrics.registry.getMetricsAsJSON()) {
  const labels = (metrics.registry.getSingleMetric(name) as unknown as { labelNames: string[] }).labelNames;
  if (String(type) === 'histogram') for (const suffix of ['_bucket', '_sum', '_count']) known.set(name + suffix, [...labels, 'le']);
  else known.set(name, labels);
}

function assertKnown({ metric, labels }: Selector, where: string): void {
  const names = known.get(metric);
  assert.ok(names !== undefined, `${where} asks for ${metric}, which the service does not have`);
  // Prometheus adds `job` and `instance` when it scrapes.
  for (const { name } of labels) assert.ok([...names, 'job', 'instance'].includes(name), `${where} asks for label ${name} of ${metric}`);
}

test('every series that an alert asks for exists', () => {
  for (const { alert, expr } of rules) {
    const selectors = selectorsIn(expr);
    assert.ok(selectors.length > 0, alert);
    for (const selector of selectors) assertKnown(selector, alert);
  }
});

test('every series that the dashboard asks for exists', () => {
  assert.ok(panelQueries.length > 20);
  for (const { title, query } of panelQueries) for (const selector of selectorsIn(query)) assertKnown(selector, title);
});

test('every metric of ours is on the dashboard', () => {
  const shown = new Set(panelQueries.flatMap(({ query }) => selectorsIn(query)).map(({ metric }) => metric.replace(/_(bucket|sum|count)$/, '')));
  const ours = [...known.keys()].filter((name) => /^(viewpoint|http)_/.test(name)).map((name) => name.replace(/_(bucket|sum|count)$/, ''));
  assert.deepEqual([...new Set(ours)].filter((name) => !shown.has(name)), []);
});

test('a query that does not parse, or asks for what is not there, is found', () => {
  assert.throws(() => selectorsIn('sum by (code (x)'), /not PromQL/);
  assert.throws(() => assertKnown({ metric: 'viewpoint_jobs_total', labels: [] }, 'x'), /does not have/);
  assert.throws(() => assertKnown({ metric: 'viewpoint_jobs_ended_total', labels: [{ name: 'viewpoint', value: '' }] }, 'x'), /asks for label/);
});

test('the alert on failures that are not the fault of an image names every such code', () => {
  const named = selectorsIn(rules.find(({ alert }) => alert === 'ViewpointsFailingForService')?.expr ?? '')[0]?.labels.find(({ name }) => name === 'code')?.value.split('|');
  // These end a request, never a job, or end it in another way than FAILED.
  const notOfJobs: ErrorCode[] = ['too_many_requests', 'executor_full', 'previews_busy', 'too_many_watchers', 'shutting_down', 'lease_lost'];
  const retryable = ERROR_CODES.filter((code) => errorKind(code).retryable && !notOfJobs.includes(code));
  assert.deepEqual(named?.toSorted(), retryable.toSorted());
});

test('every alert has a section of the runbook that says what to do, and every such section an alert', () => {
  const sections = [...read('RUNBOOK.md').matchAll(/^## (Viewpoint\w+)$/gm)].map(([, name]) => name);
  assert.deepEqual(sections.toSorted(), rules.map(({ alert }) => alert).toSorted());
  for (const { alert, labels, annotations } of rules) {
    assert.equal(annotations.runbook_url, `RUNBOOK.md#${alert.toLowerCase()}`);
    assert.ok(['page', 'ticket'].includes(labels.severity), alert);
    assert.ok(annotations.summary !== '' && annotations.description !== '', alert);
  }
});
