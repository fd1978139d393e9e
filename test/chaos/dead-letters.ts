import { GetQueueUrlCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

const HIDDEN_SECONDS = 300;

/** The messages of the dead-letter queue, which stay there but hidden; by id, with their bodies. */
export async function readDeadLetters(sqs: SQSClient, queueName: string): Promise<Map<string, string>> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: `${queueName}-dlq` }));
  const letters = new Map<string, string>();
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: HIDDEN_SECONDS, WaitTimeSeconds: 0 }));
    if (Messages.length === 0) return letters;
    for (const { MessageId = '', Body = '' } of Messages) letters.set(MessageId, Body);
  }
}
