import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageCommand,
  type Message,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { messageOf, ViewpointError } from '../domain/errors.js';
import { isSideFile, ruleFor, viewpointBy, type EventRule } from '../domain/events/event-rules.js';
import type { DeadLetter, DeadLetterQueue } from '../executor/dead-letters.js';
import { redrivePolicyOf } from './redrive-policy.js';
import { parseMessage, type ParsedMessage } from './viewpoint-message.js';

/** Time in which a visit must be over, in seconds: until then nobody else sees the messages in hand. */
const HIDDEN_SECONDS = 60;
const BATCH = 10;
/** A queue that is nearly empty may answer nothing although there is something, since SQS asks a part of its servers only. */
const EMPTY_ANSWERS_AT_THE_END = 2;

interface Queues {
  jobsUrl: string;
  deadLettersUrl: string;
}

/** The dead-letter queue that the job queue's redrive policy names. */
export function createDeadLetterQueue(sqs: SQSClient, { queueName, rules }: { queueName: string; rules: readonly EventRule[] }): DeadLetterQueue {
  async function explained<Result>(call: () => Promise<Result>): Promise<Result> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof ViewpointError) throw error;
      if (error instanceof QueueDoesNotExist) throw new ViewpointError('dependency_missing', `The SQS queue "${queueName}" or its dead-letter queue does not exist.`, { cause: error });
      throw new ViewpointError('dependency_unavailable', `The dead-letter queue of "${queueName}" cannot be used: ${messageOf(error)}`, { cause: error });
    }
  }

  async function lookUp(): Promise<Queues> {
    const { QueueUrl: jobsUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queueName }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: jobsUrl, AttributeNames: ['RedrivePolicy'] }));
    const arn = redrivePolicyOf(Attributes?.['RedrivePolicy'])?.deadLetterTargetArn;
    // arn:partition:sqs:region:account:name
    const [account, name] = arn?.split(':').slice(4) ?? [];
    if (jobsUrl === undefined || account === undefined || name === undefined) {
      throw new ViewpointError('no_dead_letter_queue', `The SQS queue "${queueName}" has no dead-letter queue. Give it a redrive policy that names one.`);
    }
    const { QueueUrl: deadLettersUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: account }));
    return { jobsUrl, deadLettersUrl: deadLettersUrl ?? '' };
  }

  async function receive({ deadLettersUrl }: Queues, most: number): Promise<Message[]> {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: deadLettersUrl,
        MaxNumberOfMessages: Math.min(BATCH, most),
        VisibilityTimeout: HIDDEN_SECONDS,
        WaitTimeSeconds: 0,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['ApproximateReceiveCount', 'SentTimestamp'],
      }),
    );
    return Messages;
  }

  async function sendBack({ jobsUrl, deadLettersUrl }: Queues, { Body, MessageAttributes, ReceiptHandle }: Message): Promise<void> {
    await sqs.send(new SendMessageCommand({ QueueUrl: jobsUrl, MessageBody: Body, ...(MessageAttributes === undefined ? {} : { MessageAttributes }) }));
    await sqs.send(new DeleteMessageCommand({ QueueUrl: deadLettersUrl, ReceiptHandle }));
  }

  async function giveBack({ deadLettersUrl }: Queues, inHand: Iterable<Message>): Promise<void> {
    for (const { ReceiptHandle } of inHand) {
      // Those that cannot be given back come back by themselves.
      await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: deadLettersUrl, ReceiptHandle, VisibilityTimeout: 0 })).catch(() => undefined);
    }
  }

  return {
    visit: (most, visit) =>
      explained(async () => {
        const queues = await lookUp();
        const inHand = new Set<Message>();
        const seen = new Set<string>();
        const endMs = performance.now() + (HIDDEN_SECONDS * 1000) / 2;
        try {
          for (let empty = 0; seen.size < most && empty < EMPTY_ANSWERS_AT_THE_END && performance.now() < endMs; ) {
            const messages = await receive(queues, most - seen.size);
            empty = messages.length === 0 ? empty + 1 : 0;
            for (const message of messages) inHand.add(message);
            for (const message of messages) {
              const { MessageId = '' } = message;
              if (seen.has(MessageId)) continue; // SQS may deliver a message twice
              seen.add(MessageId);
              const goOn = await visit(deadLetterOf(message, rules), async () => {
                await sendBack(queues, message);
                inHand.delete(message);
              });
              if (!goOn) return;
            }
          }
        } finally {
          await giveBack(queues, inHand);
        }
      }),
  };
}

function deadLetterOf({ MessageId = '', Body = '', Attributes, MessageAttributes = {} }: Message, rules: readonly EventRule[]): DeadLetter {
  const subject = subjectOf(parseMessage(Body), rules);
  const attributes = Object.entries(MessageAttributes).map(([name, { StringValue, BinaryValue }]) => [name, StringValue ?? Buffer.from(BinaryValue ?? []).toString('base64')]);
  return {
    messageId: MessageId,
    body: Body,
    attributes: Object.fromEntries(attributes) as Record<string, string>,
    sentAt: Attributes?.SentTimestamp === undefined ? null : Number(Attributes.SentTimestamp),
    receiveCount: Number(Attributes?.ApproximateReceiveCount ?? 1),
    ...subject,
  };
}

function subjectOf(parsed: ParsedMessage, rules: readonly EventRule[]): Pick<DeadLetter, 'viewpointIds' | 'fault'> {
  if ('viewpointId' in parsed) return { viewpointIds: [parsed.viewpointId], fault: null };
  if ('fault' in parsed) return { viewpointIds: [], fault: parsed.fault };
  if ('notice' in parsed) return { viewpointIds: [], fault: `${parsed.notice}: nothing to do` };
  const viewpointIds = new Set(
    parsed.events.flatMap((event) => {
      const rule = ruleFor(rules, event);
      return rule === undefined || event.kind !== 'created' || isSideFile(event.objectKey) ? [] : [viewpointBy(rule, event).viewpointId];
    }),
  );
  return { viewpointIds: [...viewpointIds], fault: viewpointIds.size === 0 ? 'no rule of EVENT_RULES makes a viewpoint of its objects' : null };
}
