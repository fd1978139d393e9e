import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { messageOf, ViewpointError } from '../domain/errors.js';
import type { Viewpoint } from '../domain/viewpoint.js';
import { createMessageDeleter } from './message-deleter.js';
import { redrivePolicyOf } from './redrive-policy.js';

export interface QueueMessage {
  messageId: string;
  body: string;
  correlationId: string | null;
  /** Receives of this message so far, this one included. */
  receiveCount: number;
  receiptHandle: string;
  /** When it was first sent, in epoch milliseconds; null where the queue does not tell. */
  sentAt: number | null;
  /** Context of the trace that the sender was in, by header name; empty without one. */
  trace: Readonly<Record<string, string>>;
}

/** About how many messages there are: `inFlight` ones are received and not yet deleted. */
export interface QueueDepth {
  visible: number;
  inFlight: number;
  delayed: number;
}

/**
 * The queue of requested viewpoints.
 * Methods throw ViewpointError `dependency_unavailable` when SQS cannot be reached or refuses.
 */
export interface JobQueue {
  /** Asks SQS for the queue. @throws ViewpointError `dependency_missing` when it does not exist. */
  check(): Promise<void>;
  /** Receives before a message goes to the dead-letter queue; null when the queue has none. */
  maxReceiveCount(): Promise<number | null>;
  receive(most: number): Promise<QueueMessage[]>;
  /** Deletes the message, together with others that are deleted at about the same time. */
  delete(message: QueueMessage): Promise<void>;
  /** Hides the message for so many seconds from now; 0 makes it visible at once. */
  changeVisibility(message: QueueMessage, seconds: number): Promise<void>;
  depth(): Promise<QueueDepth>;
  /** Requests a viewpoint as the tile server does. */
  send(viewpoint: Viewpoint, correlationId: string | null): Promise<void>;
}

export interface JobQueueOptions {
  queueName: string;
  visibilityTimeoutSeconds: number;
  receiveWaitSeconds: number;
  /** Headers that carry the active trace, sent along as message attributes. */
  traceHeaders?: () => Readonly<Record<string, string>>;
}

const CORRELATION_ID = 'correlation_id';
/** Message attributes of W3C Trace Context. */
const TRACE_ATTRIBUTES = ['traceparent', 'tracestate'];
/** Header name of what SQS keeps as the system attribute AWSTraceHeader. */
const XRAY_HEADER = 'x-amzn-trace-id';

export function createJobQueue(sqs: SQSClient, options: JobQueueOptions): JobQueue {
  const { queueName } = options;
  const deleter = createMessageDeleter(sqs);
  let found: Promise<{ url: string; maxReceiveCount: number | null }> | undefined;

  function queue(): Promise<{ url: string; maxReceiveCount: number | null }> {
    found ??= lookUp().catch((error: unknown) => {
      found = undefined;
      throw error;
    });
    return found;
  }

  async function lookUp() {
    const { QueueUrl: url } = await explained(() => sqs.send(new GetQueueUrlCommand({ QueueName: queueName })));
    if (url === undefined) throw missing();
    const { Attributes } = await explained(() => sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['RedrivePolicy'] })));
    return { url, maxReceiveCount: redrivePolicyOf(Attributes?.['RedrivePolicy'])?.maxReceiveCount ?? null };
  }

  async function explained<Result>(call: () => Promise<Result>): Promise<Result> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof QueueDoesNotExist) throw missing(error);
      throw new ViewpointError('dependency_unavailable', `The SQS queue "${queueName}" cannot be used: ${messageOf(error)}`, { cause: error });
    }
  }

  function missing(cause?: unknown): ViewpointError {
    return new ViewpointError('dependency_missing', `The SQS queue "${queueName}" does not exist. Create it, or set JOB_QUEUE (its name, not its URL) and the region to where it is.`, { cause });
  }

  return {
    async check() {
      await queue();
      // What was looked up once says nothing of now.
      await explained(() => sqs.send(new GetQueueUrlCommand({ QueueName: queueName })));
    },

    maxReceiveCount: async () => (await queue()).maxReceiveCount,

    async receive(most) {
      const { url } = await queue();
      const { Messages } = await explained(() =>
        sqs.send(
          new ReceiveMessageCommand({
            QueueUrl: url,
            MaxNumberOfMessages: Math.min(10, most),
            WaitTimeSeconds: options.receiveWaitSeconds,
            VisibilityTimeout: options.visibilityTimeoutSeconds,
            MessageAttributeNames: [CORRELATION_ID, ...TRACE_ATTRIBUTES],
            MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp', 'AWSTraceHeader'],
          }),
        ),
      );
      return (Messages ?? []).map(queueMessage);
    },

    async delete({ receiptHandle }) {
      const { url } = await queue();
      await explained(() => deleter.delete(url, receiptHandle));
    },

    async changeVisibility({ receiptHandle }, seconds) {
      const { url } = await queue();
      await explained(() => sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: receiptHandle, VisibilityTimeout: Math.round(seconds) })));
    },

    async depth() {
      const { url } = await queue();
      const { Attributes } = await explained(() =>
        sqs.send(
          new GetQueueAttributesCommand({
            QueueUrl: url,
            AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'],
          }),
        ),
      );
      return {
        visible: Number(Attributes?.['ApproximateNumberOfMessages'] ?? 0),
        inFlight: Number(Attributes?.['ApproximateNumberOfMessagesNotVisible'] ?? 0),
        delayed: Number(Attributes?.['ApproximateNumberOfMessagesDelayed'] ?? 0),
      };
    },

    async send(viewpoint, correlationId) {
      const { url } = await queue();
      const attributes = { ...(correlationId === null ? {} : { [CORRELATION_ID]: correlationId }), ...options.traceHeaders?.() };
      await explained(() =>
        sqs.send(
          new SendMessageCommand({
            QueueUrl: url,
            MessageBody: asciiJson(viewpoint),
            MessageAttributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }])),
          }),
        ),
      );
    },
  };
}

/** JSON in ASCII alone, as the tile server writes it: not every queue takes all of Unicode. */
function asciiJson(value: object): string {
  return JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function queueMessage({ MessageId, Body, ReceiptHandle, Attributes, MessageAttributes }: Message): QueueMessage {
  return {
    messageId: MessageId ?? '',
    body: Body ?? '',
    correlationId: MessageAttributes?.[CORRELATION_ID]?.StringValue ?? null,
    receiveCount: Number(Attributes?.ApproximateReceiveCount ?? 1),
    receiptHandle: ReceiptHandle ?? '',
    sentAt: Attributes?.SentTimestamp === undefined ? null : Number(Attributes.SentTimestamp),
    trace: Object.fromEntries(
      [...TRACE_ATTRIBUTES.map((name) => [name, MessageAttributes?.[name]?.StringValue] as const), [XRAY_HEADER, Attributes?.AWSTraceHeader] as const].flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]],
      ),
    ),
  };
}
