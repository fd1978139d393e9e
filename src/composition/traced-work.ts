import { inSpan, type Tracing } from '../domain/tracing.js';
import type { Outcome } from '../executor/outcome.js';
import type { JobRun } from '../executor/run-job.js';
import type { AwsCall, Metrics } from '../metrics/metrics.js';
import type { ObserveCall } from '../storage/aws-clients.js';
import type { HandleMessage } from '../triggers/message-handler.js';

/** Runs a job as a span of the trace that it was requested in; the span fails as the viewpoint does. */
export function tracedJob(tracing: Tracing, run: (run: JobRun) => Promise<Outcome>): (run: JobRun) => Promise<Outcome> {
  return async (job) => {
    const span = tracing.start('job', { attributes: { 'viewpoint.id': job.viewpointId, 'viewpoint.correlation_id': job.tracker.report().correlation_id ?? '' } });
    const outcome = await span.within(() => run(job));
    span.set('viewpoint.outcome', outcome.end);
    span.set('viewpoint.attempt', job.tracker.report().attempt);
    span.end(outcome.end === 'failed' || outcome.end === 'again' ? outcome.error : undefined);
    return outcome;
  };
}

/** Handles a message as a span of the trace that its sender was in (OpenTelemetry semantic conventions for messaging). */
export function tracedHandler(tracing: Tracing, queueName: string, handle: HandleMessage): HandleMessage {
  return (message, onSubmitted) =>
    inSpan(
      tracing,
      `process ${queueName}`,
      {
        kind: 'consumer',
        parent: message.trace,
        attributes: {
          'messaging.system': 'aws_sqs',
          'messaging.operation.type': 'process',
          'messaging.destination.name': queueName,
          'messaging.message.id': message.messageId,
          'viewpoint.correlation_id': message.correlationId ?? '',
          'viewpoint.receive_count': message.receiveCount,
        },
      },
      () => handle(message, onSubmitted),
    );
}

/** Measures every call to AWS, and makes those of a trace spans of it; what the service does by itself, as polling, begins none. */
export function observedCalls(metrics: Metrics, tracing: Tracing, now: () => number): ObserveCall {
  return async ({ service, operation }, carryOut) => {
    const startedAt = now();
    const span = tracing.isActive() ? tracing.start(`${service}.${operation}`, { kind: 'client', attributes: { 'rpc.system': 'aws-api', 'rpc.service': service, 'rpc.method': operation } }) : null;
    const ended = (outcome: AwsCall['outcome'], error?: unknown) => {
      metrics.awsCalled({ service, operation, outcome, seconds: (now() - startedAt) / 1000 });
      span?.set('viewpoint.outcome', outcome);
      span?.end(outcome === 'failed' ? error : undefined);
    };
    try {
      const result = await carryOut();
      ended('ok');
      return result;
    } catch (error) {
      ended(isRefusal(error) ? 'refused' : 'failed', error);
      throw error;
    }
  };
}

const TOO_BUSY = /Throttl|Throughput|SlowDown|LimitExceeded|TooManyRequests/;

/** An answer of AWS that says no, rather than none or one that says "later". */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const status = '$metadata' in error ? (error.$metadata as { httpStatusCode?: number }).httpStatusCode : undefined;
  return status !== undefined && status >= 400 && status < 500 && status !== 429 && !TOO_BUSY.test(error.name);
}
