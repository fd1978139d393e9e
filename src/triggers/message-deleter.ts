import { DeleteMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import DataLoader from 'dataloader';

export interface MessageDeleter {
  /** @throws the SDK's error, or an Error with what SQS says of this message when it deletes others only. */
  delete(queueUrl: string, receiptHandle: string): Promise<void>;
}

/** Most messages of one call (Amazon SQS API Reference, DeleteMessageBatch). */
const MESSAGES_PER_CALL = 10;
/** For how long a message waits for others. Its viewpoint has its end by then, and it stays hidden for much longer. */
const GATHERING_MS = 200;

interface Deletion {
  queueUrl: string;
  receiptHandle: string;
}

/** Deletes messages by few calls: those of small images end many times a second. */
export function createMessageDeleter(sqs: SQSClient): MessageDeleter {
  const deletions = new DataLoader<Deletion, void>(deleteAll, {
    cache: false,
    maxBatchSize: MESSAGES_PER_CALL,
    batchScheduleFn: (callback) => setTimeout(callback, GATHERING_MS),
  });

  async function deleteAll(batch: readonly Deletion[]): Promise<(Error | undefined)[]> {
    const { Failed } = await sqs.send(
      new DeleteMessageBatchCommand({
        QueueUrl: batch[0]?.queueUrl,
        Entries: batch.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle })),
      }),
    );
    const errors = new Map(Failed?.map(({ Id, Code, Message }) => [Id, new Error(`SQS did not delete the message: ${Code ?? ''} ${Message ?? ''}`)]));
    return batch.map((_, index) => errors.get(String(index)));
  }

  return {
    async delete(queueUrl, receiptHandle) {
      await deletions.load({ queueUrl, receiptHandle });
    },
  };
}
