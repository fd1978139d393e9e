import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { EMBEDDED_CREDENTIALS, loadDevelopmentPackage, type EmbeddedService } from './embedded-service.js';

export interface EmbeddedSqsOptions {
  readonly queueName: string;
  readonly region: string;
}

/** The deployment's queue: what is not deleted after this many receives goes to the dead-letter queue. */
const QUEUE_ATTRIBUTES = { VisibilityTimeout: '300', MessageRetentionPeriod: '1209600' };
const MAX_RECEIVE_COUNT = 3;
const ACCOUNT_ID = '000000000000';

/**
 * Starts an SQS endpoint with the queue and its dead-letter queue, `<queueName>-dlq`. Messages live in memory only.
 *
 * Clients need `useQueueUrlAsEndpoint: false`, since the queue URLs are names that do not resolve.
 */
export async function startEmbeddedSqs(options: EmbeddedSqsOptions): Promise<EmbeddedService> {
  const { queueName, region } = options;
  const { buildApp } = await loadDevelopmentPackage('fauxqs', () => import('fauxqs'));
  const app = buildApp({ logger: false, defaultRegion: region });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const client = new SQSClient({ endpoint: url, region, credentials: EMBEDDED_CREDENTIALS, useQueueUrlAsEndpoint: false });
  try {
    const deadLetterQueueName = `${queueName}-dlq`;
    await client.send(new CreateQueueCommand({ QueueName: deadLetterQueueName, Attributes: QUEUE_ATTRIBUTES }));
    const redrivePolicy = { deadLetterTargetArn: `arn:aws:sqs:${region}:${ACCOUNT_ID}:${deadLetterQueueName}`, maxReceiveCount: MAX_RECEIVE_COUNT };
    await client.send(
      new CreateQueueCommand({ QueueName: queueName, Attributes: { ...QUEUE_ATTRIBUTES, RedrivePolicy: JSON.stringify(redrivePolicy) } }),
    );
  } catch (error) {
    await app.close();
    throw error;
  } finally {
    client.destroy();
  }
  return { url, close: () => app.close() };
}
