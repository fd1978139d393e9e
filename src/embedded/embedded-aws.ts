import path from 'node:path';
import { startEmbeddedDynamoDb } from './dynamodb.js';
import { EMBEDDED_CREDENTIALS, type EmbeddedService } from './embedded-service.js';
import type { FaultHook } from './s3/faults.js';
import { startS3Server } from './s3/s3-server.js';
import { startEmbeddedSqs } from './sqs.js';

export interface EmbeddedAwsOptions {
  /** Where tables and objects are kept; used by one process at a time. */
  readonly stateFolder: string;
  readonly tableName: string;
  /** Its dead-letter queue is `<queueName>-dlq`. */
  readonly queueName: string;
  /** Made where they are missing. */
  readonly bucketNames: readonly string[];
  readonly region: string;
  /** What is to go wrong in S3, for tests. */
  readonly faults?: FaultHook;
}

export interface EmbeddedAws {
  readonly endpoints: { readonly s3: string; readonly sqs: string; readonly dynamodb: string };
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  close(): Promise<void>;
}

/**
 * Starts S3, SQS and DynamoDB in this process, each on a free port of 127.0.0.1. Buckets, objects and rows are kept in the state
 * folder; queued messages are lost with the process, so whoever starts this again must enqueue again what is not finished.
 *
 * Throws when the state folder is in use, or when the development dependencies are not installed; then nothing is left running.
 */
export async function startEmbeddedAws(options: EmbeddedAwsOptions): Promise<EmbeddedAws> {
  const { stateFolder, tableName, queueName, bucketNames, region, faults } = options;
  const dynamodb = startEmbeddedDynamoDb({ folder: path.join(stateFolder, 'dynamodb'), tableName, region });
  const s3 = dynamodb.then(() =>
    // Only now is it certain that the folder is ours, and the S3 endpoint removes unfinished uploads where it starts.
    startS3Server({ folder: path.join(stateFolder, 's3'), bucketNames, ...(faults && { onRequest: faults }) }),
  );
  const sqs = startEmbeddedSqs({ queueName, region });

  const starting: Promise<EmbeddedService>[] = [dynamodb, s3, sqs];
  const outcomes = await Promise.allSettled(starting);
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const close = async (): Promise<void> => {
    await Promise.all(started.map((service) => service.close()));
  };
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure !== undefined) {
    await close();
    throw failure.reason;
  }
  return {
    endpoints: { s3: (await s3).url, sqs: (await sqs).url, dynamodb: (await dynamodb).url },
    credentials: EMBEDDED_CREDENTIALS,
    close,
  };
}
