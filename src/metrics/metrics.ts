import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { ERROR_CODES, type ErrorCode } from '../domain/errors.js';
import type { StepName } from '../domain/job.js';

/** How a job left the executor; see `Outcome`. */
export type JobEnd = 'ready' | 'failed' | 'again' | 'settled' | 'leased_elsewhere' | 'handed_back';
/** Why a GDAL child process ended before its time. */
export type DecoderEnd = 'crashed' | 'killed' | 'timeout' | 'stopped';
/** What became of one delivery of a webhook. */
export type WebhookEnd = 'delivered' | 'retried' | 'given_up';

export interface HttpAnswer {
  method: string;
  /** The route's pattern, never the path that was asked for; `unmatched` where there is no route. */
  route: string;
  status: number;
  seconds: number;
}

export interface AwsCall {
  service: string;
  operation: string;
  /** `refused`: AWS answered with an error that says no, as for a side file that is not there; `failed`: it did not answer, was too busy or broke. */
  outcome: 'ok' | 'refused' | 'failed';
  seconds: number;
}

/** The figures of one process: each method counts an event; `registry` is for those that are looked up when asked for. */
export interface Metrics {
  readonly registry: Registry;
  jobEnded(end: JobEnd, code: ErrorCode | 'none', seconds: number): void;
  stepFinished(step: StepName, seconds: number): void;
  tryFailed(step: StepName | null, code: ErrorCode): void;
  leasesLost(count: number): void;
  bytesDownloaded(bytes: number): void;
  messageReceived(ageSeconds: number): void;
  messageDeleted(): void;
  decoderStarted(): void;
  decoderEnded(cause: DecoderEnd): void;
  httpAnswered(answer: HttpAnswer): void;
  awsCalled(call: AwsCall): void;
  webhookDelivery(end: WebhookEnd): void;
  /** Ends the collection of Node's own figures. */
  close(): void;
}

/** From tens of milliseconds, a small image, to an hour. */
const WORK_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600];
const HTTP_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 300];
const AWS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
/** From at once to the queue's retention of 14 days. */
const AGE_SECONDS = [0.1, 1, 5, 15, 60, 300, 900, 3600, 14_400, 86_400, 604_800];
const EVENT_LOOP_RESOLUTION_MS = 50;

/**
 * Counters and histograms in a registry of their own, named and measured by Prometheus's conventions. No label holds
 * anything that a caller chooses: each takes one of a few words, so that the number of series has a bound.
 */
export function createMetrics({ version }: { version: string }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: EVENT_LOOP_RESOLUTION_MS });
  new Gauge({ name: 'viewpoint_build_info', help: 'Always 1; the label is the version that runs.', labelNames: ['version'], registers }).set({ version }, 1);

  const jobsEnded = new Counter({ name: 'viewpoint_jobs_ended_total', help: 'Jobs that left the executor, by how and, where they failed, why.', labelNames: ['end', 'code'], registers });
  const jobSeconds = new Histogram({ name: 'viewpoint_job_duration_seconds', help: 'Time from the start of a job to its end.', labelNames: ['end'], buckets: WORK_SECONDS, registers });
  const stepSeconds = new Histogram({ name: 'viewpoint_step_duration_seconds', help: 'Time that a finished step took.', labelNames: ['step'], buckets: WORK_SECONDS, registers });
  const triesFailed = new Counter({ name: 'viewpoint_tries_failed_total', help: 'Tries of jobs that failed, whether or not another followed.', labelNames: ['step', 'code'], registers });
  const leasesLost = new Counter({ name: 'viewpoint_leases_lost_total', help: 'Leases that ended before their job did: taken over, viewpoint deleted, or table out of reach.', registers });
  const bytesDownloaded = new Counter({ name: 'viewpoint_downloaded_bytes_total', help: 'Bytes of images and side files received from S3.', registers });
  const messageAge = new Histogram({ name: 'viewpoint_queue_message_age_seconds', help: 'Age of messages when they were received, counted from when they were first sent.', buckets: AGE_SECONDS, registers });
  const messagesDeleted = new Counter({ name: 'viewpoint_queue_messages_deleted_total', help: 'Messages deleted since their viewpoint has its end state.', registers });
  const decoderStarts = new Counter({ name: 'viewpoint_decoder_starts_total', help: 'GDAL child processes started.', registers });
  const decoderEnds = new Counter({ name: 'viewpoint_decoder_failures_total', help: 'GDAL child processes that ended in the middle of an image, by cause.', labelNames: ['cause'], registers });
  const httpSeconds = new Histogram({ name: 'http_request_duration_seconds', help: 'Time from a request to the end of its answer.', labelNames: ['method', 'route', 'status'], buckets: HTTP_SECONDS, registers });
  const awsSeconds = new Histogram({ name: 'viewpoint_aws_call_duration_seconds', help: 'Time of calls to AWS, until their headers are there.', labelNames: ['service', 'operation', 'outcome'], buckets: AWS_SECONDS, registers });
  const webhooks = new Counter({ name: 'viewpoint_webhook_deliveries_total', help: 'Deliveries of completion webhooks, by what became of them.', labelNames: ['outcome'], registers });

  // A counter that appears with its first event has no increase to alert on.
  jobsEnded.inc({ end: 'ready', code: 'none' }, 0);
  for (const code of ERROR_CODES) jobsEnded.inc({ end: 'failed', code }, 0);
  for (const cause of ['crashed', 'killed', 'timeout', 'stopped'] satisfies DecoderEnd[]) decoderEnds.inc({ cause }, 0);
  for (const outcome of ['delivered', 'retried', 'given_up'] satisfies WebhookEnd[]) webhooks.inc({ outcome }, 0);

  return {
    registry,
    jobEnded(end, code, seconds) {
      jobsEnded.inc({ end, code });
      jobSeconds.observe({ end }, seconds);
    },
    stepFinished: (step, seconds) => stepSeconds.observe({ step }, seconds),
    tryFailed: (step, code) => triesFailed.inc({ step: step ?? 'none', code }),
    leasesLost: (count) => leasesLost.inc(count),
    bytesDownloaded: (bytes) => bytesDownloaded.inc(bytes),
    messageReceived: (ageSeconds) => messageAge.observe(Math.max(0, ageSeconds)),
    messageDeleted: () => messagesDeleted.inc(),
    decoderStarted: () => decoderStarts.inc(),
    decoderEnded: (cause) => decoderEnds.inc({ cause }),
    httpAnswered: ({ method, route, status, seconds }) => httpSeconds.observe({ method, route, status }, seconds),
    awsCalled: ({ service, operation, outcome, seconds }) => awsSeconds.observe({ service, operation, outcome }, seconds),
    webhookDelivery: (outcome) => webhooks.inc({ outcome }),
    close: () => registry.clear(),
  };
}
