import { setTimeout as delay } from 'node:timers/promises';
import { GetQueueAttributesCommand, GetQueueUrlCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

const HIDDEN_SECONDS = 3600;
const LOOK_INTERVAL_MS = 100;
/** A queue that says for so long that it holds what it does not hand out is at fault itself. */
const LONGEST_STANDSTILL_MS = 20_000;

export interface QueueCounts {
  visible: number;
  inFlight: number;
  delayed: number;
}

export async function countMessages(sqs: SQSClient, queueName: string): Promise<QueueCounts> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: queueName }));
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible', 'ApproximateNumberOfMessagesDelayed'] }),
  );
  return {
    visible: Number(Attributes.ApproximateNumberOfMessages ?? NaN),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? NaN),
    delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? NaN),
  };
}

/**
 * The messages of the dead-letter queue, which stay there but hidden; by id, with their bodies. It is read until the
 * queue itself says that nothing is left to be received, since a receive may find nothing although there is something
 * (SQS Developer Guide, "Short and long polling").
 * @throws Error when the queue holds on to messages that it does not hand out.
 */
export async function readDeadLetters(sqs: SQSClient, queueName: string): Promise<Map<string, string>> {
  const name = `${queueName}-dlq`;
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
  const letters = new Map<string, string>();
  let lastFoundAt = performance.now();
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: HIDDEN_SECONDS, WaitTimeSeconds: 0 }));
    for (const { MessageId = '', Body = '' } of Messages) letters.set(MessageId, Body);
    if (Messages.length > 0) {
      lastFoundAt = performance.now();
      continue;
    }
    const { visible, inFlight, delayed } = await countMessages(sqs, name);
    if (visible + delayed === 0 && inFlight <= letters.size) return letters;
    if (performance.now() - lastFoundAt > LONGEST_STANDSTILL_MS) throw new Error(`${name} says that it holds ${visible} visible, ${inFlight} hidden and ${delayed} delayed messages, and handed out ${letters.size}`);
    await delay(LOOK_INTERVAL_MS);
  }
}
